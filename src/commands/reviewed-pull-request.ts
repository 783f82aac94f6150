import { ActionError } from '../errors.js';
import type { DeployInputs } from '../inputs.js';
import { disagreements } from '../plan/agreement.js';
import { maskPlan } from '../plan/mask.js';
import type { Plan } from '../plan/model.js';
import { unreviewed } from '../plan/unreviewed.js';
import type { PlanRecord } from '../report/plan-line.js';
import type { Access } from './access.js';
import { approvedBy } from './approved.js';
import { ask } from './asking.js';
import type { Context } from './context.js';
import { refuseDifferences } from './differing.js';
import { mergedPullRequest } from './merged.js';
import { makePlanOf, planStacks } from './planning.js';
import { recordedPlan } from './recorded.js';
import { readReviewed } from './reviewed.js';
import type { Source } from './source.js';
import type { Found } from './target.js';

/**
 * Holds what would happen now against the plan on the pull request that this commit was merged from, which has to be
 * approved there. Advisory: whoever can change a workflow of the repository can write such a comment.
 * @returns what a report says of the review
 * @throws ActionError `plan` with what is missing or differs, `github` when GitHub cannot be asked
 */
export async function reviewedByPullRequest(
  inputs: DeployInputs,
  found: Found,
  source: Source,
  access: Access & { readonly account: string },
  context: Context,
): Promise<readonly string[]> {
  const { runner } = context.ports;
  const now = await planNow(found, source, access, context);
  if (!now.hasChanges) {
    runner.info('nothing would change: there is nothing that a review could be about');
    return ['Nothing would change: no review was asked for.'];
  }
  if (!inputs.githubToken) {
    throw new ActionError('input', 'require-review: pull-request needs a github-token: give ${{ github.token }}');
  }
  const [github, reviews] = await Promise.all([
    ask('github-token', 'pull-requests: read', context.ports.github(inputs.githubToken)),
    context.ports.reviews(inputs.githubToken),
  ]);
  const pull = await mergedPullRequest(found, reviews);
  const { record, since } = await recordedPlan(
    { pull, target: found.target.id, tag: inputs.commentTag },
    github,
    reviews,
  );
  const approver = await approvedBy(pull, since, reviews);
  refuseDifferences(differencesOf(record, now, inputs, found, context), runner);
  const review = `#${pull.number}, approved by ${approver} at ${pull.headSha.slice(0, 7)}`;
  runner.info(`what would happen is what was reviewed: ${now.fingerprint}, on ${review}`);
  runner.info('this review is advisory: no attestation backs the plan in the comment (docs/security.md)');
  return [`Reviewed on ${review}. Advisory: no attestation backs the plan in the comment.`];
}

async function planNow(
  { target, origin, resolution }: Found,
  source: Source,
  access: Access & { readonly account: string },
  context: Context,
): Promise<Plan> {
  const stacks = await planStacks(source, access);
  const plan = makePlanOf({ target, account: access.account, source, origin, resolution, stacks }, context);
  return maskPlan(plan, context.ports.runner.secrets());
}

/** Line by line where the reviewed plan is at hand; else what would happen now. */
function differencesOf(
  record: PlanRecord,
  now: Plan,
  inputs: DeployInputs,
  { resolution }: Found,
  context: Context,
): readonly string[] {
  const match = resolution.plan?.match ?? 'plan';
  if (!inputs.plan) return unreviewed(record, now, match);
  const reviewed = readReviewed(inputs, context);
  if (reviewed.fingerprint !== record.fingerprint || reviewed.assetFingerprint !== record.assetFingerprint) {
    throw new ActionError(
      'plan',
      `plan '${inputs.plan}' is not the one on the pull request (${reviewed.fingerprint}, the comment has ` +
        `${record.fingerprint}): give the plan file of its last run, or leave the input out`,
    );
  }
  return disagreements(reviewed, now, match);
}
