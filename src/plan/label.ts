import type { PullRequest, PullRequestEvent, Push } from '../ports.js';

/** What decides whether a label counts. */
export interface LabelFacts {
  readonly pull: PullRequest;
  /** Everything that happened to the pull request, oldest first. */
  readonly events: readonly PullRequestEvent[];
  /** The newest push to its branch; undefined when the server does not tell. */
  readonly push: Push | undefined;
  /** The head that was planned. */
  readonly planned: string;
}

/** Who set a label, or why it does not count. `why` is undefined when the label is not there at all. */
export type LabelVerdict =
  { readonly counts: true; readonly by: string } | { readonly counts: false; readonly why?: string };

/**
 * Whether a label counts, apart from what the one who set it may do in the repository. The order of things goes by the
 * server's times: those of a commit are its author's claim.
 */
export function labelVerdict(label: string, { pull, events, push, planned }: LabelFacts): LabelVerdict {
  const set = events.findLast(({ kind, label: name }) => /^(?:un)?labeled$/.test(kind) && same(name, label));
  if (set?.kind !== 'labeled') return { counts: false };
  const { by, at } = set;
  const no = (why: string): LabelVerdict => ({ counts: false, why });
  if (!by.isPerson) return no(`it was set by ${by.login || 'an account that is gone'}, which is no person`);
  if (by.login === pull.author) return no(`it was set by ${by.login}, the author`);
  if (pull.headSha !== planned) return no(`the pull request has moved on from ${short(planned)}`);
  if (push === undefined || push.commit !== planned) {
    return no(`GitHub does not tell when ${short(planned)} was pushed to ${pull.headRef}`);
  }
  if (by.login === push.by.login) return no(`it was set by ${by.login}, who made the newest push`);
  if (at <= push.at) return no('it was set before the newest push');
  if (events.some((event) => event.kind === 'base_ref_changed' && event.at >= at)) {
    return no('it was set before the base branch was changed');
  }
  return { counts: true, by: by.login };
}

/** GitHub keeps one label for any spelling of a name. */
function same(left: string | undefined, right: string): boolean {
  return left?.toLowerCase() === right.toLowerCase();
}

function short(commit: string): string {
  return commit.slice(0, 7);
}
