import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { githubReviews } from '../../src/github/reviews-adapter.js';
import type { Reviews } from '../../src/ports.js';
import { startGitHub, type GitHubEmulator } from '../emulators/github/github.js';
import { pullRequest, REPOSITORY } from '../emulators/runner/events.js';

let github: GitHubEmulator;
let reviews: Reviews;
const HEAD = 'beef'.padEnd(40, '1');
const [ONE, TWO] = ['1'.repeat(40), '2'.repeat(40)];

beforeEach(async () => {
  github = await startGitHub({ comments: [{ pullRequest: 12, body: 'one', author: 'github-actions[bot]' }] });
  const { token, env } = github.job({ event: pullRequest(), permission: 'read' });
  reviews = githubReviews(token, { ...env, GITHUB_REPOSITORY: REPOSITORY.fullName });
});
afterEach(() => github.stop());

test('a pull request, open and merged', async () => {
  const open = { number: 12, author: 'octocat', headSha: HEAD, headRef: 'feature', baseRef: 'main' };
  expect(await reviews.pullRequest(12)).toEqual({ ...open, headRepository: REPOSITORY.fullName });
  expect(await reviews.pullRequestsOf(HEAD)).toMatchObject([open]);
  github.team.merge(12, ONE);
  expect(await reviews.pullRequestsOf(ONE)).toMatchObject([{ ...open, mergeCommit: ONE }]);
  expect(await reviews.pullRequestsOf(TWO)).toEqual([]);
});

test('reviews from every page', async () => {
  for (let at = 0; at < 101; at += 1) github.team.review(12, 'mona', 'COMMENTED');
  github.team.review(12, 'helper[bot]');
  const all = await reviews.reviews(12);
  expect(all).toHaveLength(102);
  expect(all.at(-1)).toMatchObject({ by: { login: 'helper[bot]', isPerson: false }, state: 'APPROVED', commit: HEAD });
  expect(all.at(-1)?.at.getTime()).toBeGreaterThan(all[0]?.at.getTime() ?? Infinity);
});

test('labels, with who set them', async () => {
  github.team.label(12, 'careful', 'mona');
  github.team.label(12, 'careful', 'mona', 'unlabeled');
  expect(await reviews.events(12)).toMatchObject([
    { kind: 'labeled', by: { login: 'mona', isPerson: true }, label: 'careful' },
    { kind: 'unlabeled', label: 'careful' },
  ]);
});

test('pushes, newest first, of the branch alone', async () => {
  github.team.push(12, ONE, 'alice');
  expect(await reviews.pushes(REPOSITORY.fullName, 'feature')).toMatchObject([
    { by: { login: 'alice', isPerson: true }, commit: ONE },
    { by: { login: 'octocat' }, commit: HEAD },
  ]);
  expect(await reviews.pushes(REPOSITORY.fullName, 'main')).toEqual([]);
  expect(await reviews.pushes('stranger/webapp', 'feature')).toEqual([]);
  expect(await reviews.authors(ONE)).toEqual(['alice', 'alice']);
});

test('permissions; nobody has one where GitHub knows nobody', async () => {
  expect(await reviews.permission('mona')).toBe('write');
  github.fail({ path: /permission/, answer: { status: 404, body: { message: 'Not Found' } } });
  expect(await reviews.permission('ghost')).toBe('none');
  github.fail({ path: /permission/, answer: { status: 403, body: { message: 'Forbidden' } } });
  await expect(reviews.permission('mona')).rejects.toMatchObject({ status: 403 });
});

describe('a file on a branch', () => {
  test('is read at the commit, whatever its letters', async () => {
    github.team.commit('release/1', ONE, { '.github/deploy.yml': 'team: équipe\n' });
    const commit = await reviews.branchHead('release/1');
    expect(commit).toBe(ONE);
    expect(await reviews.file('.github/deploy.yml', commit)).toBe('team: équipe\n');
    expect(await reviews.file('other.yml', commit)).toBeUndefined();
  });

  test.each([
    ['a folder', []],
    ['a file too large for the API', { type: 'file', encoding: 'none', content: '' }],
    ['a link that leads nowhere', { type: 'symlink', target: 'x' }],
  ])('is not %s', async (_, body) => {
    github.fail({ path: /contents/, answer: { status: 200, body } });
    await expect(reviews.file('x', ONE)).rejects.toMatchObject({ code: 'github' });
  });

  test('is not guessed when GitHub is in trouble', async () => {
    github.fail({ path: /contents/, answer: { status: 502, body: {} } });
    await expect(reviews.file('x', ONE)).rejects.toMatchObject({ status: 502 });
  });
});

describe('who wrote a comment as it stands', () => {
  test('its author, until somebody edits it', async () => {
    const comment = github.comments(12)[0]!;
    const written = { body: 'one', author: 'github-actions[bot]', at: new Date(comment.createdAt) };
    expect(await reviews.history(comment.id)).toEqual(written);
    github.team.edit(comment, 'two', 'mona');
    const at = new Date(comment.updatedAt);
    expect(await reviews.history(comment.id)).toEqual({ ...written, body: 'two', editor: 'mona', at });
    github.team.edit(comment, 'three', 'github-actions[bot]');
    expect(await reviews.history(comment.id)).toMatchObject({ body: 'three', editor: 'github-actions[bot]' });
  });

  test('somebody whose account is gone', async () => {
    const node = { body: 'x', createdAt: '2026-11-01T12:00:00Z', lastEditedAt: '2026-11-01T13:00:00Z' };
    const data = { data: { node: { ...node, author: null, editor: null } } };
    github.fail({ path: /graphql/, answer: { status: 200, body: data } });
    expect(await reviews.history(github.comments(12)[0]!.id)).toMatchObject({ author: '', editor: '' });
  });

  test('is an error when it is gone meanwhile', async () => {
    github.fail({ path: /graphql/, answer: { status: 200, body: { data: { node: null } } } });
    await expect(reviews.history(github.comments(12)[0]!.id)).rejects.toMatchObject({ code: 'github' });
  });
});

test.each(['', 'shop', 'a/b/c'])('the repository %j is refused', (repository) => {
  expect(() => githubReviews('token', { GITHUB_REPOSITORY: repository })).toThrow('it has to be owner/name');
});
