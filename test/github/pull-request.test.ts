import { describe, expect, test } from 'vitest';
import { pullRequestOf } from '../../src/github/pull-request.js';
import { FakeGitHub, HttpError } from './fake-github.js';

const run = (event: unknown, input = '', commit = 'abc') => ({ input, event, commit });

describe('the pull request of a run', () => {
  test.each([
    ['the input', run({ pull_request: { number: 3 } }, '12'), 12],
    ['the input with a hash sign', run({}, ' #12 '), 12],
    ['a pull request event', run({ number: 3, pull_request: { number: 3 } }), 3],
    ['a comment on a pull request', run({ issue: { number: 4, pull_request: { url: 'x' } } }), 4],
    ['a comment on an issue', run({ issue: { number: 4 } }), undefined],
    ['a merge queue', run({ merge_group: { head_ref: 'refs/heads/gh-readonly-queue/main/pr-104-c0ffee' } }), 104],
    ['a workflow run', run({ workflow_run: { head_sha: 'abc', pull_requests: [{ number: 5 }] } }), 5],
    ['a workflow run of a fork', run({ workflow_run: { head_sha: 'c0ffee', pull_requests: [] } }), 12],
    ['a push of a commit that an open one holds', run({ ref: 'refs/heads/topic' }, '', 'c0ffee'), 12],
    ['a push of another', run({ ref: 'refs/heads/main' }), undefined],
    ['a payload that is none', run(undefined), undefined],
    ['a payload of another form', run({ pull_request: 'x', issue: [], workflow_run: 1 }), undefined],
  ])('from %s', async (_, origin, expected) => {
    expect(await pullRequestOf(origin, new FakeGitHub())).toBe(expected);
  });

  test.each(['0', '-1', 'abc', '1.5', '12345678901', 'https://github.com/a/b/pull/1'])(
    'not from the input %j',
    async (input) => {
      await expect(pullRequestOf(run({}, input))).rejects.toMatchObject({
        code: 'input',
        message: `pull-request is "${input}": give its number, such as 12`,
      });
    },
  );

  test('is unknown when the token may not look, or there is none', async () => {
    const github = new FakeGitHub();
    github.refuse.set('pulls', new HttpError(403, 'Resource not accessible by integration'));
    expect(await pullRequestOf(run({}), github)).toBeUndefined();
    expect(await pullRequestOf(run({}))).toBeUndefined();
  });

  test('is not guessed when the API is in trouble', async () => {
    const github = new FakeGitHub();
    github.refuse.set('pulls', new HttpError(502, 'Bad Gateway'));
    await expect(pullRequestOf(run({}), github)).rejects.toThrow('Bad Gateway');
  });
});
