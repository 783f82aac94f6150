import type { PullRequest, Review } from '../ports.js';

/** What decides whether an approval counts. */
export interface ApprovalFacts {
  readonly pull: PullRequest;
  /** Logins of who made and pushed the head. */
  readonly makers: readonly string[];
  /** Since when the plan has stood there as it is. */
  readonly since: Date;
}

/** What became of a reviewer's approval; without `why` it counts, apart from what the reviewer may do. */
export interface ApprovalVerdict {
  readonly by: string;
  readonly why?: string;
}

/** One verdict for each reviewer who approved at any time. A comment takes nothing back. */
export function approvalVerdicts(reviews: readonly Review[], facts: ApprovalFacts): readonly ApprovalVerdict[] {
  const reviewers = new Map<string, Review[]>();
  for (const review of reviews) {
    if (!OPINIONS.includes(review.state)) continue;
    reviewers.set(review.by.login, [...(reviewers.get(review.by.login) ?? []), review]);
  }
  return [...reviewers].flatMap(([login, own]) => {
    const last = own.at(-1);
    // A dismissed review may have been an approval; one that was never anything but a request for changes is none.
    if (last === undefined || own.every(({ state }) => state === 'CHANGES_REQUESTED')) return [];
    const why = objection(last, facts);
    return [{ by: login || 'an account that is gone', ...(why === undefined ? {} : { why }) }];
  });
}

const OPINIONS = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'];

function objection(
  { by, state, commit, at }: Review,
  { pull: { author, headSha }, makers, since }: ApprovalFacts,
): string | undefined {
  if (!by.isPerson) return 'is no person';
  if (by.login === author) return 'is the author';
  if (makers.includes(by.login)) return 'made or pushed the head commit';
  if (state === 'DISMISSED') return 'is dismissed';
  if (state === 'CHANGES_REQUESTED') return 'asked for changes afterwards';
  if (commit !== headSha) return `approved ${commit.slice(0, 7)}, the head is ${headSha.slice(0, 7)}`;
  if (at < since) return 'approved before the plan was there as it is now';
  return undefined;
}
