import { ActionError } from '../errors.js';
import type { PullRequest, Reviews } from '../ports.js';
import { ask } from './asking.js';
import type { Found } from './target.js';

/**
 * The pull request whose merge left this commit: by a merge commit, squashed, or rebased (its last commit then).
 * @throws ActionError `plan` when there is none, or more than one
 */
export async function mergedPullRequest({ event, commit }: Found, reviews: Reviews): Promise<PullRequest> {
  if (event.baseBranch !== undefined) {
    throw new ActionError(
      'plan',
      'require-review: pull-request is for deployments after the merge: run this job on a push, not on the pull request',
    );
  }
  const all = await ask('the pull request of this commit', 'pull-requests: read', reviews.pullRequestsOf(commit));
  const into = all.filter(({ baseRef }) => event.branch === undefined || baseRef === event.branch);
  const merged = into.filter(({ mergeCommit }) => mergeCommit === commit);
  const [only, ...others] = merged;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    throw new ActionError(
      'plan',
      `${listed(merged)} were all merged as ${commit.slice(0, 7)}, so it is not clear which review counts: merge one ` +
        `pull request at a time, or deploy with a plan`,
    );
  }
  const near = all.length === 0 ? '' : ` (it belongs to ${listed(all)}, whose merge left another commit or branch)`;
  throw new ActionError(
    'plan',
    `no pull request was merged${event.branch === undefined ? '' : ` into ${event.branch}`} as ` +
      `${commit.slice(0, 7)}${near}, and require-review asks for one: merge the change as a pull request, or deploy ` +
      `with a plan`,
  );
}

function listed(pulls: readonly PullRequest[]): string {
  return pulls.map(({ number }) => `#${number}`).join(', ');
}
