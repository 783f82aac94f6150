import { stripVTControlCharacters } from 'node:util';

/** A line of a program's output without colours and other control codes; Maven resets its colours even into a pipe. */
export function plain(text: string): string {
  return stripVTControlCharacters(text);
}

/** What `cdk diff` says of its own work, which comes before the stack that it is for. */
const PROGRESS =
  /^(?:start: (?:Building|Publishing) |success: (?:Built|Published) |Hold on while we create a read-only change set|Could not create a change set|✨ {2}(?:Number of stacks with differences|Synthesis time))/;

/**
 * What `cdk diff` said, by the stack it said it of. What comes before the first stack (the app's own noise) belongs to
 * none.
 * @param names names that `cdk diff` may use for a stack, and the stack's id
 */
export function diffByStack(output: string, names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const byStack = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of plain(output).split(/\r?\n/)) {
    const name = /^Stack (.+?)(?: \(aws:\/\/[^)]*\))?$/.exec(line)?.[1];
    // A nested stack is shown right after its parent, by a name of CloudFormation's, and stays with it.
    const id = name === undefined ? undefined : names.get(name);
    if (id !== undefined) {
      current = [];
      byStack.set(id, current);
    } else if (!PROGRESS.test(line)) {
      current?.push(withoutNoEcho(line));
    }
  }
  return new Map([...byStack].map(([id, lines]) => [id, lines.join('\n').trim()]));
}

/** Lines that say that something failed but not what; the cause is elsewhere. */
const HOLLOW = [
  /^\s*at .+\(.*\)$/,
  /^\s*at \S+$/,
  /^\s*\.\.\. \d+ (?:more|common frames)/,
  /^\[ERROR\]\s*(?:$|at |To see the full stack trace|Re-run Maven|For more information|\[Help \d\]|-> \[Help)/,
  /(?:^|: )Subprocess exited with error/,
  /^node:internal/,
  /^Node\.js v\d/,
  /^\s*[\^~]+\s*$/,
  /^\s*File ".*", line \d+/,
  /^Traceback \(most recent call last\)/,
];

const CAUSED_BY = /^\s*Caused by: (?:[\w$.]+(?:Exception|Error): )?(.+)$/;

/** Where a cause stands, the most telling first. */
const TELLING = [
  /Cloud assembly schema version mismatch: ([^)]+)/,
  // javac, as Maven repeats it.
  /^\[ERROR\] (\S+:\[\d+,\d+\] .+)$/,
  CAUSED_BY,
  /^\[ERROR\] Failed to execute goal .*?: (?:An exception occurred while executing the Java class\. )?(.+?)(?: -> \[Help \d\])?$/,
  /^(?:Exception in thread "[^"]*" )?(?:[\w$]+\.)+[\w$]*(?:Exception|Error): (.+)$/,
  // tsc, which ts-node repeats, to people and to programs.
  /^(\S+:\d+:\d+ - error .+)$/,
  /^(\S+\(\d+,\d+\): error TS\d+: .+)$/,
  // The message of this one is nothing but the key.
  /^(KeyError: .+)$/,
  /^(?:\S*Error|\S*Exception): (.+)$/,
  /^‣ (?:\w+: )?(.+)$/,
  /^npm (?:error|ERR!) (?:\d{3} |notarget )?(?!code |syscall |errno )(\S.+)$/,
  /^\[ERROR\] (.+)$/,
  /^ERROR[: ]+(.+)$/i,
];

/**
 * The first cause of a failure in what a program printed, as one line. Of a Java stack trace that is the last
 * `Caused by`, else the first line that names an error.
 */
export function firstCause(stdout: string, stderr: string): string {
  const lines = plain(`${stderr}\n${stdout}`)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !HOLLOW.some((hollow) => hollow.test(line)));
  for (const telling of TELLING) {
    const found = lines.flatMap((line, index) => {
      const cause = telling.exec(line)?.[1];
      return cause === undefined ? [] : [{ cause, index }];
    });
    // A chain of causes is printed from the outside in.
    const first = telling === CAUSED_BY ? found.at(-1) : found[0];
    if (first !== undefined) return whole(first.cause, lines.slice(first.index + 1));
  }
  return lines.at(-1)?.trim() ?? 'it said nothing';
}

/** jsii puts `Error: ` in front of a message; the CLI lists the resources that failed behind a colon. */
function whole(cause: string, after: readonly string[]): string {
  const message = cause.trim().replace(/^(?:Error: )+/, '');
  const [resource, reason] = message.endsWith(':') ? after : [];
  if (resource === undefined) return message;
  const where = resource.replace(/\s+/g, ' ').trim();
  return reason?.startsWith(' ') ? `${message} ${where}: ${reason.trim()}` : `${message} ${where}`;
}

/**
 * `cdk diff` prints a parameter's declaration as JSON on one line, with the default of one that is not to be echoed.
 */
function withoutNoEcho(line: string): string {
  return /"NoEcho":\s*(?:true|"true")/.test(line)
    ? line.replaceAll(/("Default":\s*)"(?:[^"\\]|\\.)*"/g, '$1"***"')
    : line;
}

/**
 * A line of a program for our log. What looks like a command to the runner (`::set-env …`, `##[add-path]…`) is broken
 * up: the app may be anybody's code.
 */
export function forLog(line: string): string {
  return (
    withoutNoEcho(plain(line))
      .replaceAll('\r', '')
      // What .NET, in which the runner is written, takes for white space: U+0085 as well.
      .replace(/^([\s\u0085]*):(?=:)/, '$1: ')
      .replaceAll('##[', '# #[')
  );
}
