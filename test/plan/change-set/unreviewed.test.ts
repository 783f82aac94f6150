import { describe, expect, test } from 'vitest';
import type { ChangeSetAnswer, ChangeSetResource } from '../../../src/plan/change-set/answer.js';
import { withChangeSet } from '../../../src/plan/change-set/overlay.js';
import { unreviewed } from '../../../src/plan/change-set/unreviewed.js';
import type { StackInput } from '../../../src/plan/input.js';
import type { Template } from '../../../src/plan/template.js';
import { resources } from '../golden/case.js';
import { add, answer, API, byReference, detail, GUIDE, modify, planned, remove } from './answers.js';

const queue = (QueueName: unknown, more: object = {}) => resources({ Q: ['AWS::SQS::Queue', { QueueName, ...more }] });
const always = detail('QueueName', { requiresRecreation: 'Always' });
const NONE = resources({});
const NO_CHANGES = { status: 'FAILED', executionStatus: 'UNAVAILABLE', reason: 'No updates are to be performed.' };

interface Case {
  readonly name: string;
  readonly doc: string;
  readonly before?: Template;
  readonly after: Template;
  readonly input?: Partial<StackInput>;
  readonly changes: readonly ChangeSetResource[];
  readonly more?: Partial<ChangeSetAnswer>;
  readonly refused?: readonly string[];
}

const conditional = (want: string) => ({
  Conditions: { Wanted: { 'Fn::Equals': [{ 'Fn::ImportValue': 'a' }, want] } },
  ...resources({ Bucket: ['AWS::S3::Bucket', {}, { Condition: 'Wanted' }] }),
});
const both = (delay: number) =>
  resources({
    Q: ['AWS::SQS::Queue', { DelaySeconds: delay }],
    P: ['AWS::SSM::Parameter', { Type: 'String', Value: { 'Fn::GetAtt': ['Q', 'Arn'] } }],
    R: ['AWS::SSM::Parameter', { Type: 'String', Value: { 'Fn::GetAtt': ['P', 'Value'] } }],
  });
const delayed = modify('Q', 'AWS::SQS::Queue', { details: [detail('DelaySeconds')] });
const follower = (details: ChangeSetResource['details'], more: object = {}) =>
  modify('P', 'AWS::SSM::Parameter', { details, ...more });

