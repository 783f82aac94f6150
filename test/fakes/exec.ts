import type { Exec, ExecOptions, ExecResult } from '../../src/ports.js';

/** A program that was run. */
export interface Run {
  readonly program: string;
  readonly args: readonly string[];
  readonly options: ExecOptions;
}

/** What a scripted program does; `act` may write files, as the real one would. */
export interface Script {
  /** @default 0 */
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly act?: (run: Run) => void | Promise<void>;
}

/**
 * Runs nothing: each program answers as it was told to. A pattern is held against the command as one line
 * (`cdk diff Web --app out`, the program without its folder).
 */
export class FakeExec implements Exec {
  readonly runs: Run[] = [];
  private readonly scripts: { readonly pattern: RegExp; readonly script: Script }[] = [];

  /** Later patterns come first, so that a test can change what its fixture set. */
  on(pattern: RegExp, script: Script = {}): this {
    this.scripts.unshift({ pattern, script });
    return this;
  }

  /** Every command, as one line each. */
  get commands(): readonly string[] {
    return this.runs.map(lineOf);
  }

  async run(program: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> {
    const run = { program, args, options };
    this.runs.push(run);
    const line = lineOf(run);
    const script = this.scripts.find(({ pattern }) => pattern.test(line))?.script;
    if (script === undefined) throw new Error(`no script for "${line}"`);
    await script.act?.(run);
    const { exitCode = 0, stdout = '', stderr = '' } = script;
    for (const text of linesOf(stdout)) options.onLine?.(text, 'stdout');
    for (const text of linesOf(stderr)) options.onLine?.(text, 'stderr');
    return { exitCode, stdout, stderr };
  }
}

function lineOf({ program, args }: Run): string {
  return [program.replace(/^.*\//, ''), ...args].join(' ');
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line, at, all) => line !== '' || at < all.length - 1);
}
