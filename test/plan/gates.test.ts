import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import { GATES, isGateWord, tripped, type GateWord } from '../../src/plan/gates.js';
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

test('knows its words', () => {
  expect(GATES.every(isGateWord)).toBe(true);
  expect(isGateWord('destroy')).toBe(false);
});
