import { describe, expect, test } from 'vitest';
import { upsertComment } from '../../src/github/sticky-comment.js';
import { marker } from '../../src/report/marker.js';
import { FakeGitHub, HttpError } from './fake-github.js';

const OURS = 'github-actions[bot]';
const body = (text: string, tag = 'deploy') => `${marker(tag)}\n\n${text}\n`;
const write = (github: FakeGitHub, text = 'new') =>
  upsertComment(github, { pullRequest: 7, tag: 'deploy', body: body(text) });

function talkative(comments: number): FakeGitHub {
  const github = new FakeGitHub();
  for (let index = 0; index < comments; index += 1) github.add('octocat', `comment ${index}`);
  return github;
}

describe('the comment of a tag', () => {
  test('is created when there is none', async () => {
    const github = talkative(2);
    expect(await write(github)).toMatchObject({ kind: 'created', comment: { body: body('new') } });
    expect(github.list).toHaveLength(3);
  });

  test('is found on the third page and updated in place', async () => {
    const github = talkative(65);
    const { id } = github.add(OURS, body('old'));
    expect(await write(github)).toMatchObject({ kind: 'updated', comment: { id, body: body('new') } });
    expect(github.list).toHaveLength(66);
    expect(github.requests).toEqual(['list #7 page 1', 'list #7 page 2', 'list #7 page 3', 'identity', `update ${id}`]);
  });

  test('is one after two runs', async () => {
    const github = talkative(40);
    await write(github, 'first');
    await write(github, 'second');
    expect(github.list.filter((comment) => comment.author === OURS).map((comment) => comment.body)).toEqual([
      body('second'),
    ]);
  });

  test('is left alone when it says the same', async () => {
    const github = talkative(0);
    // GitHub gives a body back without the white space at its end.
    github.add(OURS, body('new').trimEnd());
    expect(await write(github)).toMatchObject({ kind: 'unchanged' });
    expect(github.requests).toEqual(['list #7 page 1', 'identity']);
  });

  test('is the oldest of ours when there are several', async () => {
    const github = talkative(0);
    const oldest = github.add(OURS, body('one'));
    github.add(OURS, body('two'));
    github.list.reverse();
    expect(await write(github)).toMatchObject({ kind: 'updated', comment: { id: oldest.id } });
  });

  test.each([
    ['by somebody else', 'octocat', body('forged')],
    ['of another tag', OURS, body('other', 'deploy-2')],
    ['with the marker quoted further down', OURS, `> ${body('quoted')}`],
  ])('is not a comment %s', async (_, author, text) => {
    const github = talkative(0);
    github.add(author, text);
    expect(await write(github)).toMatchObject({ kind: 'created' });
    expect(github.list[0]?.body).toBe(text);
  });

  test('is not created where it is not wanted, but updated where it is', async () => {
    const github = talkative(1);
    const sticky = { pullRequest: 7, tag: 'deploy', body: body('new'), create: false };
    expect(await upsertComment(github, sticky)).toEqual({ kind: 'absent' });
    expect(github.list).toHaveLength(1);
    github.add(OURS, body('old'));
    expect(await upsertComment(github, sticky)).toMatchObject({ kind: 'updated' });
  });

  test('is revised where there is one, and written as it is where there is none', async () => {
    const revise = (existing: { body: string }) => Promise.resolve(body(`after ${existing.body.length}`));
    const github = talkative(0);
    const sticky = { pullRequest: 7, tag: 'deploy', body: body('new'), revise };
    expect(await upsertComment(github, sticky)).toMatchObject({ kind: 'created', comment: { body: body('new') } });
    const revised = body(`after ${body('new').length}`);
    expect(await upsertComment(github, sticky)).toMatchObject({ kind: 'updated', comment: { body: revised } });
  });

  test('is written anew when it was deleted since it was listed', async () => {
    const github = talkative(0);
    github.add(OURS, body('old'));
    github.refuse.set('update', new HttpError(404, 'Not Found'));
    expect(await write(github)).toMatchObject({ kind: 'created' });
  });
});

describe('a refusal is told, not thrown', () => {
  test.each([
    ['list', 401, 'Bad credentials', 'github-token is not valid or has expired'],
    ['create', 403, 'Resource not accessible by integration', 'add "pull-requests: write" to the job\'s permissions'],
    ['create', 403, 'Unable to create comment because issue is locked.', 'the conversation of #7 is locked'],
    ['create', 403, 'You have exceeded a secondary rate limit', 'github-token is over its rate limit'],
    ['create', 429, 'API rate limit exceeded', 'github-token is over its rate limit'],
    ['list', 404, 'Not Found', 'pull request #7 does not exist or github-token cannot see it'],
    ['create', 410, 'This issue was deleted', 'pull request #7 does not exist or github-token cannot see it'],
  ])('%s: %d %s', async (verb, status, message, why) => {
    const github = talkative(0);
    github.refuse.set(verb, new HttpError(status, message));
    const result = await write(github);
    expect(result).toMatchObject({ kind: 'refused', why: expect.stringContaining(why) as string });
  });

  test.each([
    [new HttpError(422, 'Body is too long (maximum is 65536 characters)')],
    [new HttpError(502, 'Bad Gateway')],
    [new Error('getaddrinfo ENOTFOUND api.github.com')],
  ])('but %s is thrown', async (error) => {
    const github = talkative(0);
    github.refuse.set('create', error);
    await expect(write(github)).rejects.toMatchObject({
      code: 'github',
      message: `the comment on #7 could not be written: ${error.message}; re-run the job`,
      cause: error,
    });
  });
});