const CASES: readonly Case[] = [
  // What has to be as it was reviewed.
  {
    name: 'added as reviewed',
    doc: `${API}/API_ResourceChange.html`,
    after: queue('a'),
    changes: [add('Q', 'AWS::SQS::Queue')],
  },
  {
    name: 'added, and not reviewed',
    doc: `${API}/API_ResourceChange.html`,
    after: queue('a'),
    changes: [add('Q', 'AWS::SQS::Queue'), add('More', 'AWS::SQS::Queue')],
    refused: ['app: not reviewed: add More (AWS::SQS::Queue)'],
  },
  {
    name: 'added as another type than reviewed',
    doc: `${API}/API_ResourceChange.html`,
    after: queue('a'),
    changes: [add('Q', 'AWS::SNS::Topic')],
    refused: ['app: reviewed as add Q (AWS::SQS::Queue), now add Q (AWS::SNS::Topic)'],
  },
  {
    name: 'taken over where it was to be added',
    doc: `${API}/API_ResourceChange.html`,
    after: queue('a'),
    changes: [{ ...add('Q', 'AWS::SQS::Queue'), action: 'Import' }],
    refused: ['app: reviewed as add Q (AWS::SQS::Queue), now import Q (AWS::SQS::Queue)'],
  },
  {
    name: 'taken over as reviewed',
    doc: `${API}/API_ResourceChange.html`,
    after: queue('a'),
    input: { imports: ['Q'] },
    changes: [{ ...add('Q', 'AWS::SQS::Queue'), action: 'Import' }],
  },
  {
    name: 'removed as reviewed',
    doc: `${API}/API_ResourceChange.html`,
    before: queue('a'),
    after: NONE,
    changes: [remove('Q', 'AWS::SQS::Queue', { policyAction: 'Delete' })],
  },
  {
    name: 'removed where it was to be updated',
    doc: `${API}/API_ResourceChange.html`,
    before: queue('a', { DelaySeconds: 1 }),
    after: queue('a', { DelaySeconds: 2 }),
    changes: [remove('Q', 'AWS::SQS::Queue')],
    refused: ['app: reviewed as update Q (AWS::SQS::Queue), now delete Q (AWS::SQS::Queue)'],
  },
  {
    name: 'deleted where it was to be kept',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({ Q: ['AWS::SQS::Queue', {}, { DeletionPolicy: 'Retain' }] }),
    after: NONE,
    changes: [remove('Q', 'AWS::SQS::Queue', { policyAction: 'Delete' })],
    refused: ['app: reviewed as kept, now deleted: Q (AWS::SQS::Queue)'],
  },
  {
    name: 'kept where it was to be deleted',
    doc: `${API}/API_ResourceChange.html`,
    before: queue('a'),
    after: NONE,
    changes: [remove('Q', 'AWS::SQS::Queue', { policyAction: 'Retain' })],
  },
  {
    name: 'the old one deleted where it was to be kept',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({ Q: ['AWS::SQS::Queue', { QueueName: 'a' }, { UpdateReplacePolicy: 'Retain' }] }),
    after: resources({ Q: ['AWS::SQS::Queue', { QueueName: 'b' }, { UpdateReplacePolicy: 'Retain' }] }),
    changes: [
      modify('Q', 'AWS::SQS::Queue', { replacement: 'True', policyAction: 'ReplaceAndDelete', details: [always] }),
    ],
    refused: ['app: reviewed as kept, now deleted: Q (AWS::SQS::Queue)'],
  },
  {
    name: 'removed by a condition of which the review says so',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/conditions-section-structure.html',
    before: conditional('yes'),
    after: conditional('no'),
    changes: [remove('Bucket', 'AWS::S3::Bucket', { policyAction: 'Delete' })],
  },
  {
    name: 'a condition that holds on: nothing happens',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/conditions-section-structure.html',
    before: conditional('yes'),
    after: conditional('no'),
    changes: [],
    more: NO_CHANGES,
  },

  // Replacement.
  {
    name: 'replaced as reviewed',
    doc: `${API}/API_ResourceChange.html`,
    before: queue('a'),
    after: queue('b'),
    changes: [modify('Q', 'AWS::SQS::Queue', { replacement: 'True', details: [always] })],
  },
  {
    name: 'replaced where it was to be updated',
    doc: `${API}/API_ResourceChange.html`,
    before: queue('a', { DelaySeconds: 1 }),
    after: queue('a', { DelaySeconds: 2 }),
    changes: [modify('Q', 'AWS::SQS::Queue', { replacement: 'True', details: [detail('DelaySeconds')] })],
    refused: ['app: reviewed as update Q (AWS::SQS::Queue), now replace Q (AWS::SQS::Queue)'],
  },
  {
    name: 'updated where it was to be replaced: less than reviewed',
    doc: `${API}/API_ResourceChange.html`,
    before: queue('a'),
    after: queue('b'),
    changes: [modify('Q', 'AWS::SQS::Queue', { details: [detail('QueueName')] })],
  },
  ...(['True', 'False', 'Conditional'] as const).map((replacement) => ({
    name: `reviewed as open, decided as ${replacement}`,
    doc: `${API}/API_ResourceChange.html`,
    before: resources({ Db: ['AWS::RDS::DBCluster', { Engine: 'aurora-mysql' }] }),
    after: resources({ Db: ['AWS::RDS::DBCluster', { Engine: 'aurora-postgresql' }] }),
    changes: [
      modify('Db', 'AWS::RDS::DBCluster', {
        replacement,
        details: [detail('Engine', { requiresRecreation: 'Conditionally' })],
      }),
    ],
  })),
  {
    name: 'open, where the table of types knows that nothing forces it',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html',
    before: queue('a', { DelaySeconds: 1 }),
    after: queue('a', { DelaySeconds: 2 }),
    changes: [
      modify('Q', 'AWS::SQS::Queue', {
        replacement: 'Conditional',
        details: [detail('DelaySeconds', { requiresRecreation: 'Conditionally' })],
      }),
    ],
  },
  {
    name: 'open by another property, which does force it',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html',
    before: queue('a', { DelaySeconds: 1 }),
    after: queue('a', { DelaySeconds: 2 }),
    changes: [
      modify('Q', 'AWS::SQS::Queue', {
        replacement: 'Conditional',
        details: [detail('DelaySeconds'), byReference('QueueName', 'Other', { requiresRecreation: 'Always' })],
      }),
    ],
    refused: ['app: reviewed as update Q (AWS::SQS::Queue), now may replace Q (AWS::SQS::Queue)'],
  },
  {
    name: 'open, of a type that nobody knows',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({ It: ['Custom::It', { A: 1 }] }),
    after: resources({ It: ['Custom::It', { A: 2 }] }),
    changes: [
      modify('It', 'Custom::It', {
        replacement: 'Conditional',
        details: [detail('A', { requiresRecreation: 'Conditionally' })],
      }),
    ],
    refused: ['app: reviewed as update It (Custom::It), now may replace It (Custom::It)'],
  },

  // What follows from what was reviewed.
  {
    name: 'updated by a reference to what was reviewed',
    doc: `${API}/API_ResourceChangeDetail.html`,
    before: both(1),
    after: both(2),
    changes: [delayed, follower([byReference('Value', 'Q.Arn')])],
  },
  {
    name: 'with the detail that CloudFormation adds of its own',
    doc: `${GUIDE}/using-cfn-updating-stacks-changesets-samples.html`,
    before: both(1),
    after: both(2),
    changes: [
      delayed,
      follower([
        byReference('Value', 'Q.Arn', { evaluation: 'Static' }),
        detail('Value', { evaluation: 'Dynamic', source: 'DirectModification' }),
      ]),
    ],
  },
  {
    name: 'through another that follows, in any order',
    doc: `${API}/API_ResourceChangeDetail.html`,
    before: both(1),
    after: both(2),
    changes: [
      modify('R', 'AWS::SSM::Parameter', { details: [byReference('Value', 'P.Value')] }),
      follower([byReference('Value', 'Q.Arn')]),
      delayed,
    ],
  },
  ...(
    [
      ['by a reference to what does not change', [byReference('Value', 'Else.Arn')], {}, 'update'],
      [
        'by a parameter that was not reviewed',
        [byReference('Value', 'Image', { source: 'ParameterReference' })],
        {},
        'update',
      ],
      ['by an edit', [detail('Value')], {}, 'update'],
      ['evaluated when it runs, without a cause', [detail('Value', { evaluation: 'Dynamic' })], {}, 'update'],
      ['by a reference and an edit elsewhere', [byReference('Value', 'Q.Arn'), detail('Description')], {}, 'update'],
      ['without a word on why', [], {}, 'update'],
      ['replaced by a reference', [byReference('Value', 'Q.Arn')], { replacement: 'True' }, 'replace'],
    ] as const
  ).map(([name, details, more, word]) => ({
    name,
    doc: `${API}/API_ResourceChangeDetail.html`,
    before: both(1),
    after: both(2),
    changes: [delayed, follower(details, more)],
    refused: [`app: not reviewed: ${word} P (AWS::SSM::Parameter)`],
  })),
  {
    name: 'perhaps replaced by a reference to what was reviewed',
    doc: `${API}/API_ResourceChangeDetail.html`,
    before: both(1),
    after: both(2),
    changes: [
      delayed,
      follower([byReference('Name', 'Q.Arn', { requiresRecreation: 'Always' })], { replacement: 'Conditional' }),
    ],
  },
  {
    name: 'by a parameter whose change was reviewed',
    doc: `${API}/API_ResourceChangeDetail.html`,
    before: { ...both(1), Parameters: { Image: { Type: 'String', Default: 'a' } } },
    after: { ...both(1), Parameters: { Image: { Type: 'String', Default: 'b' } } },
    changes: [follower([byReference('Value', 'Image', { source: 'ParameterReference', evaluation: 'Static' })])],
  },
  {
    name: 'by the tags of the stack, which were reviewed',
    doc: `${API}/API_ResourceTargetDefinition.html`,
    before: both(1),
    after: both(1),
    input: { tags: { before: {}, after: { team: 'a' } } },
    changes: [follower([{ attribute: 'Tags', requiresRecreation: 'Never', evaluation: 'Static' }])],
  },
  {
    name: 'by tags of the stack that nobody reviewed',
    doc: `${API}/API_ResourceTargetDefinition.html`,
    before: both(1),
    after: both(1),
    changes: [follower([{ attribute: 'Tags', requiresRecreation: 'Never', evaluation: 'Static' }])],
    refused: ['app: not reviewed: update P (AWS::SSM::Parameter)'],
  },
  {
    name: 'not known before it runs',
    doc: `${API}/API_ResourceChange.html`,
    before: both(1),
    after: both(1),
    changes: [{ ...follower([]), action: 'Dynamic' }],
    refused: ['app: not reviewed: not known before it runs: P (AWS::SSM::Parameter)'],
  },
  {
    name: 'only learns what is there',
    doc: `${API}/API_ResourceChange.html`,
    before: both(1),
    after: both(1),
    changes: [{ ...follower([]), action: 'SyncWithActual' }],
  },

  // What was reviewed and would not happen.
  {
    name: 'no changes where there were some',
    doc: `${GUIDE}/using-cfn-updating-stacks-changesets-create.html`,
    before: queue('a'),
    after: queue('b'),
    changes: [],
    more: NO_CHANGES,
    refused: ['app: reviewed, but would not happen: replace Q (AWS::SQS::Queue)'],
  },
  {
    name: 'outputs, parameters, metadata, order and what stands beside the properties',
    doc: `${GUIDE}/using-cfn-updating-stacks-changesets-create.html`,
    before: {
      ...resources({
        A: ['AWS::SQS::Queue', { Tags: [{ Key: 'a' }, { Key: 'b' }] }],
        B: ['AWS::SQS::Queue', {}, { Metadata: { x: 1 } }],
      }),
      Outputs: { O: { Value: 'a' } },
    },
    after: {
      ...resources({
        A: ['AWS::SQS::Queue', { Tags: [{ Key: 'b' }, { Key: 'a' }] }],
        B: ['AWS::SQS::Queue', {}, { Metadata: { x: 2 }, DependsOn: 'A' }],
        CDKMetadata: ['AWS::CDK::Metadata', { Analytics: 'x' }],
      }),
      Outputs: { O: { Value: 'b' } },
      Parameters: { P: { Type: 'String', Default: 'a' } },
    },
    changes: [],
    more: NO_CHANGES,
  },
  {
    name: 'what was folded and is in the change set',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({ A: ['AWS::SQS::Queue', { Tags: [{ Key: 'a' }, { Key: 'b' }] }] }),
    after: resources({
      A: ['AWS::SQS::Queue', { Tags: [{ Key: 'b' }, { Key: 'a' }] }],
      CDKMetadata: ['AWS::CDK::Metadata', { Analytics: 'x' }],
    }),
    changes: [modify('A', 'AWS::SQS::Queue', { details: [detail('Tags')] }), add('CDKMetadata', 'AWS::CDK::Metadata')],
  },
  {
    name: 'book-keeping of the CDK, whatever becomes of it',
    doc: 'https://docs.aws.amazon.com/cdk/v2/guide/usage-data.html',
    after: NONE,
    changes: [remove('CDKMetadata', 'AWS::CDK::Metadata')],
  },
  {
    name: 'what was only to follow a replacement',
    doc: `${API}/API_ResourceChangeDetail.html`,
    before: resources({
      Q: ['AWS::SQS::Queue', { QueueName: 'a' }],
      P: ['AWS::SSM::Parameter', { Value: { Ref: 'Q' } }],
    }),
    after: resources({
      Q: ['AWS::SQS::Queue', { QueueName: 'b' }],
      P: ['AWS::SSM::Parameter', { Value: { Ref: 'Q' } }],
    }),
    changes: [modify('Q', 'AWS::SQS::Queue', { replacement: 'True', details: [always] })],
  },

  // A change set that says nothing.
  {
    name: 'obsolete',
    doc: `${API}/API_DescribeChangeSet.html`,
    before: queue('a'),
    after: queue('b'),
    changes: [],
    more: { executionStatus: 'OBSOLETE' },
    refused: ['app: the change set is obsolete: the stack was changed after it was made'],
  },
  {
    name: 'failed',
    doc: `${API}/API_DescribeChangeSet.html`,
    before: queue('a'),
    after: queue('a'),
    changes: [],
    more: { status: 'FAILED', executionStatus: 'UNAVAILABLE', reason: 'validation failed' },
    refused: ['app: the change set failed: validation failed'],
  },
];

