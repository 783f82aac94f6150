import { ActionError } from '../errors.js';
import { approvalVerdicts } from '../plan/approval.js';
import type { PullRequest, Reviews } from '../ports.js';
import { ask } from './asking.js';
import { pushesTo } from './pushes.js';

/** What lets somebody change the repository, and so say what may be deployed. */
const MAY_WRITE = ['write', 'admin'];

/**
 * Who approved the head of a pull request: somebody with write permission, who neither opened it nor pushed the head.
 * @param since approvals before this moment are of another plan
 * @returns a login
 * @throws ActionError `plan`, with what is wrong with each approval that there is
 */
export async function approvedBy(pull: PullRequest, since: Date, reviews: Reviews): Promise<string> {
  const [all, authors, pushes] = await Promise.all([
    ask('the reviews of the pull request', 'pull-requests: read', reviews.reviews(pull.number)),
    ask('the head commit', 'contents: read', reviews.authors(pull.headSha)),
    pushesTo(pull, reviews),
  ]);
  // Where the server does not tell of pushes, the authors of the commit are known all the same.
  const pushers = pushes.filter(({ commit }) => commit === pull.headSha).map(({ by }) => by.login);
  const against: string[] = [];
  for (const { by, why } of approvalVerdicts(all, { pull, since, makers: [...authors, ...pushers] })) {
    const objection = why ?? (await mayNotWrite(by, reviews));
    if (objection === undefined) return by;
    against.push(`${by} ${objection}`);
  }
  throw new ActionError(
    'plan',
    `#${pull.number} is not approved (${against.join('; ') || 'nobody approved it'}): have somebody with write ` +
      `permission, other than the author, approve ${pull.headSha.slice(0, 7)} with its plan`,
  );
}

/** Why somebody's word does not count; undefined when it does. */
export async function mayNotWrite(login: string, reviews: Reviews): Promise<string | undefined> {
  const permission = await ask(`the permission of ${login}`, 'metadata: read', reviews.permission(login));
  return MAY_WRITE.includes(permission) ? undefined : `has no write permission (${permission})`;
}
