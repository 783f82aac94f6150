import { describe, expect, test } from 'vitest';
import type { ChangeSetResource } from '../../../src/plan/change-set/answer.js';
import { validationFindings, withChangeSet } from '../../../src/plan/change-set/overlay.js';
import type { StackPlan } from '../../../src/plan/model.js';
import type { Template } from '../../../src/plan/template.js';
import { resources } from '../golden/case.js';
import { add, answer, API, byReference, detail, GUIDE, lines, modify, planned, remove } from './answers.js';

const ZIP = ['a', 'b'].map((digit) => ({ S3Key: `${digit.repeat(64)}.zip` }));
const json = (value: unknown): string => JSON.stringify(value);

interface Case {
  readonly name: string;
  readonly doc: string;
  readonly before?: Template;
  readonly after: Template;
  readonly changes: readonly ChangeSetResource[];
  readonly expect: readonly string[];
  readonly notes?: readonly string[];
}

const cluster = (Engine: string) => resources({ Db: ['AWS::RDS::DBCluster', { Engine }] });
const table = (properties: object, attributes: object = {}) =>
  resources({ Data: ['AWS::DynamoDB::Table', properties, attributes] });

/** Written by hand from AWS's pages, never recorded. */
const CASES: readonly Case[] = [
  {
    name: 'an open replacement is decided: it is replaced',
    doc: `${API}/API_ResourceChange.html`,
    before: cluster('aurora-mysql'),
    after: cluster('aurora-postgresql'),
    changes: [
      modify('Db', 'AWS::RDS::DBCluster', {
        replacement: 'True',
        details: [detail('Engine', { requiresRecreation: 'Conditionally' })],
      }),
    ],
    expect: ['Db replace data-loss'],
  },
  {
    name: 'an open replacement is decided: it is not',
    doc: `${API}/API_ResourceChange.html`,
    before: cluster('aurora-mysql'),
    after: cluster('aurora-postgresql'),
    changes: [modify('Db', 'AWS::RDS::DBCluster', { details: [detail('Engine')] })],
    expect: ['Db update update'],
  },
  {
    name: 'it stays open',
    doc: `${API}/API_ResourceTargetDefinition.html`,
    before: cluster('aurora-mysql'),
    after: cluster('aurora-postgresql'),
    changes: [
      modify('Db', 'AWS::RDS::DBCluster', {
        replacement: 'Conditional',
        details: [detail('Engine', { requiresRecreation: 'Conditionally' })],
      }),
    ],
    expect: ['Db replace? data-loss'],
  },
  {
    name: 'the templates say update, the change set replaces',
    doc: `${API}/API_ResourceChange.html`,
    before: table({ BillingMode: 'PROVISIONED' }),
    after: table({ BillingMode: 'PAY_PER_REQUEST' }),
    changes: [
      modify('Data', 'AWS::DynamoDB::Table', {
        replacement: 'True',
        policyAction: 'ReplaceAndDelete',
        details: [detail('BillingMode', { requiresRecreation: 'Always' })],
      }),
    ],
    expect: ['Data replace data-loss'],
    notes: ['Data (AWS::DynamoDB::Table): the change set says replace, the templates update'],
  },
  {
    name: 'the templates replace, the change set does not',
    doc: `${API}/API_ResourceChange.html`,
    before: table({ TableName: 'one' }),
    after: table({ TableName: 'two' }),
    changes: [modify('Data', 'AWS::DynamoDB::Table', { details: [detail('TableName')] })],
    expect: ['Data update update'],
    notes: ['Data (AWS::DynamoDB::Table): the change set says update, the templates replace'],
  },
  ...(
    [
      ['ReplaceAndRetain', 'address'],
      ['ReplaceAndSnapshot', 'address'],
      ['ReplaceAndDelete', 'data-loss'],
    ] as const
  ).map(([policyAction, risk]) => ({
    name: `${policyAction} decides what stays`,
    doc: `${API}/API_ResourceChange.html`,
    before: table({ TableName: 'one' }),
    after: table({ TableName: 'two' }),
    changes: [
      modify('Data', 'AWS::DynamoDB::Table', {
        ...{ replacement: 'True' as const, policyAction },
        details: [detail('TableName', { requiresRecreation: 'Always' })],
      }),
    ],
    expect: [`Data replace ${risk}`],
  })),
  {
    name: 'a retained one that the change set deletes all the same',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({ Bucket: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }] }),
    after: resources({}),
    changes: [remove('Bucket', 'AWS::S3::Bucket', { policyAction: 'Delete' })],
    expect: ['Bucket delete data-loss'],
  },
  {
    name: 'one that is deleted and kept',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({ Bucket: ['AWS::S3::Bucket'] }),
    after: resources({}),
    changes: [remove('Bucket', 'AWS::S3::Bucket', { policyAction: 'Retain' })],
    expect: ['Bucket delete update'],
  },
  {
    name: 'taken over instead of made',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({}),
    after: resources({ Bucket: ['AWS::S3::Bucket', { BucketName: 'theirs' }] }),
    changes: [{ ...add('Bucket', 'AWS::S3::Bucket'), action: 'Import' }],
    expect: ['Bucket import add'],
    notes: ['Bucket (AWS::S3::Bucket): the change set says import, the templates add'],
  },
  {
    name: 'what will not happen is shown and costs nothing',
    doc: `${GUIDE}/using-cfn-updating-stacks-changesets-view.html`,
    before: table({ TableName: 'one' }),
    after: table({ TableName: 'two' }),
    changes: [],
    expect: ['Data none none'],
    notes: ['Data (AWS::DynamoDB::Table): the change set says no change, the templates replace'],
  },
  {
    name: 'what CloudFormation has nothing to do for stays as it is',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html',
    before: resources({ A: ['AWS::SQS::Queue'], B: ['AWS::SQS::Queue'] }),
    after: resources({ A: ['AWS::SQS::Queue'], B: ['AWS::SQS::Queue', {}, { DependsOn: 'A' }] }),
    changes: [],
    expect: ['B update update'],
  },
  {
    name: 'a loop becomes resources of its own',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html',
    before: resources({}),
    after: { Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Q': ['N', ['A'], { 'Q${N}': {} }] } },
    changes: [add('QA', 'AWS::SQS::Queue', { afterContext: json({ Properties: { DelaySeconds: '5' } }) })],
    expect: ['QA add add', 'transform:Transform add add', 'Fn::ForEach::Q none none'],
    notes: [
      'what AWS::LanguageExtensions makes of the template is not compared',
      'Fn::ForEach::Q (Fn::ForEach): what it becomes stands under names of its own',
      'QA (AWS::SQS::Queue): the change set says add, the templates no change',
    ],
  },
  {
    name: 'a type that a transform has put in place of another',
    doc: 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html',
    before: resources({}),
    after: resources({ Fn: ['AWS::Serverless::Function', { Runtime: 'nodejs22.x' }] }),
    changes: [add('Fn', 'AWS::Lambda::Function')],
    expect: ['Fn add add'],
  },
  {
    name: 'the same code anew is folded as before',
    doc: `${API}/API_ResourceChangeDetail.html`,
    before: resources({ Fn: ['AWS::Lambda::Function', { Code: ZIP[0] }] }),
    after: resources({ Fn: ['AWS::Lambda::Function', { Code: ZIP[1] }] }),
    changes: [modify('Fn', 'AWS::Lambda::Function', { details: [detail('Code')] })],
    expect: ['Fn update update [asset-hash]'],
  },
  {
    name: 'noise that replaces is none',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({ Fn: ['AWS::Lambda::Function', { Code: ZIP[0] }] }),
    after: resources({ Fn: ['AWS::Lambda::Function', { Code: ZIP[1] }] }),
    changes: [
      modify('Fn', 'AWS::Lambda::Function', {
        replacement: 'True',
        details: [detail('Code', { requiresRecreation: 'Always' })],
      }),
    ],
    expect: ['Fn replace update'],
    notes: ['Fn (AWS::Lambda::Function): the change set says replace, the templates update'],
  },
  {
    name: 'a change that only a reference brings',
    doc: `${API}/API_ResourceChangeDetail.html`,
    before: table({ BillingMode: 'PROVISIONED' }),
    after: table({ BillingMode: 'PAY_PER_REQUEST' }),
    changes: [
      modify('Data', 'AWS::DynamoDB::Table', { details: [detail('BillingMode')] }),
      modify('Reader', 'AWS::SSM::Parameter', { details: [byReference('Value', 'Data.StreamArn')] }),
    ],
    expect: ['Data update update', 'Reader update update'],
    notes: ['Reader (AWS::SSM::Parameter): the change set says update, the templates no change'],
  },
  {
    name: 'access that only the change set shows',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({}),
    after: resources({}),
    changes: [
      add('Policy', 'AWS::IAM::Policy', {
        afterContext: json({
          Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
        }),
      }),
      add('Group', 'AWS::EC2::SecurityGroup', {
        afterContext: json({ Properties: { SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] } }),
      }),
    ],
    expect: ['Group add access', 'Policy add access'],
    notes: [
      'Group (AWS::EC2::SecurityGroup): the change set says add, the templates no change',
      'Policy (AWS::IAM::Policy): the change set says add, the templates no change',
    ],
  },
  {
    name: 'data that only the change set shows to go',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({}),
    after: resources({}),
    changes: [
      remove('Old', 'AWS::DynamoDB::Table', {
        policyAction: 'Delete',
        beforeContext: json({ Properties: { TableName: 'orders' }, Metadata: { 'aws:cdk:path': 'app/Old/Resource' } }),
      }),
    ],
    expect: ['Old delete data-loss'],
    notes: ['app/Old/Resource (AWS::DynamoDB::Table): the change set says delete, the templates no change'],
  },
  {
    name: 'a condition that turns out not to hold',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/conditions-section-structure.html',
    before: {
      Conditions: { Wanted: { 'Fn::Equals': [{ 'Fn::ImportValue': 'a' }, 'yes'] } },
      ...resources({ Bucket: ['AWS::S3::Bucket', {}, { Condition: 'Wanted' }] }),
    },
    after: {
      Conditions: { Wanted: { 'Fn::Equals': [{ 'Fn::ImportValue': 'a' }, 'no'] } },
      ...resources({ Bucket: ['AWS::S3::Bucket', {}, { Condition: 'Wanted' }] }),
    },
    changes: [remove('Bucket', 'AWS::S3::Bucket', { policyAction: 'Delete' })],
    expect: ['Bucket delete data-loss', 'condition:Wanted update update'],
  },
  {
    name: 'an output changes no more with a replacement that does not happen',
    doc: `${API}/API_ResourceChange.html`,
    before: { ...table({ TableName: 'one' }), Outputs: { Name: { Value: { Ref: 'Data' } } } },
    after: { ...table({ TableName: 'two' }), Outputs: { Name: { Value: { Ref: 'Data' } } } },
    changes: [modify('Data', 'AWS::DynamoDB::Table', { details: [detail('TableName')] })],
    expect: ['Data update update', 'output:Name none none'],
    notes: ['Data (AWS::DynamoDB::Table): the change set says update, the templates replace'],
  },
  {
    name: 'a resource of which CloudFormation knows nothing before it runs',
    doc: `${API}/API_ResourceChange.html`,
    before: resources({}),
    after: resources({}),
    changes: [{ ...modify('Odd', 'Custom::Odd'), action: 'Dynamic' }],
    expect: ['Odd replace? update'],
    notes: ['Odd (Custom::Odd): CloudFormation decides only when it runs what becomes of it'],
  },
  {
    name: 'a resource that only learns what is there',
    doc: `${API}/API_ResourceChange.html`,
    before: table({ BillingMode: 'PROVISIONED' }),
    after: table({ BillingMode: 'PAY_PER_REQUEST' }),
    changes: [{ ...modify('Data', 'AWS::DynamoDB::Table'), action: 'SyncWithActual' }],
    expect: ['Data none none'],
    notes: ['Data (AWS::DynamoDB::Table): the change set says no change, the templates update'],
  },
];

