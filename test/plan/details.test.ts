import { describe, expect, test } from 'vitest';
import { planStack } from '../../src/plan/compare.js';
import type { StackInput } from '../../src/plan/input.js';
import type { Change } from '../../src/plan/model.js';
import type { Template } from '../../src/plan/template.js';
import { inputOf, resources } from './golden/case.js';

function changesOf(before: Template | undefined, after: Template, input: Partial<StackInput> = {}): readonly Change[] {
  return planStack(inputOf({ ...(before !== undefined && { before }), after, input })).changes;
}

describe('a change', () => {
  test('has the place, both values and the replacement of each property', () => {
    const [change] = changesOf(
      resources({
        It: ['AWS::Lambda::Function', { FunctionName: 'a', Layers: ['x', 'y'], Tags: [{ Key: 'a', Value: '1' }] }],
      }),
      resources({ It: ['AWS::Lambda::Function', { FunctionName: 'a', Layers: ['x', 'z'], MemorySize: 256 }] }),
    );
    expect(change?.properties).toEqual([
      { path: 'Layers.1', before: 'y', after: 'z', replacement: 'never', cause: 'direct' },
      { path: 'MemorySize', after: 256, replacement: 'never', cause: 'direct' },
      { path: 'Tags', before: [{ Key: 'a', Value: '1' }], replacement: 'never', cause: 'direct' },
    ]);
  });

  test('tells a reference and a parameter from an edit', () => {
    const of = (name: string): Template =>
      resources({
        Topic: ['AWS::SNS::Topic', { TopicName: name }],
        Fn: [
          'AWS::Lambda::Function',
          { Environment: { Variables: { T: { Ref: 'Topic' } } }, Timeout: { Ref: 'Wait' } },
        ],
      });
    const changes = changesOf(of('a'), of('b'), { parameters: { before: { Wait: 3 }, after: { Wait: 5 } } });
    const fn = changes.find(({ logicalId }) => logicalId === 'Fn');
    expect(fn?.properties.map(({ path, cause }) => [path, cause])).toEqual([
      ['Timeout', 'parameter'],
      ['Environment.Variables.T', 'reference'],
    ]);
  });

  test('keeps what a parameter with NoEcho says to itself', () => {
    const template = {
      ...resources({ Fn: ['AWS::Lambda::Function', { A: { Ref: 'Key' } }] }),
      Parameters: { Key: { Type: 'String', NoEcho: true } },
    };
    const changes = changesOf(template, template, {
      parameters: { before: { Key: 'first' }, after: { Key: 'second' } },
    });
    expect(JSON.stringify(changes)).not.toMatch(/first|second/);
    expect(changes).toHaveLength(1);
  });

  test('knows its construct from the assembly, or else from the template', () => {
    const after = resources({
      A: ['AWS::SNS::Topic', {}, { Metadata: { 'aws:cdk:path': 'app/A' } }],
      B: ['AWS::SNS::Topic'],
    });
    expect(changesOf(undefined, after, { paths: { B: { path: 'app/B', source: 'lib/app.ts:7' } } })).toMatchObject([
      { logicalId: 'A', path: 'app/A' },
      { logicalId: 'B', path: 'app/B', source: 'lib/app.ts:7' },
    ]);
  });

  test('shows policies on deletion and replacement, also those that stay', () => {
    const [change] = changesOf(
      resources({ B: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }] }),
      resources({ B: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain' }] }),
    );
    expect(change).toMatchObject({
      deletionPolicy: { before: 'Retain', after: 'Delete' },
      updateReplacePolicy: { after: 'Retain' },
    });
  });

  test('has the worst reason first, each once', () => {
    const [change] = changesOf(resources({ Q: ['AWS::SQS::Queue', { QueueName: 'q' }] }), resources({}));
    expect(change?.reasons.map(({ risk }) => risk)).toEqual(['data-loss', 'address']);
  });

  test('keeps noise beside what matters apart', () => {
    const code = (digest: string): object => ({ Code: { S3Key: digest.repeat(64) } });
    const [change] = changesOf(
      resources({ Fn: ['AWS::Lambda::Function', { ...code('a'), Timeout: 1 }] }),
      resources({ Fn: ['AWS::Lambda::Function', { ...code('b'), Timeout: 2 }] }),
      { assets: ['b'.repeat(64)] },
    );
    expect(change?.noise).toBeUndefined();
    expect(change?.properties.map(({ path, noise }) => [path, noise])).toEqual([
      ['Code.S3Key', 'asset-hash'],
      ['Timeout', undefined],
    ]);
  });
});

describe('a replacement that ripples', () => {
  const chain = (cidr: string): Template =>
    resources({
      Vpc: ['AWS::EC2::VPC', { CidrBlock: cidr }],
      Subnet: ['AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' }],
      Host: ['AWS::EC2::Instance', { SubnetId: { 'Fn::Join': ['', [{ Ref: 'Subnet' }]] } }],
      Apart: ['AWS::SNS::Topic'],
    });

  test('reaches what refers to what refers to it', () => {
    const changes = changesOf(chain('10.0.0.0/16'), chain('10.1.0.0/16'));
    expect(changes.map(({ logicalId, action }) => `${logicalId} ${action}`).sort()).toEqual([
      'Host replace',
      'Subnet replace',
      'Vpc replace',
    ]);
  });
});

test.each<[string, Template, Template, RegExp]>([
  ['a macro', resources({}), { ...resources({}), Transform: ['Mine'] }, /what Mine makes of the template/],
  [
    'a type that is too new',
    resources({ A: ['AWS::New::Thing', { X: 1 }] }),
    resources({ A: ['AWS::New::Thing', { X: 2 }] }),
    /which changes of AWS::New::Thing/,
  ],
  [
    'a value from the parameter store',
    resources({}),
    { ...resources({}), Parameters: { Ami: { Type: 'AWS::SSM::Parameter::Value<String>' } } },
    /only when deploying: Ami/,
  ],
  [
    'a new default',
    { ...resources({}), Parameters: { P: { Type: 'String', Default: 'a' } } },
    { ...resources({}), Parameters: { P: { Type: 'String', Default: 'b' } } },
    /new default: P/,
  ],
])('a note tells of %s', (_, before, after, note) => {
  expect(planStack(inputOf({ before, after })).notes.join('\n')).toMatch(note);
});

test('the text of `cdk diff` hides defaults with NoEcho', () => {
  const after = { ...resources({}), Parameters: { K: { Type: 'String', NoEcho: 'true', Default: 'opensesame' } } };
  expect(planStack(inputOf({ after, input: { text: 'Default: opensesame' } })).text).toBe('Default: ***');
});
