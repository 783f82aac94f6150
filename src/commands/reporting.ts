import { messageOf, userError } from '../errors.js';
import type { ReportInputs } from '../inputs.js';
import { maskText } from '../mask.js';
import type { ReportTarget, TargetReport } from '../report/model.js';
import type { Context } from './context.js';
import { runFacts } from './facts.js';

/** Tells the world how it went: one comment, one summary. */
export interface Reporting {
  /** Runs a command; if it fails, says so in comment and summary, and fails all the same. */
  orFailure<T>(command: string, body: () => Promise<T>): Promise<T>;
  /**
   * Writes comment and summary.
   * @param changed whether there is something that a reader has to know
   * @returns the comment's address, if there is one
   */
  write(targets: readonly TargetReport[], changed: boolean): Promise<string | undefined>;
}

/** The reporting of a command, as its inputs want it. */
export function reporting(
  inputs: ReportInputs,
  { target, commit }: { readonly target?: ReportTarget; readonly commit: string },
  context: Context,
): Reporting {
  const { env } = context;
  const { runner } = context.ports;
  const { runUrl } = runFacts(context);
  const tag = inputs.commentTag || env['GITHUB_WORKFLOW'] || 'deploy-action';

  const write: Reporting['write'] = async (targets, changed) => {
    const { writeReport } = await import('./writing.js');
    return writeReport({ tag, commit, runUrl, targets }, inputs, changed, context);
  };

  return {
    write,
    async orFailure(command, body) {
      try {
        return await body();
      } catch (error) {
        const cause = maskText(userError(error)?.message ?? messageOf(error), runner.secrets());
        const failed: ReportTarget = target ?? { environment: '', release: '', version: '', region: '' };
        try {
          await write([{ kind: 'failure', target: failed, command, cause }], true);
        } catch (second) {
          runner.warning(`the failure could not be reported: ${messageOf(second)}`);
        }
        throw error;
      }
    },
  };
}
