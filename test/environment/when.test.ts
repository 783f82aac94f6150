import { expect, test } from 'vitest';
import type { When } from '../../src/environment/schema/when.js';
import { describeWhen, leads } from '../../src/environment/when.js';
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

const cases: [When, ReturnType<typeof event>, boolean][] = [
  [{ push: null }, pushTo('main'), true],
  [{ push: true }, pushOfTag('v1'), true],
  [{ push: {} }, pushOfTag('v1'), true],
  [{ push: false }, pushTo('main'), false],
  [{ push: { branches: 'main' } }, pushTo('main'), true],
  [{ push: { branches: 'main' } }, pushTo('main2'), false],
  [{ push: { branches: 'main' } }, pushOfTag('main'), false],
  [{ push: { tags: 'v*' } }, pushOfTag('v1.4.2'), true],
  [{ push: { tags: 'v*' } }, pushTo('v1.4.2'), false],
  [{ push: { branches: ['release/*'] } }, pushTo('release/1'), true],
  [{ push: { branches: ['release/*'] } }, pushTo('release/1/hotfix'), false],
  [{ push: { branches: ['release/**'] } }, pushTo('release/1/hotfix'), true],
  [{ push: { branches: ['*'] } }, pushTo('feature/x'), false],
  [{ push: { branches: ['**', '!main'] } }, pushTo('main'), false],
  [{ push: { branches: ['**', '!main'] } }, pushTo('dev'), true],
  [{ push: { branches: ['**', '!rel/**', 'rel/keep'] } }, pushTo('rel/keep'), true],
  [{ push: { branches: ['!main'] } }, pushTo('dev'), false],
  [{ push: { branches: 'main', tags: 'v*' } }, pushOfTag('v2'), true],
  [{ 'pull-request': null }, pullRequestInto('anything'), true],
  [{ 'pull-request': { branches: 'main' } }, pullRequestInto('main'), true],
  [{ 'pull-request': { branches: 'main' } }, pullRequestInto('main', 'pull_request_target'), true],
  [{ 'pull-request': { branches: 'main' } }, pullRequestInto('dev'), false],
  [{ 'pull-request': { branches: 'main' } }, pushTo('main'), false],
  [{ release: 'published' }, releaseOf('v1.0.0'), true],
  [{ release: 'published' }, releaseOf('v1.0.0-rc.1', true), false],
  [{ release: 'prerelease' }, releaseOf('v1.0.0-rc.1', true), true],
  [{ release: 'prerelease' }, releaseOf('v1.0.0-rc.1', true, 'prereleased'), true],
  [{ release: ['published', 'prerelease'] }, releaseOf('v1.0.0-rc.1', true), true],
  [{ release: 'published' }, releaseOf('v1.0.0', false, 'released'), true],
  [{ release: 'published' }, releaseOf('v1.0.0', false, 'edited'), false],
  [{ release: true }, releaseOf('v1.0.0', false, 'deleted'), false],
  [{ 'merge-group': true }, mergeGroupInto('main'), true],
  [{ 'merge-group': { branches: ['main'] } }, mergeGroupInto('dev'), false],
  [{ schedule: true }, scheduled('0 3 * * *'), true],
  [{ schedule: '0 3 * * *' }, scheduled('0 3 * * *'), true],
  [{ schedule: ['0 3 * * *'] }, scheduled('0 4 * * *'), false],
  [{ dispatch: true }, dispatched(), true],
  [{ dispatch: false }, dispatched(), false],
  [{ push: true, release: true }, dispatched(), false],
  [{ push: true }, event('constructor', {}), false],
];

test.each(cases)('%j, event %j: %j', (when, context, expected) => {
  expect(leads(when, context)).toBe(expected);
});

test('says in words what leads to an environment', () => {
  const when: When = {
    push: { branches: ['main', 'dev'], tags: 'v*' },
    'pull-request': null,
    release: 'published',
    schedule: false,
    'merge-group': {},
  };
  expect(describeWhen(when)).toBe('push (branches main, dev; tags v*), pull-request, release (published), merge-group');
  expect(describeWhen({})).toBe('no event');
});
