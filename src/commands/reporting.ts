import { messageOf, userError } from '../errors.js';
import { pullRequestOf } from '../github/pull-request.js';
import { upsertComment } from '../github/sticky-comment.js';
import type { ReportInputs } from '../inputs.js';
import { maskText } from '../mask.js';
import { renderComment } from '../report/comment.js';
import type { Report, ReportTarget, TargetReport } from '../report/model.js';
import { renderSummary } from '../report/summary.js';
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
  const { runUrl } = runFacts(env);
  const tag = inputs.commentTag || env['GITHUB_WORKFLOW'] || 'deploy-action';

  const write: Reporting['write'] = async (targets, changed) => {
    const report: Report = { tag, commit, runUrl, targets };
    if (inputs.summary) await runner.summary(renderSummary(report, ownWords(inputs)).markdown);
    if (inputs.comment === 'false' || !inputs.githubToken) return undefined;
    return comment(report, inputs, changed, runUrl, context);
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

/** Parts left out of a comment that the log names; a plan of thousands would flood it. */
const MOST_TOLD = 20;

/** A comment that cannot be written fails nothing: the same is in the summary. */
async function comment(
  report: Report,
  inputs: ReportInputs,
  changed: boolean,
  runUrl: string,
  context: Context,
): Promise<string | undefined> {
  const { runner } = context.ports;
  const github = await context.ports.github(inputs.githubToken);
  const pullRequest = await pullRequestOf(
    { input: inputs.pullRequest, event: context.payload, commit: report.commit },
    github,
  );
  if (pullRequest === undefined) {
    runner.info('this run belongs to no pull request: there is nothing to comment on');
    return undefined;
  }
  const { markdown, dropped } = renderComment(report, { summaryUrl: runUrl, ...ownWords(inputs) });
  if (dropped.length > 0) runner.info(`the comment leaves out ${dropped.length} parts, which are in the summary`);
  for (const what of dropped.slice(0, MOST_TOLD)) runner.info(`  ${what}`);
  const written = await upsertComment(github, {
    pullRequest,
    tag: report.tag,
    body: markdown,
    create: inputs.comment === 'true' || changed,
  });
  if (written.kind === 'refused') {
    runner.warning(`no comment on pull request ${pullRequest}: ${written.why}; the report is in the job summary`);
    return undefined;
  }
  return written.kind === 'absent' ? undefined : written.comment.url;
}

function ownWords(inputs: ReportInputs): { readonly header?: string; readonly footer?: string } {
  return {
    ...(inputs.commentHeader ? { header: inputs.commentHeader } : {}),
    ...(inputs.commentFooter ? { footer: inputs.commentFooter } : {}),
  };
}
