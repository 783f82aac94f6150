import { describe, expect, test } from 'vitest';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import { driftUnknown, GATES, isGateWord, tripped, type GateWord } from '../../src/plan/gates.js';
import type { DriftMark, StackPlan } from '../../src/plan/model.js';
import { inputOf, resources } from './golden/case.js';
import { PARTS } from './parts.js';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const plan = makePlan({
  ...PARTS,
  stacks: [
    planStack(
      inputOf({
        before: resources({
          Bucket: ['AWS::S3::Bucket'],
          Topic: ['AWS::SNS::Topic', { TopicName: 'a' }],
          Fn: ['AWS::Lambda::Function', { Code: { S3Key: `${A}.zip` } }],
          Task: ['AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: `x:${A}` }] }],
        }),
        after: resources({
          Topic: ['AWS::SNS::Topic', { TopicName: 'b' }],
          Fn: ['AWS::Lambda::Function', { Code: { S3Key: `${B}.zip` } }],
          Task: ['AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: `x:${B}` }] }],
          Group: ['AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] }],
          CDKMetadata: ['AWS::CDK::Metadata'],
        }),
        input: { assets: [B] },
      }),
    ),
  ],
});

test.each<[GateWord, string[]]>([
  ['none', []],
  ['delete', ['Bucket']],
  ['replace', ['Topic']],
  ['address', ['Topic']],
  ['access', ['Group']],
  ['data-loss', ['Bucket']],
  ['any', ['Bucket', 'Fn', 'Group', 'Task', 'Topic']],
  ['drift', []],
])('%s stops %s', (gate, ids) => {
  expect(
    tripped(plan, [gate])
      .map(({ change }) => change.logicalId)
      .sort(),
  ).toEqual(ids);
});

test('each trip says what, where and why', () => {
  expect(tripped(plan, ['delete', 'data-loss', 'data-loss']).map(({ gate, text }) => `${gate}: ${text}`)).toEqual([
    'delete: app: Bucket (AWS::S3::Bucket) delete',
    'data-loss: app: Bucket (AWS::S3::Bucket) is deleted with its data, without retain or snapshot',
  ]);
});

describe('drift', () => {
  const [stack] = plan.stacks;
  const altered = (marks: readonly DriftMark[]) => ({
    ...plan,
    stacks: [
      {
        ...stack!,
        changes: stack!.changes.map((change) => (change.logicalId === 'Fn' ? { ...change, drift: marks } : change)),
      },
    ],
  });

  test.each<[DriftMark[], string[]]>([
    [[], []],
    [[{ path: '' }], ['app: Fn (AWS::Lambda::Function) overwrites what was altered by hand']],
    [
      [{ path: 'Timeout', actual: 9 }, { path: 'MemorySize' }],
      ['app: Fn (AWS::Lambda::Function) overwrites what was altered by hand: Timeout, MemorySize'],
    ],
  ])('%j', (marks, texts) => {
    expect(tripped(altered(marks), ['drift']).map(({ text }) => text)).toEqual(texts);
    expect(tripped(altered(marks), ['delete']).map(({ change }) => change.logicalId)).toEqual(['Bucket']);
  });

  test.each<[StackPlan['drift'], string[]]>([
    [undefined, ['app: it is not known what was altered by hand (nobody asked: set the input drift to true)']],
    [{ status: 'in-sync' }, []],
    [{ status: 'drifted' }, []],
    [{ status: 'unknown' }, ['app: it is not known what was altered by hand (CloudFormation does not say)']],
    [{ status: 'drifted', reason: 'no right' }, ['app: it is not known what was altered by hand (no right)']],
  ])('of which nobody knows: %j', (drift, lines) => {
    const unknown = { ...plan, stacks: [{ ...stack!, ...(drift !== undefined && { drift }) }] };
    expect(driftUnknown(unknown, ['drift'])).toEqual(lines);
    expect(driftUnknown(unknown, ['any'])).toEqual([]);
  });

  test.each([undefined, 'REVIEW_IN_PROGRESS'])('a stack that is not there (%s) was not altered', (status) => {
    const fresh = { ...stack!, status } as StackPlan;
    expect(driftUnknown({ ...plan, stacks: [fresh] }, ['drift'])).toEqual([]);
  });
});

test('knows its words', () => {
  expect(GATES.every(isGateWord)).toBe(true);
  expect(isGateWord('destroy')).toBe(false);
});