test.each(CASES)('$name', ({ before = resources({}), after, changes, expect: expected, notes = [] }) => {
  const [stack] = withChangeSet([planned(before, after)], 'app', answer(changes));
  expect(lines(stack!)).toEqual(expected);
  expect(stack).toMatchObject({ method: 'change-set', notes });
});

test('reasons are told again for what is decided', () => {
  const plan = planned(cluster('aurora-mysql'), cluster('aurora-postgresql'));
  const reasons = (replacement: 'True' | 'False'): readonly string[] => {
    const change = modify('Db', 'AWS::RDS::DBCluster', { replacement, details: [detail('Engine')] });
    return withChangeSet([plan], 'app', answer([change]))[0]!.changes[0]!.reasons.map(({ text }) => text);
  };
  expect(plan.changes[0]!.reasons.map(({ text }) => text)).toEqual([
    'may be replaced with its data, without retain or snapshot',
    'may be replaced: others may know its endpoint',
  ]);
  expect(reasons('True')).toEqual([
    'is replaced with its data, without retain or snapshot',
    'is replaced: others may know its endpoint',
  ]);
  expect(reasons('False')).toEqual([]);
});

test('counts and risk of the stack follow', () => {
  const plan = planned(table({ TableName: 'one' }), table({ TableName: 'two' }));
  const [stack] = withChangeSet([plan], 'app', answer([]));
  expect(plan).toMatchObject({ risk: 'data-loss', counts: { replace: 1 } });
  expect(stack).toMatchObject({ risk: 'none', counts: { add: 0, update: 0, replace: 0, delete: 0, import: 0 } });
});

