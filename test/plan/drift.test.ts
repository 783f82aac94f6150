import { describe, expect, test } from 'vitest';
import { makePlan } from '../../src/plan/assemble.js';
import type { DriftDifference, ResourceDrift, StackDrift } from '../../src/plan/drift-answer.js';
import { withDrift, withUnknownDrift } from '../../src/plan/drift.js';
import type { StackPlan } from '../../src/plan/model.js';
import type { Template } from '../../src/plan/template.js';
import { planned } from './change-set/answers.js';
import { resources } from './golden/case.js';
import { PARTS } from './parts.js';

const queue = (properties: object) => resources({ Q: ['AWS::SQS::Queue', properties] });
const differs = (path: string, actual: string, more: Partial<DriftDifference> = {}): DriftDifference => ({
  ...{ path, expected: '30', actual, kind: 'NOT_EQUAL' },
  ...more,
});
const modified = (logicalId: string, ...differences: readonly DriftDifference[]): ResourceDrift => ({
  ...{ logicalId, type: 'AWS::SQS::Queue', status: 'MODIFIED', differences },
});
const drift = (found: readonly ResourceDrift[], more: Partial<StackDrift> = {}): StackDrift => ({
  ...{ stackId: 'arn', status: found.length > 0 ? 'DRIFTED' : 'IN_SYNC', resources: found },
  ...more,
});
const marksOf = (before: Template, after: Template, ...found: readonly ResourceDrift[]) =>
  withDrift(planned(before, after), drift(found)).changes.map((change) => change.drift);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_PropertyDifference.html */
describe('a change is marked', () => {
  test.each<[string, object, object, DriftDifference, unknown]>([
    [
      'that writes what was altered',
      { VisibilityTimeout: 30 },
      { VisibilityTimeout: 60 },
      differs('/VisibilityTimeout', '45'),
      [{ path: 'VisibilityTimeout', expected: '30', actual: '45' }],
    ],
    [
      'that writes a whole of which a part was altered',
      { Tags: [{ Key: 'a', Value: 'b' }] },
      { Tags: [] },
      differs('/Tags/0/Value', 'c', { expected: 'b' }),
      [{ path: 'Tags.0.Value', expected: 'b', actual: 'c' }],
    ],
    [
      'that writes a part of what was altered',
      { RedrivePolicy: { maxReceiveCount: 3 } },
      { RedrivePolicy: { maxReceiveCount: 4 } },
      differs('/RedrivePolicy', 'null', { expected: '{"maxReceiveCount":3}', kind: 'REMOVE' }),
      [{ path: 'RedrivePolicy', expected: { maxReceiveCount: 3 } }],
    ],
    [
      'that takes away what somebody added',
      { Tags: [{ Key: 'a' }] },
      { Tags: [{ Key: 'b' }] },
      differs('/Tags/1', '{"Key":"c"}', { expected: 'null', kind: 'ADD' }),
      [{ path: 'Tags.1', actual: { Key: 'c' } }],
    ],
    [
      'but not one that writes what is there',
      { VisibilityTimeout: 30 },
      { VisibilityTimeout: 45 },
      differs('/VisibilityTimeout', '45'),
      undefined,
    ],
    [
      'nor one that writes a whole with what is there',
      { Tags: [{ Key: 'a', Value: 'b' }] },
      { Tags: [{ Key: 'a', Value: 'c' }, { Key: 'd' }] },
      differs('/Tags/0/Value', 'c'),
      undefined,
    ],
    [
      'nor one that writes something else',
      { DelaySeconds: 1, VisibilityTimeout: 30 },
      { DelaySeconds: 2, VisibilityTimeout: 30 },
      differs('/VisibilityTimeout', '45'),
      undefined,
    ],
    [
      'that replaces the resource, whatever was altered in it',
      { QueueName: 'a' },
      { QueueName: 'b' },
      differs('/VisibilityTimeout', '45'),
      [{ path: 'VisibilityTimeout', expected: '30', actual: '45' }],
    ],
  ])('%s', (_, before, after, difference, marks) => {
    expect(marksOf(queue(before), queue(after), modified('Q', difference))).toEqual([marks]);
  });

  test('as a whole where CloudFormation does not say what was altered, or the resource is gone', () => {
    const [before, after] = [queue({ DelaySeconds: 1 }), queue({ DelaySeconds: 2 })];
    expect(marksOf(before, after, modified('Q'))).toEqual([[{ path: '' }]]);
    expect(marksOf(before, after, { ...modified('Q'), status: 'DELETED' })).toEqual([[{ path: '' }]]);
  });

  test('not when it deletes, nor by another subject of its name', () => {
    expect(marksOf(queue({}), resources({}), modified('Q', differs('/DelaySeconds', '1')))).toEqual([undefined]);
    const output = (Value: string) => ({ ...queue({}), Outputs: { Q: { Value } } });
    expect(marksOf(output('a'), output('b'), modified('Q'))).toEqual([undefined]);
  });
});

