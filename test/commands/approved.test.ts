import { expect, test } from 'vitest';
import { approvedBy } from '../../src/commands/approved.js';
import { httpError } from '../fakes/github.js';
import { FakeReviews } from '../fakes/reviews.js';

const HEAD = 'a'.repeat(40);
const SINCE = new Date('2026-11-21T09:00:00Z');
const pull = {
  ...{ number: 7, author: 'octocat', headSha: HEAD, headRef: 'topic', baseRef: 'main' },
  headRepository: 'acme/shop',
};
const person = (login: string) => ({ login, isPerson: true });

function world(...reviewers: readonly string[]): FakeReviews {
  const reviews = new FakeReviews();
  reviews.given = reviewers.map((login) => ({ by: person(login), state: 'APPROVED', commit: HEAD, at: SINCE }));
  for (const login of ['mona', 'octocat', 'alice']) reviews.permissions.set(login, 'write');
  return reviews;
}

test('the first whose word counts', async () => {
  expect(await approvedBy(pull, SINCE, world('octocat', 'hubot', 'mona'))).toBe('mona');
});

test.each([['admin'], ['write']])('%s may', async (permission) => {
  const reviews = world('lead');
  reviews.permissions.set('lead', permission);
  expect(await approvedBy(pull, SINCE, reviews)).toBe('lead');
});

test('every approval that does not count says why', async () => {
  await expect(approvedBy(pull, SINCE, world('octocat', 'hubot'))).rejects.toMatchObject({
    code: 'plan',
    message:
      '#7 is not approved (octocat is the author; hubot has no write permission (read)): have somebody with write ' +
      'permission, other than the author, approve aaaaaaa with its plan',
  });
});

test('who made or pushed the head does not count, by git or by GitHub', async () => {
  const committed = world('mona');
  committed.makers.set(HEAD, ['mona']);
  await expect(approvedBy(pull, SINCE, committed)).rejects.toThrow('mona made or pushed the head commit');
  const pushed = world('alice');
  pushed.pushed = [{ by: person('alice'), commit: HEAD, at: SINCE }];
  await expect(approvedBy(pull, SINCE, pushed)).rejects.toThrow('alice made or pushed the head commit');
});

test.each([403, 404, 422])('pushes that GitHub does not tell (%i) leave the authors', async (status) => {
  const reviews = world('mona');
  reviews.refuse.set('pushes', httpError(status, 'no'));
  expect(await approvedBy(pull, SINCE, reviews)).toBe('mona');
  reviews.makers.set(HEAD, ['mona']);
  await expect(approvedBy(pull, SINCE, reviews)).rejects.toThrow('made or pushed');
});

test('a GitHub in trouble approves nothing', async () => {
  const reviews = world('mona');
  reviews.refuse.set('pushes', httpError(502, 'Bad Gateway'));
  await expect(approvedBy(pull, SINCE, reviews)).rejects.toMatchObject({ code: 'github' });
});
