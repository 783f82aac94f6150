import { ActionError } from '../errors.js';
import type { Comment, GitHub, PullRequest, Reviews } from '../ports.js';
import { isOurs, marker } from '../report/marker.js';
import { recordOf, type PlanRecord } from '../report/plan-line.js';
import { ask } from './asking.js';

export interface Wanted {
  readonly pull: PullRequest;
  /** Id of the target. */
  readonly target: string;
  /** Tag of the comment; empty: any of ours. */
  readonly tag: string;
}

/** A plan that stands on a pull request. */
export interface OnRecord {
  readonly record: PlanRecord;
  /** Since when it stands there as it is. */
  readonly since: Date;
}

interface Candidate {
  readonly comment: Comment;
  readonly record: PlanRecord;
}

const READ = 'pull-requests: read';

/**
 * Our plan of a pull request's head, as its comment keeps it.
 * @throws ActionError `plan` when there is none, when it is of another commit, or when somebody else edited the comment
 */
export async function recordedPlan(wanted: Wanted, github: GitHub, reviews: Reviews): Promise<OnRecord> {
  const { pull, target } = wanted;
  const fail = (what: string, change = 'run diff on the pull request again, and have its plan approved'): never => {
    throw new ActionError('plan', `#${pull.number} ${what}: ${change}`);
  };
  const { ours, others } = await ask('the comments of the pull request', READ, candidates(wanted, github));
  const [first, ...more] = ours.filter(({ record }) => record.commit === pull.headSha);
  if (first === undefined) {
    const [stale] = ours;
    if (stale !== undefined) {
      const of = stale.record.commit.slice(0, 7);
      return fail(`has a plan of ${of} for ${target}, and its head is ${pull.headSha.slice(0, 7)}`);
    }
    const [forged] = others;
    const note = forged === undefined ? '' : ` (that in the comment of ${forged.comment.author} does not count)`;
    return fail(`has no plan for ${target}${note}`);
  }
  if (more.some(({ record }) => record.fingerprint !== first.record.fingerprint)) {
    return fail(`has several plans for ${target}, and they differ`, 'name the comment that counts with comment-tag');
  }
  const { body, author, editor, at } = await ask('who edited the comment', READ, reviews.history(first.comment.id));
  // Two accounts that are gone need not be one.
  if (editor !== undefined && (editor !== author || editor === '')) {
    return fail(`has a plan that was edited by ${editor || 'an account that is gone'}`);
  }
  const record = recordOf(body, target);
  if (record?.fingerprint !== first.record.fingerprint || record.commit !== first.record.commit) {
    return fail('got another plan while it was read');
  }
  return { record, since: record.since ?? at };
}

/** Comments that keep a plan for the target: those by this token's account, and those by others. */
async function candidates(
  { pull, target, tag }: Wanted,
  github: GitHub,
): Promise<{ readonly ours: readonly Candidate[]; readonly others: readonly Candidate[] }> {
  const found: Candidate[] = [];
  for await (const comment of github.comments(pull.number)) {
    const ofTag = tag === '' ? isOurs(comment.body) : comment.body.startsWith(marker(tag));
    const record = ofTag ? recordOf(comment.body, target) : undefined;
    if (record !== undefined) found.push({ comment, record });
  }
  if (found.length === 0) return { ours: [], others: [] };
  const me = await github.identity();
  return {
    ours: found.filter(({ comment }) => comment.author === me),
    others: found.filter(({ comment }) => comment.author !== me),
  };
}