describe('values', () => {
  const plan = planned(
    resources({ Q: ['AWS::SQS::Queue', { QueueName: { Ref: 'Old' }, DelaySeconds: 1 }] }),
    resources({ Q: ['AWS::SQS::Queue', { QueueName: { 'Fn::GetAtt': ['T', 'Name'] }, DelaySeconds: 2 }] }),
  );
  const overlaid = (details: readonly ReturnType<typeof detail>[]) =>
    withChangeSet(
      [plan],
      'app',
      answer([modify('Q', 'AWS::SQS::Queue', { replacement: 'True', details })]),
    )[0]!.changes[0]!.properties.map(({ path, before, after, replacement, cause }) => [
      path,
      before,
      after,
      replacement,
      cause,
    ]);
  const always = { requiresRecreation: 'Always' } as const;

  test('are filled in where the template has a call only', () => {
    const name = detail('QueueName', { path: '/Properties/QueueName', before: 'old', after: 'new', ...always });
    const delay = detail('DelaySeconds', { path: '/Properties/DelaySeconds', before: '1', after: '2' });
    expect(overlaid([name, delay])).toEqual([
      ['DelaySeconds', 1, 2, 'never', 'direct'],
      ['QueueName', 'old', 'new', 'always', 'direct'],
    ]);
  });

  test('are left as the template has them where only the deployment will tell', () => {
    const after = '{{changeSet:KNOWN_AFTER_APPLY}}';
    expect(
      overlaid([detail('QueueName', { path: '/Properties/QueueName', before: 'old', after, ...always })])[1],
    ).toEqual(['QueueName', 'old', { 'Fn::GetAtt': ['T', 'Name'] }, 'always', 'direct']);
    const unseen = byReference('KmsMasterKeyId', 'Key.Arn', { path: '/Properties/KmsMasterKeyId', after });
    expect(overlaid([unseen]).at(-1)).toEqual([
      ...['KmsMasterKeyId', undefined, '(known only after the deployment)', 'never', 'reference'],
    ]);
  });

  test('of what the template does not show are added, read as JSON and by their place', () => {
    const tag = detail('Tags', {
      path: '/Properties/Tags/0/Value',
      before: 'a',
      after: 'b',
      source: 'ParameterReference',
    });
    const policy = detail('RedrivePolicy', { before: '{"maxReceiveCount":3}', after: '{"maxReceiveCount":' });
    const slash = detail('Tags', { path: '/Properties/Map/a~1b/c~0d', after: '1' });
    expect(overlaid([tag, policy, slash]).slice(2)).toEqual([
      ['Tags.0.Value', 'a', 'b', 'never', 'parameter'],
      ['RedrivePolicy', { maxReceiveCount: 3 }, '{"maxReceiveCount":', 'never', 'direct'],
      ['Map.a/b.c~d', undefined, '1', 'never', 'direct'],
    ]);
  });

  test('a replacement that nothing forces for sure is forced by what perhaps does', () => {
    const perhaps = detail('DelaySeconds', { requiresRecreation: 'Conditionally' });
    const never = detail('QueueName');
    expect(overlaid([perhaps, never]).map(([path, , , replacement]) => [path, replacement])).toEqual([
      ['DelaySeconds', 'always'],
      ['QueueName', 'never'],
    ]);
  });
});