describe('the stack says', () => {
  const plan = planned(queue({ DelaySeconds: 1 }), queue({ DelaySeconds: 2 }));

  test.each<[string, StackDrift, StackPlan['drift'], readonly string[]]>([
    ['that nothing was altered', drift([]), { status: 'in-sync' }, []],
    [
      'what the plan does not touch, with a count',
      drift([modified('Q', differs('/VisibilityTimeout', '1')), modified('P')]),
      { status: 'drifted' },
      ['altered by hand, and not touched by this plan: 2 resources (P, Q)'],
    ],
    [
      'nothing of what the plan overwrites',
      drift([modified('Q', differs('/DelaySeconds', '9'))]),
      { status: 'drifted' },
      [],
    ],
    [
      'of which resources nobody knows',
      drift([{ ...modified('P'), status: 'UNKNOWN' }], { status: 'UNKNOWN' }),
      { status: 'unknown', reason: 'it could not be found out of 1 resource (P)' },
      ['what was altered by hand is not wholly known: it could not be found out of 1 resource (P)'],
    ],
    [
      'why not all could be looked at',
      drift([], { status: 'UNKNOWN', incomplete: 'no permission on P' }),
      { status: 'unknown', reason: 'no permission on P' },
      ['what was altered by hand is not wholly known: no permission on P'],
    ],
    ['that nobody has looked', drift([], { status: 'NOT_CHECKED' }), { status: 'unknown' }, []],
  ])('%s', (_, found, status, notes) => {
    expect(withDrift(plan, found)).toMatchObject({ drift: status, notes });
    expect(withDrift(plan, found).drift).toEqual(status);
  });

  test('ten names at most', () => {
    const many = Array.from({ length: 12 }, (_, index) => modified(`P${String(index).padStart(2, '0')}`));
    expect(withDrift(plan, drift(many)).notes).toEqual([
      expect.stringMatching(/: 12 resources \(P00, .*, P09, and 2 more\)$/),
    ]);
  });

  test('why nobody knows', () => {
    expect(withUnknownDrift(plan, 'no permission')).toEqual({
      ...plan,
      drift: { status: 'unknown', reason: 'no permission' },
      notes: ['what was altered by hand is not known: no permission'],
    });
  });
});

test('the fingerprint is that of the templates, whatever was altered', () => {
  const plan = planned(queue({ DelaySeconds: 1 }), queue({ DelaySeconds: 2 }));
  const altered = withDrift(plan, drift([modified('Q', differs('/DelaySeconds', '9')), modified('P')]));
  expect(altered.changes[0]!.drift).toHaveLength(1);
  const of = (stack: StackPlan): string => makePlan({ ...PARTS, stacks: [stack] }).fingerprint;
  expect(of(altered)).toBe(of(plan));
});
