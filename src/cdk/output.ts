import { stripVTControlCharacters } from 'node:util';

/** A line of a program's output without colours and other control codes; Maven resets its colours even into a pipe. */
export function plain(text: string): string {
  return stripVTControlCharacters(text);
}

/**
 * What `cdk diff` said, by the stack it said it of. What comes before the first stack (the app's own noise, progress of
 * assets) belongs to none.
 * @param names names that `cdk diff` may use for a stack, and the stack's id
 */
export function diffByStack(output: string, names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const byStack = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of plain(output).split(/\r?\n/)) {
    const name = /^Stack (.+?)(?: \(aws:\/\/[^)]*\))?$/.exec(line)?.[1];
    // A nested stack is shown as `<parent>/<child>` right after its parent, and stays with it.
    const id = name === undefined ? undefined : names.get(name);
    if (id !== undefined) {
      current = [];
      byStack.set(id, current);
    } else if (/^✨ {2}(?:Number of stacks with differences|Synthesis time)/.test(line)) {
      current = undefined;
    } else {
      current?.push(line);
    }
  }
  return new Map([...byStack].map(([id, lines]) => [id, lines.join('\n').trim()]));
}

/** Lines that say that something failed but not what; the cause is elsewhere. */
const HOLLOW = [
  /^\s*at .+\(.*\)$/,
  /^\s*at \S+$/,
  /^\s*\.\.\. \d+ (?:more|common frames)/,
  /^\[ERROR\]\s*(?:$|To see the full stack trace|Re-run Maven|For more information|\[Help \d\]|-> \[Help)/,
  /^\s*Subprocess exited with error/,
  /^\S+: Subprocess exited with error/,
  /^Error: Subprocess exited/,
  /^node:internal/,
  /^Node\.js v\d/,
  /^\s*\^+\s*$/,
  /^\s*File ".*", line \d+/,
  /^Traceback \(most recent call last\)/,
];

const CAUSED_BY = /^\s*Caused by: (?:[\w$.]+(?:Exception|Error): )?(.+)$/;

/** Where a cause stands, the most telling first. */
const TELLING = [
  /Cloud assembly schema version mismatch: ([^)]+)/,
  CAUSED_BY,
  /^\[ERROR\] Failed to execute goal .*?: (?:An exception occurred while executing the Java class\. )?(.+?)(?: -> \[Help \d\])?$/,
  /^(?:Exception in thread "[^"]*" )?(?:[\w$]+\.)+[\w$]*(?:Exception|Error): (.+)$/,
  /^(?:\S*Error|\S*Exception): (.+)$/,
  /^‣ (?:\w+: )?(.+)$/,
  /^\[ERROR\] (.+)$/,
  /^ERROR[: ]+(.+)$/i,
];

/**
 * The first cause of a failure in what a program printed, as one line. Of a Java stack trace that is the last
 * `Caused by`, of a Python one the last line, else the first line that names an error.
 */
export function firstCause(stdout: string, stderr: string): string {
  const lines = plain(`${stderr}\n${stdout}`)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !HOLLOW.some((hollow) => hollow.test(line)));
  for (const telling of TELLING) {
    const found = lines.flatMap((line) => telling.exec(line)?.[1] ?? []);
    // A chain of causes is printed from the outside in.
    const cause = telling === CAUSED_BY ? found.at(-1) : found[0];
    if (cause !== undefined) return cause.trim();
  }
  return lines.at(-1)?.trim() ?? 'it said nothing';
}

/**
 * A line of a program for our log. What looks like a command to the runner (`::set-env …`, `##[add-path]…`) is broken
 * up: the app may be anybody's code.
 */
export function forLog(line: string): string {
  return plain(line)
    .replaceAll('\r', '')
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replaceAll('##[', '# #[');
}
