import type { DiffInputs } from '../inputs.js';
import { labelVerdict } from '../plan/label.js';
import { mayNotWrite } from './approved.js';
import { ask } from './asking.js';
import type { Context } from './context.js';
import { pushesTo } from './pushes.js';
import type { Found } from './target.js';

export interface LabelRequest {
  readonly label: string;
  readonly pullRequest: number;
  readonly inputs: Pick<DiffInputs, 'githubToken'>;
  readonly found: Found;
}

/** Who lifted the gates by a label, or what to say of the label in the failure. */
export interface LabelOutcome {
  readonly by?: string;
  readonly note?: string;
}

/**
 * Looks who set the label that lifts the gates.
 * @throws ActionError `github` when GitHub cannot be asked
 */
export async function labelOn(
  { label, pullRequest, inputs, found }: LabelRequest,
  context: Context,
): Promise<LabelOutcome> {
  const reviews = await context.ports.reviews(inputs.githubToken);
  const [pull, events] = await Promise.all([
    ask(`#${pullRequest}`, 'pull-requests: read', reviews.pullRequest(pullRequest)),
    ask(`what happened to #${pullRequest}`, 'pull-requests: read', reviews.events(pullRequest)),
  ]);
  const [push] = await pushesTo(pull, reviews);
  const verdict = labelVerdict(label, { pull, events, push, planned: found.event.headSha ?? pull.headSha });
  if (!verdict.counts && verdict.why === undefined) {
    return { note: `or have somebody with write permission, other than the author, set the label '${label}'` };
  }
  const why = verdict.counts ? await mayNotWrite(verdict.by, reviews) : verdict.why;
  if (verdict.counts && why === undefined) return { by: verdict.by };
  const told = verdict.counts ? `${verdict.by}, who set it, ${why ?? ''}` : (why ?? '');
  return { note: `the label '${label}' does not count: ${told}` };
}