describe('nested stacks', () => {
  const STACK = 'AWS::CloudFormation::Stack';
  const queue = (DelaySeconds: number) => resources({ Q: ['AWS::SQS::Queue', { DelaySeconds }] });
  const url = (version: string) => ({ TemplateURL: `https://s3/${version.repeat(64)}.json` });
  const stacks: readonly StackPlan[] = [
    planned(resources({ Mid: [STACK, url('a')] }), resources({ Mid: [STACK, url('b')] })),
    planned(resources({ Deep: [STACK, url('a')] }), resources({ Deep: [STACK, url('b')] }), {
      id: 'app/Mid',
      parent: 'app',
    }),
    planned(queue(1), queue(2), { id: 'app/Mid/Deep', parent: 'app/Mid' }),
    planned(queue(1), queue(2), { id: 'other' }),
  ];
  const looked = (id: string) =>
    modify(id, STACK, {
      details: [{ attribute: 'Properties', name: 'TemplateURL', evaluation: 'Dynamic', source: 'Automatic' }],
    });
  const deep = answer([
    modify('Q', 'AWS::SQS::Queue', {
      replacement: 'True',
      details: [detail('DelaySeconds', { requiresRecreation: 'Always' })],
    }),
  ]);

  test('are followed two deep', () => {
    const mid = answer([looked('Deep')], { nested: { Deep: deep } });
    const result = withChangeSet(stacks, 'app', answer([looked('Mid')], { nested: { Mid: mid } }));
    expect(result.map((stack) => [stack.id, stack.method ?? 'template', ...lines(stack)])).toEqual([
      ['app', 'change-set', 'Mid update update [asset-hash]'],
      ['app/Mid', 'change-set', 'Deep update update [asset-hash]'],
      ['app/Mid/Deep', 'change-set', 'Q replace data-loss'],
      ['other', 'template', 'Q update update'],
    ]);
  });

  test('keep what the templates say where there is no answer', () => {
    const result = withChangeSet(stacks, 'app', answer([looked('Mid')]));
    expect(result.map(({ id, method }) => [id, method])).toEqual([
      ['app', 'change-set'],
      ['app/Mid', undefined],
      ['app/Mid/Deep', undefined],
      ['other', undefined],
    ]);
  });

  test('do not change where their parent’s change set leaves them out', () => {
    const result = withChangeSet(stacks, 'app', answer([]));
    expect(lines(result[2]!)).toEqual(['Q none none']);
  });

  test('one that no template shows is added', () => {
    const made = answer([add('Q', 'AWS::SQS::Queue')], { stackName: 'app-Made' });
    const result = withChangeSet(stacks.slice(3), 'other', answer([looked('Made')], { nested: { Made: made } }));
    expect(result[1]).toMatchObject({ id: 'other/Made', parent: 'other', name: 'app-Made', counts: { add: 1 } });
    expect(lines(result[0]!)).toEqual(['Q none none']);
  });
});

