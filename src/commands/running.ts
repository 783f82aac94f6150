import { firstCause, forLog } from '../cdk/output.js';
import type { Cli } from '../cdk/cli.js';
import { ActionError } from '../errors.js';
import type { ExecResult } from '../ports.js';
import type { Context } from './context.js';

export interface CdkRun {
  readonly cli: Cli;
  readonly args: readonly string[];
  /** @default the private folder of the run */
  readonly cwd?: string;
  /** The whole environment of the CLI. */
  readonly env: Readonly<Record<string, string>>;
  /** Title of its group in the log. @default its lines stand by themselves */
  readonly title?: string;
  /** Sees each line before the log does. */
  readonly onLine?: (line: string) => void;
}

/** Runs the CDK's command line, each line of it in the log. An exit code other than 0 is a result. */
export function runCdk({ cli, args, cwd, env, title, onLine }: CdkRun, context: Context): Promise<ExecResult> {
  const { exec, runner } = context.ports;
  const run = (): Promise<ExecResult> =>
    exec.run(cli.program, args, {
      cwd: cwd ?? context.place.temp,
      env,
      onLine: (line) => {
        onLine?.(line);
        runner.info(forLog(line));
      },
    });
  return title === undefined ? run() : runner.group(title, run);
}

/**
 * The result of a command that went well.
 * @throws ActionError `cdk`, with the first cause
 */
export function succeeded(command: string, result: ExecResult): ExecResult {
  if (result.exitCode === 0) return result;
  throw new ActionError('cdk', `cdk ${command} failed: ${firstCause(result.stdout, result.stderr)}`);
}
