import { readRefusalOf, statusOf } from '../github/refusal.js';
import type { PullRequest, Push, Reviews } from '../ports.js';
import { ask } from './asking.js';

const WHAT = 'the pushes to the head branch';
const PERMISSION = 'contents: read';

/**
 * The newest pushes to the head branch of a pull request, newest first. None where the server does not tell: of a branch
 * that is gone, of a repository that this token may not see.
 * @throws ActionError `github` when GitHub is in trouble
 */
export async function pushesTo({ headRepository, headRef }: PullRequest, reviews: Reviews): Promise<readonly Push[]> {
  if (headRepository === undefined) return [];
  const pushes = reviews.pushes(headRepository, headRef).catch((error: unknown) => {
    // 422 is the answer for a ref that it does not know.
    if (readRefusalOf(error, WHAT, PERMISSION) === undefined && statusOf(error) !== 422) throw error;
    return [];
  });
  return ask(WHAT, PERMISSION, pushes);
}
