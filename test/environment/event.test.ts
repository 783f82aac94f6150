import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventFrom } from '../../src/environment/event.js';
import {
  dispatched,
  event,
  mergeGroupInto,
  pullRequestInto,
  pushOfTag,
  pushTo,
  releaseOf,
  scheduled,
} from './events.js';

test.each([
  ['a push to a branch', pushTo('feature/x'), { name: 'push', branch: 'feature/x', ref: 'refs/heads/feature/x' }],
  ['a push of a tag', pushOfTag('v1.4.2'), { tag: 'v1.4.2' }],
  [
    'a pull request',
    pullRequestInto('main'),
    {
      baseBranch: 'main',
      branch: 'feature',
      pullRequest: 7,
      action: 'synchronize',
      headSha: 'b'.repeat(40),
      fork: false,
    },
  ],
  ['a release', releaseOf('v2.0.0'), { tag: 'v2.0.0', prerelease: false, action: 'published' }],
  ['a prerelease', releaseOf('v2.0.0-rc.1', true), { tag: 'v2.0.0-rc.1', prerelease: true }],
  ['a merge queue', mergeGroupInto('main'), { baseBranch: 'main' }],
  ['a schedule', scheduled('0 3 * * *'), { schedule: '0 3 * * *', branch: 'main' }],
  [
    'a run by hand',
    dispatched({ environment: 'production', dry: true, count: 3, empty: '', none: null }),
    { inputs: { environment: 'production', dry: 'true', count: '3' } },
  ],
  [
    'a comment on a pull request',
    event('issue_comment', {}, { issue: { number: 9, pull_request: {} } }),
    { pullRequest: 9 },
  ],
])('%s', (_, context, expected) => {
  expect(context).toMatchObject({ sha: 'a'.repeat(40), repository: 'acme/shop', ...expected });
});

test.each([
  ['the same repository', { full_name: 'acme/shop' }, false],
  ['a fork', { full_name: 'stranger/shop' }, true],
  ['a fork that was deleted', null, true],
])('a pull request from %s', (_, repo, fork) => {
  const pull = { number: 1, head: { repo }, base: { repo: { full_name: 'acme/shop' } } };
  expect(event('pull_request', {}, { pull_request: pull }).fork).toBe(fork);
});

test('leaves out what the event does not have', () => {
  expect(Object.keys(pushTo('main')).sort()).toEqual(['branch', 'fork', 'inputs', 'name', 'ref', 'repository', 'sha']);
  expect(event('issue_comment', {}, { issue: { number: 9 } })).not.toHaveProperty('pullRequest');
});

test('takes inputs of a run by hand only', () => {
  expect(event('push', {}, { inputs: { environment: 'x' } }).inputs).toEqual({});
});

test('takes any payload', () => {
  const key = fc.constantFrom('action', 'pull_request', 'release', 'inputs', 'issue', 'merge_group', 'head', 'repo');
  const name = fc.constantFrom('push', 'pull_request', 'workflow_dispatch', undefined);
  fc.assert(
    fc.property(name, fc.oneof(fc.object({ key }), fc.anything()), (GITHUB_EVENT_NAME, payload) => {
      expect(typeof eventFrom({ GITHUB_EVENT_NAME }, payload).name).toBe('string');
    }),
  );
});
