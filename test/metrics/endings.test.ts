import { expect, test } from 'vitest';
import { endingsOf } from '../../src/metrics/endings.js';
import type { LifeStep } from '../../src/metrics/model.js';

const minute = (at: number) => new Date(Date.UTC(2026, 9, 1, 0, at));
/** `state`, or `state: mark`; one a minute. */
const steps = (...lines: readonly string[]): readonly LifeStep[] =>
  lines.map((line, index) => {
    const [state = '', description = ''] = line.split(/ - /);
    return { state, description, at: minute(index) };
  });
const WEB = 'deploy-action: web eu-central-1';
const API = 'deploy-action: api eu-central-1';

test.each<[string, readonly LifeStep[], readonly unknown[]]>([
  [
    'one of ours',
    steps(`in_progress - ${WEB} started`, `success - ${WEB} succeeded: 1 created`),
    [['web', 'succeeded', 1]],
  ],
  [
    'one that was replaced later',
    steps(`in_progress - ${WEB} started`, `success - ${WEB} succeeded`, `inactive - ${WEB} succeeded`),
    [['web', 'succeeded', 1]],
  ],
  ['one of ours without changes', steps(`success - ${WEB} unchanged: 2 unchanged`), [['web', 'unchanged', 0]]],
  ['a rollback', steps(`success - ${WEB} rolled-back`), [['web', 'rolled-back', 0]]],
  [
    'one that was stopped',
    steps(`in_progress - ${WEB} started`, `error - ${WEB} stopped: cancelled`),
    [['web', 'failed', 1]],
  ],
  [
    'a step that was tried again',
    steps(`failure - ${WEB} failed`, `in_progress - ${WEB} started`, `success - ${WEB} succeeded`),
    [
      ['web', 'failed', 0],
      ['web', 'succeeded', 2],
    ],
  ],
  [
    'a job’s own, ended by GitHub',
    steps('queued', 'in_progress', `in_progress - ${WEB} succeeded`, 'success', 'inactive'),
    [['web', 'succeeded', 2]],
  ],
  [
    'a job’s own whose run was killed',
    steps('in_progress', `in_progress - ${WEB} started`, 'error'),
    [['web', 'failed', 2]],
  ],
  [
    'a job’s own whose later step failed',
    steps('in_progress', `in_progress - ${WEB} succeeded`, 'failure'),
    [['web', 'succeeded', 1]],
  ],
  [
    'two releases in one job',
    steps(`in_progress - ${WEB} succeeded`, `in_progress - ${API} failed`, 'failure'),
    [
      ['web', 'succeeded', 0],
      ['api', 'failed', 1],
    ],
  ],
  ['one of something else', steps('in_progress', 'success', 'inactive'), [['', 'succeeded', 1]]],
  ['one of something else that failed', steps('failure'), [['', 'failed', 0]]],
  ['one that waits', steps('waiting', 'queued', 'in_progress'), []],
  ['one that started', steps(`in_progress - ${WEB} started`), []],
  ['one that was only replaced', steps('inactive'), []],
  ['one without a status', [], []],
  ['a state that GitHub may yet invent', steps('toString', 'paused'), []],
])('%s', (_, statuses, expected) => {
  const endings = endingsOf({ environment: 'production', commit: 'c', statuses });
  expect(endings.map(({ release, result, at }) => [release, result, at.getUTCMinutes()])).toEqual(expected);
});