describe('a change set that does not stand for what would happen', () => {
  const plan = planned(table({ TableName: 'one' }), table({ TableName: 'two' }));
  test.each([
    [
      'obsolete',
      { executionStatus: 'OBSOLETE' },
      'the change set is obsolete: the stack was changed after it was made; what is shown is told from the templates',
    ],
    [
      'failed',
      { status: 'FAILED', reason: 'Template format error', executionStatus: 'UNAVAILABLE' },
      'the change set failed: Template format error; what is shown is told from the templates',
    ],
    [
      'not complete',
      { status: 'CREATE_IN_PROGRESS', executionStatus: 'UNAVAILABLE' },
      'the change set is not complete (CREATE_IN_PROGRESS); what is shown is told from the templates',
    ],
  ])('%s: the templates count', (_, more, note) => {
    const [stack] = withChangeSet([plan], 'app', answer([], more));
    expect(stack).toEqual({ ...plan, method: 'template', notes: [note] });
  });

  test.each([
    "The submitted information didn't contain changes. Submit different information to create a change set.",
    'No updates are to be performed.',
  ])('without changes: nothing happens (%s)', (reason) => {
    const none = answer([], { status: 'FAILED', executionStatus: 'UNAVAILABLE', reason });
    expect(lines(withChangeSet([plan], 'app', none)[0]!)).toEqual(['Data none none']);
  });

  test('of a stack that is not in the plan', () => {
    expect(withChangeSet([plan], 'other', answer([]))).toEqual([plan]);
  });
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
test('what validation found is told with the stack and as findings, nested ones with their own', () => {
  const plan = planned(undefined, resources({ Bucket: ['AWS::S3::Bucket', { BucketName: 'taken' }] }));
  const conflict = {
    ...{ logicalId: 'Bucket', type: 'AWS::S3::Bucket', check: 'NAME_CONFLICT_VALIDATION' },
    ...{
      severity: 'error' as const,
      reason: 'the bucket exists already',
      path: '/Resources/Bucket/Properties/BucketName',
    },
  };
  const quota = { severity: 'warning' as const, reason: 'close to the quota' };
  const failed = answer([], {
    status: 'FAILED',
    reason: 'validation failed',
    validation: [conflict],
    nested: { Child: answer([], { validation: [quota] }) },
  });
  expect(withChangeSet([plan], 'app', failed)[0]!.notes).toEqual([
    'the change set failed: validation failed; what is shown is told from the templates',
    'would fail: Bucket (AWS::S3::Bucket): the bucket exists already (at /Resources/Bucket/Properties/BucketName)',
  ]);
  expect(validationFindings('app', failed)).toEqual([
    {
      ...{ check: 'NAME_CONFLICT_VALIDATION', severity: 'error', stack: 'app', logicalId: 'Bucket' },
      message: 'the bucket exists already (at /Resources/Bucket/Properties/BucketName)',
    },
    { check: 'VALIDATION', severity: 'warning', message: 'close to the quota', stack: 'app/Child' },
  ]);
});

test('tags of the stack are told once, not with every resource', () => {
  const tagged = modify('Q', 'AWS::SQS::Queue', { details: [{ attribute: 'Tags', requiresRecreation: 'Never' }] });
  const queue = resources({ Q: ['AWS::SQS::Queue'] });
  const tags = { before: { team: 'a' }, after: { team: 'b' } };
  expect(lines(withChangeSet([planned(queue, queue, { tags })], 'app', answer([tagged]))[0]!)).toEqual([
    'tag:team update update',
  ]);
  expect(lines(withChangeSet([planned(queue, queue)], 'app', answer([tagged]))[0]!)).toEqual(['Q update update']);
});
