import { StackStatus } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { decide, isRunning, meaning, wayOut } from '../../src/states/decide.js';
import { RECOVERIES, VERBS, type Verb } from '../../src/states/model.js';
import { NOT_FOUND, STATES } from '../../src/states/table.js';

test('the table has every status of CloudFormation once, and no other', () => {
  const statuses = STATES.flatMap((row) => row.statuses);
  expect([...statuses].sort()).toEqual([...Object.values(StackStatus), NOT_FOUND].sort());
});

/** By hand from AWS's documentation: diff, deploy, rollback, destroy. */
const EXPECTED: Readonly<Record<string, readonly [string, string, string, string]>> = {
  [NOT_FOUND]: ['proceed', 'proceed', 'nothing', 'nothing'],
  DELETE_COMPLETE: ['proceed', 'proceed', 'nothing', 'nothing'],
  CREATE_COMPLETE: ['proceed', 'proceed', 'nothing', 'proceed'],
  UPDATE_COMPLETE: ['proceed', 'proceed', 'nothing', 'proceed'],
  IMPORT_COMPLETE: ['proceed', 'proceed', 'nothing', 'proceed'],
  UPDATE_ROLLBACK_COMPLETE: ['proceed', 'proceed', 'nothing', 'proceed'],
  IMPORT_ROLLBACK_COMPLETE: ['proceed', 'proceed', 'nothing', 'proceed'],
  REVIEW_IN_PROGRESS: ['proceed', 'proceed', 'cleanup-review', 'cleanup-review'],
  CREATE_IN_PROGRESS: ['noted', 'wait', 'wait', 'wait'],
  ROLLBACK_IN_PROGRESS: ['noted', 'wait', 'wait', 'wait'],
  DELETE_IN_PROGRESS: ['noted', 'wait', 'wait', 'wait'],
  UPDATE_IN_PROGRESS: ['noted', 'wait', 'wait', 'wait'],
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: ['noted', 'wait', 'wait', 'wait'],
  UPDATE_ROLLBACK_IN_PROGRESS: ['noted', 'wait', 'wait', 'wait'],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: ['noted', 'wait', 'wait', 'wait'],
  IMPORT_IN_PROGRESS: ['noted', 'wait', 'wait', 'wait'],
  IMPORT_ROLLBACK_IN_PROGRESS: ['noted', 'wait', 'wait', 'wait'],
  CREATE_FAILED: ['noted', 'delete-failed-create', 'delete-failed-create', 'proceed'],
  ROLLBACK_COMPLETE: ['noted', 'delete-failed-create', 'delete-failed-create', 'proceed'],
  ROLLBACK_FAILED: ['noted', 'delete-failed-create', 'delete-failed-create', 'proceed'],
  UPDATE_FAILED: ['noted', 'continue-rollback', 'proceed', 'proceed'],
  UPDATE_ROLLBACK_FAILED: ['noted', 'continue-rollback', 'proceed', 'proceed'],
  IMPORT_ROLLBACK_FAILED: ['noted', 'refuse', 'refuse', 'proceed'],
  DELETE_FAILED: ['noted', 'refuse', 'refuse', 'proceed'],
};

const CELLS = Object.entries(EXPECTED).flatMap(([status, steps]) =>
  VERBS.map((verb, index) => [verb, status, steps[index] ?? ''] as const),
);

function said(verb: Verb, status: string, allowed = [...RECOVERIES]): string {
  const decision = decide(verb, { name: 'web', status: status === NOT_FOUND ? undefined : status }, allowed);
  if (decision.kind === 'recover') return decision.how;
  return decision.kind === 'proceed' && decision.note !== undefined ? 'noted' : decision.kind;
}

test.each(CELLS)('%s over %s: %s', (verb, status, expected) => {
  expect(said(verb, status)).toBe(expected);
});

describe('a recovery that is not allowed', () => {
  test.each(CELLS.filter(([, , step]) => (RECOVERIES as readonly string[]).includes(step)))(
    '%s over %s (%s) is refused, with the word and the command that allow it',
    (verb, status, how) => {
      const others = RECOVERIES.filter((recovery) => recovery !== how);
      const decision = decide(verb, { name: 'web', status }, others);
      expect(decision).toMatchObject({ kind: 'refuse' });
      expect(decision.wayOut).toContain(`recover: ${how}`);
      expect(decision.wayOut).toContain(wayOut(status, 'web'));
    },
  );
});

test('a status that nobody knows is refused by every command', () => {
  for (const verb of VERBS) expect(said(verb, 'UPDATE_PAUSED')).toBe('refuse');
  expect(meaning('UPDATE_PAUSED')).toBeUndefined();
  expect(wayOut('UPDATE_PAUSED', 'web')).toBe('look at its events in the CloudFormation console');
});

test.each(STATES.flatMap(({ statuses }) => statuses))('%s has a way out of one line that names the stack', (status) => {
  const out = wayOut(status === NOT_FOUND ? undefined : status, 'web');
  expect(out).not.toMatch(/<stack>|\n/);
  expect(out).not.toBe('');
});

test.each(Object.entries(EXPECTED))('%s: a running operation is what deploy waits for', (status, [, deploy]) => {
  expect(isRunning(status)).toBe(deploy === 'wait');
});