test.each(CASES)('$name', ({ before, after, input, changes, more, refused = [] }) => {
  expect(unreviewed([planned(before, after, input)], 'app', answer(changes, more))).toEqual(refused);
});

test.each(CASES.filter(({ more }) => more === undefined || more === NO_CHANGES))(
  'nothing is beyond a plan that the same change set has corrected: $name',
  ({ before, after, input, changes, more }) => {
    const told = answer(changes, more);
    const undecided = changes.some(({ action }) => action === 'Dynamic');
    const reviewed = withChangeSet([planned(before, after, input)], 'app', told);
    expect(unreviewed(reviewed, 'app', told)).toHaveLength(undecided ? 1 : 0);
  },
);

test('a stack that was not reviewed', () => {
  expect(unreviewed([], 'app', answer([]))).toEqual(['app: was not reviewed']);
});

describe('nested stacks', () => {
  const STACK = 'AWS::CloudFormation::Stack';
  const child = (Delay: unknown) => resources({ Mid: [STACK, { Parameters: { Delay } }] });
  const inner = (QueueName: string) => resources({ Q: ['AWS::SQS::Queue', { QueueName }] });
  const mid = resources({ Deep: [STACK, { TemplateURL: 'x' }] });
  const reviewed = [
    planned(child('1'), child('2')),
    planned(mid, mid, { id: 'app/Mid', parent: 'app' }),
    planned(inner('a'), inner('b'), { id: 'app/Mid/Deep', parent: 'app/Mid' }),
  ];
  const looked = modify('Deep', STACK, {
    details: [{ attribute: 'Properties', name: 'TemplateURL', evaluation: 'Dynamic', source: 'Automatic' }],
  });
  const own = modify('Mid', STACK, { details: [detail('Parameters')] });
  const deep = (changes: readonly ChangeSetResource[]) =>
    answer([own], { nested: { Mid: answer([looked], { nested: { Deep: answer(changes) } }) } });
  const replaced = modify('Q', 'AWS::SQS::Queue', { replacement: 'True', details: [always] });

  test('as reviewed, two deep', () => {
    expect(unreviewed(reviewed, 'app', deep([replaced]))).toEqual([]);
  });

  test('beyond what was reviewed, two deep', () => {
    expect(unreviewed(reviewed, 'app', deep([replaced, remove('Old', 'AWS::SQS::Queue')]))).toEqual([
      'app/Mid/Deep: not reviewed: delete Old (AWS::SQS::Queue)',
    ]);
  });

  test('reviewed and not there, two deep', () => {
    expect(unreviewed(reviewed, 'app', deep([]))).toEqual([
      'app/Mid/Deep: reviewed, but would not happen: replace Q (AWS::SQS::Queue)',
    ]);
  });

  test('the nested stack’s own entry has to do where there is no answer, and has to be there', () => {
    expect(unreviewed(reviewed, 'app', answer([own]))).toEqual([]);
    expect(unreviewed(reviewed, 'app', answer([]))).toEqual([
      'app: reviewed, but would not happen: update Mid (AWS::CloudFormation::Stack)',
      'app/Mid/Deep: reviewed, but would not happen: replace Q (AWS::SQS::Queue)',
    ]);
  });

  test('a parameter that the parent hands over for a reviewed reason explains, another does not', () => {
    const by = (causedBy: string) =>
      modify('T', 'AWS::SNS::Topic', {
        details: [byReference('DisplayName', causedBy, { source: 'ParameterReference' })],
      });
    const told = (causedBy: string) => answer([own], { nested: { Mid: answer([by(causedBy)], { nested: {} }) } });
    const two = reviewed.slice(0, 2);
    expect(unreviewed(two, 'app', told('Delay'))).toEqual([]);
    expect(unreviewed(two, 'app', told('Other'))).toEqual(['app/Mid: not reviewed: update T (AWS::SNS::Topic)']);
  });

  test('an output of a nested stack that changes explains', () => {
    const user = modify('P', 'AWS::SSM::Parameter', { details: [byReference('Value', 'Mid.Outputs.Arn')] });
    const changed = [
      planned(mid, mid),
      ...reviewed.slice(2).map((stack) => ({ ...stack, id: 'app/Mid', parent: 'app' })),
    ];
    const told = answer([{ ...looked, logicalId: 'Mid' }, user]);
    expect(unreviewed(changed, 'app', told)).toEqual([]);
    expect(unreviewed(changed.slice(0, 1), 'app', told)).toEqual(['app: not reviewed: update P (AWS::SSM::Parameter)']);
  });

  test('one that nobody reviewed', () => {
    const made = answer([looked], { nested: { Made: answer([add('Q', 'AWS::SQS::Queue')]) } });
    expect(unreviewed([planned(NONE, NONE)], 'app', made)).toEqual(['app/Made: not reviewed: add Q (AWS::SQS::Queue)']);
  });
});
