import type { Check } from '../check.js';
import type { Facts } from '../facts.js';
import { lookAt, type Look } from '../model.js';
import { brokenConfig, takesRoles } from './config.js';

/** Without `id-token: write` there is no way to any role. */
export const identity: Check = {
  id: 'id-token',
  title: 'that GitHub gives this job an identity token',
  look(facts) {
    if (!facts.onGitHub) return { found: [], because: ['this is no job on GitHub'] };
    if (facts.config.problem) return brokenConfig;
    if (facts.job.identity || !takesRoles(facts)) return { found: [] };
    if (facts.job.fork) return { found: [], because: ['a pull request from a fork never gets one'] };
    return {
      found: [
        {
          severity: 'error',
          message: 'GitHub gives this job no identity token, and there are roles to take with it',
          mend: 'permissions.id-token: write',
        },
      ],
    };
  },
};

/** What the token for comments may do. */
export const token: Check = {
  id: 'github-token',
  title: 'what github-token may do',
  look: ({ job }) => lookToken(job),
};

function lookToken({ token: fact, fork }: Facts['job']): Look {
  const look = lookAt(fact, ({ valid, mayComment }) => [
    ...(valid
      ? []
      : ([
          {
            severity: 'error',
            message: 'github-token is not valid or has expired',
            mend: 'github-token: ${{ github.token }}',
          },
        ] as const)),
    ...(mayComment === false && !fork
      ? ([
          { severity: 'warning', message: 'github-token may not comment', mend: 'permissions.pull-requests: write' },
        ] as const)
      : []),
  ]);
  if (!('value' in fact) || !fact.value.valid || fact.value.mayComment !== undefined) return look;
  return { ...look, because: ['whether it may comment is told only on a pull request'] };
}
