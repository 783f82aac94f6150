import { eventFrom } from '../environment/event.js';
import { pullRequestOf } from '../github/pull-request.js';
import { retireComments } from '../github/retire-comments.js';
import { upsertComment } from '../github/sticky-comment.js';
import { messageOf } from '../errors.js';
import type { ReportInputs } from '../inputs.js';
import type { Comment } from '../ports.js';
import { renderComment } from '../report/comment.js';
import type { Report } from '../report/model.js';
import { carrySince, keepsPlans } from '../report/plan-line.js';
import { renderSummary } from '../report/summary.js';
import type { Context } from './context.js';

/**
 * Writes a report as summary and as comment, as far as the inputs want them.
 * @returns the comment's address, if there is one
 */
export async function writeReport(
  report: Report,
  inputs: ReportInputs,
  changed: boolean,
  context: Context,
): Promise<string | undefined> {
  if (inputs.summary) await context.ports.runner.summary(renderSummary(report, ownWords(inputs)).markdown);
  if (inputs.comment === 'false' || !inputs.githubToken) return undefined;
  return comment(report, inputs, changed, context);
}

/** Parts left out of a comment that the log names; a plan of thousands would flood it. */
const MOST_TOLD = 20;

/** A comment that cannot be written fails nothing: the same is in the summary. */
async function comment(
  report: Report,
  inputs: ReportInputs,
  changed: boolean,
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
  const { markdown, dropped } = renderComment(report, {
    summaryUrl: report.runUrl,
    keepPlans: true,
    ...ownWords(inputs),
  });
  if (dropped.length > 0) runner.info(`the comment leaves out ${dropped.length} parts, which are in the summary`);
  for (const what of dropped.slice(0, MOST_TOLD)) runner.info(`  ${what}`);
  const written = await upsertComment(github, {
    pullRequest,
    tag: report.tag,
    body: markdown,
    create: inputs.comment === 'true' || changed,
    revise: async (existing) => (keepsPlans(markdown) ? sinceThen(markdown, existing, inputs, context) : markdown),
  });
  if (written.kind === 'refused') {
    runner.warning(`no comment on pull request ${pullRequest}: ${written.why}; the report is in the job summary`);
    return undefined;
  }
  if (written.kind === 'absent') return undefined;
  const { duplicates } = written;
  const past = isOver(report, pullRequest, context) ? [written.comment] : [];
  const why =
    (await retireComments(github, { tag: report.tag, comments: duplicates, reason: 'OUTDATED' })) ??
    (await retireComments(github, { tag: report.tag, comments: past, reason: 'RESOLVED' }));
  if (why !== undefined) runner.info(`older comments on #${pullRequest} stay as they are: ${why}`);
  return written.comment.url;
}

/** Whether nobody has to read the report any more: the pull request was closed, and nothing failed. */
function isOver({ targets }: Report, pullRequest: number, { env, payload }: Context): boolean {
  const event = eventFrom(env, payload);
  if (!event.name.startsWith('pull_request') || event.action !== 'closed') return false;
  if (event.pullRequest !== pullRequest) return false;
  return targets.every(
    (target) =>
      target.kind === 'plan' ||
      (target.kind === 'deployment' && target.stacks.every(({ result }) => result !== 'failed')),
  );
}

/** A plan that stays the same keeps the time since when it stands there, unless somebody else edited the comment. */
async function sinceThen(body: string, existing: Comment, inputs: ReportInputs, context: Context): Promise<string> {
  try {
    const reviews = await context.ports.reviews(inputs.githubToken);
    const { body: old, author, editor, at } = await reviews.history(existing.id);
    const ours = editor === undefined || (editor === author && editor !== '');
    return ours ? carrySince(body, old, at) : body;
  } catch (error) {
    // Then it stands there from now on: an approval from before does not count.
    context.ports.runner.debug(`the history of the comment cannot be read: ${messageOf(error)}`);
    return body;
  }
}

function ownWords(inputs: ReportInputs): { readonly header?: string; readonly footer?: string } {
  return {
    ...(inputs.commentHeader ? { header: inputs.commentHeader } : {}),
    ...(inputs.commentFooter ? { footer: inputs.commentFooter } : {}),
  };
}
