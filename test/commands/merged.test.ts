import { expect, test } from 'vitest';
import { mergedPullRequest } from '../../src/commands/merged.js';
import type { Found } from '../../src/commands/target.js';
import type { PullRequest } from '../../src/ports.js';
import { httpError } from '../fakes/github.js';
import { FakeReviews } from '../fakes/reviews.js';

const [COMMIT, OTHER] = ['1'.repeat(40), '2'.repeat(40)];
const pull = (number: number, change: Partial<PullRequest> = {}): PullRequest => ({
  ...{ number, author: 'octocat', headSha: 'a'.repeat(40), headRef: 'topic', baseRef: 'main' },
  ...change,
});

function asked(pulls: PullRequest[], event: object = { branch: 'main' }, refusal?: Error) {
  const reviews = new FakeReviews();
  reviews.pulls = pulls;
  if (refusal) reviews.refuse.set('pulls', refusal);
  return mergedPullRequest({ event, commit: COMMIT } as unknown as Found, reviews);
}

test.each<[string, PullRequest[], object]>([
  ['alone', [pull(7, { mergeCommit: COMMIT })], { branch: 'main' }],
  ['beside one that is open', [pull(6), pull(7, { mergeCommit: COMMIT })], { branch: 'main' }],
  ['beside one merged as another commit', [pull(6, { mergeCommit: OTHER }), pull(7, { mergeCommit: COMMIT })], {}],
  [
    'beside one into another branch',
    [pull(6, { mergeCommit: COMMIT, baseRef: 'next' }), pull(7, { mergeCommit: COMMIT })],
    { branch: 'main' },
  ],
  ['at a tag', [pull(7, { mergeCommit: COMMIT, baseRef: 'next' })], { tag: 'v1.0.0' }],
])('the merged one is found %s', async (_, pulls, event) => {
  expect(await asked(pulls, event)).toMatchObject({ number: 7 });
});

test.each<[string, PullRequest[], object, string]>([
  ['there is none', [], { branch: 'main' }, 'no pull request was merged into main as 1111111, and require-review'],
  ['it is open', [pull(7)], { branch: 'main' }, '(it belongs to #7, whose merge left another commit or branch)'],
  [
    'it went elsewhere',
    [pull(7, { mergeCommit: COMMIT, baseRef: 'next' })],
    { branch: 'main' },
    'into main as 1111111',
  ],
  [
    'there are two',
    [pull(6, { mergeCommit: COMMIT }), pull(7, { mergeCommit: COMMIT })],
    { branch: 'main' },
    '#6, #7 were all merged as 1111111, so it is not clear which review counts',
  ],
  [
    'the run is on a pull request',
    [],
    { baseBranch: 'main' },
    'is for deployments after the merge: run this job on a push',
  ],
])('is refused when %s', async (_, pulls, event, message) => {
  await expect(asked(pulls, event)).rejects.toMatchObject({
    code: 'plan',
    message: expect.stringContaining(message) as string,
  });
});

test.each([
  [httpError(403, 'Resource not accessible by integration'), 'add "pull-requests: read" to the job\'s permissions'],
  [httpError(401, 'Bad credentials'), 'github-token is not valid or has expired'],
  [httpError(403, 'API rate limit exceeded'), 'github-token is over its rate limit'],
  [httpError(502, 'Bad Gateway'), 'cannot be read (Bad Gateway): run the job again'],
])('%s is told with what to change', async (error, message) => {
  await expect(asked([], {}, error)).rejects.toMatchObject({
    code: 'github',
    message: expect.stringContaining(message) as string,
  });
});
