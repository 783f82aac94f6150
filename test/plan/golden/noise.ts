import { reference, resources, type Golden } from './case.js';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const code = (digest: string): object => ({
  Code: { S3Bucket: 'cdk-hnb659fds-assets-111122223333-eu-west-1', S3Key: `${digest}.zip` },
});
const build = 'https://docs.aws.amazon.com/cdk/v2/guide/assets.html';
const policies = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html';
const trust = (statement: object): readonly [string, object] => [
  'AWS::IAM::Role',
  { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: statement } },
];

/** What is folded. */
export const NOISE: readonly Golden[] = [
  {
    name: 'a new build of a function',
    doc: build,
    before: resources({ Fn: ['AWS::Lambda::Function', code(A), { Metadata: { 'aws:asset:path': `asset.${A}` } }] }),
    after: resources({ Fn: ['AWS::Lambda::Function', code(B), { Metadata: { 'aws:asset:path': `asset.${B}` } }] }),
    input: { assets: [B] },
    expect: ['Fn update update [asset-hash]'],
  },
  {
    name: 'a new build and more memory',
    doc: build,
    before: resources({ Fn: ['AWS::Lambda::Function', { ...code(A), MemorySize: 128 }] }),
    after: resources({ Fn: ['AWS::Lambda::Function', { ...code(B), MemorySize: 256 }] }),
    input: { assets: [B] },
    expect: ['Fn update update'],
  },
  {
    name: 'another file of the same bucket',
    doc: build,
    before: resources({ Fn: ['AWS::Lambda::Function', { Code: { S3Bucket: 'mine', S3Key: 'v1.zip' } }] }),
    after: resources({ Fn: ['AWS::Lambda::Function', { Code: { S3Bucket: 'mine', S3Key: 'v2.zip' } }] }),
    expect: ['Fn update update'],
  },
  {
    name: 'a new image replaces a task definition and reaches its service',
    doc: reference('aws-resource-ecs-taskdefinition'),
    before: resources({
      Task: [
        'AWS::ECS::TaskDefinition',
        {
          ContainerDefinitions: [{ Name: 'web', Image: { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.x/cdk-assets:${A}` } }],
        },
      ],
      Service: ['AWS::ECS::Service', { TaskDefinition: { Ref: 'Task' } }],
    }),
    after: resources({
      Task: [
        'AWS::ECS::TaskDefinition',
        {
          ContainerDefinitions: [{ Name: 'web', Image: { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.x/cdk-assets:${B}` } }],
        },
      ],
      Service: ['AWS::ECS::Service', { TaskDefinition: { Ref: 'Task' } }],
    }),
    input: { assets: [B] },
    expect: ['Service update update [asset-hash]', 'Task replace update [asset-hash]'],
  },
  {
    name: 'another template of a nested stack',
    doc: reference('aws-resource-cloudformation-stack'),
    before: resources({
      Nested: ['AWS::CloudFormation::Stack', { TemplateURL: { 'Fn::Sub': `https://s3/b/${A}.json` } }],
    }),
    after: resources({
      Nested: ['AWS::CloudFormation::Stack', { TemplateURL: { 'Fn::Sub': `https://s3/b/${B}.json` } }],
    }),
    input: { assets: [B] },
    expect: ['Nested update update [asset-hash]'],
  },
  {
    name: 'a version of a new build',
    doc: reference('aws-resource-lambda-version'),
    before: resources({
      Fn: ['AWS::Lambda::Function', code(A)],
      [`FnVersion${'1'.repeat(32)}`]: ['AWS::Lambda::Version', { FunctionName: { Ref: 'Fn' } }],
      Live: ['AWS::Lambda::Alias', { FunctionVersion: { 'Fn::GetAtt': [`FnVersion${'1'.repeat(32)}`, 'Version'] } }],
    }),
    after: resources({
      Fn: ['AWS::Lambda::Function', code(B)],
      [`FnVersion${'2'.repeat(32)}`]: ['AWS::Lambda::Version', { FunctionName: { Ref: 'Fn' } }],
      Live: ['AWS::Lambda::Alias', { FunctionVersion: { 'Fn::GetAtt': [`FnVersion${'2'.repeat(32)}`, 'Version'] } }],
    }),
    input: { assets: [B] },
    expect: [
      'Fn update update [asset-hash]',
      `FnVersion${'1'.repeat(32)} delete update [asset-hash]`,
      `FnVersion${'2'.repeat(32)} add add [asset-hash]`,
    ],
  },
  {
    name: 'an image that is pinned to a digest is no build of ours',
    doc: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html',
    before: resources({
      Task: ['AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: `nginx@sha256:${A}` }] }],
    }),
    after: resources({
      Task: ['AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: `nginx@sha256:${B}` }] }],
    }),
    input: { assets: ['c'.repeat(64)] },
    expect: ['Task replace update'],
  },
  {
    name: 'the code of a function that is named like a build and is none',
    doc: reference('aws-properties-lambda-function-code'),
    before: resources({ Fn: ['AWS::Lambda::Function', code(A)] }),
    after: resources({ Fn: ['AWS::Lambda::Function', code(B)] }),
    expect: ['Fn update update'],
  },
  {
    name: "the CDK's own metadata",
    doc: 'https://docs.aws.amazon.com/cdk/v2/guide/usage-data.html',
    before: resources({ CDKMetadata: ['AWS::CDK::Metadata', { Analytics: 'v2:a' }] }),
    after: resources({ CDKMetadata: ['AWS::CDK::Metadata', { Analytics: 'v2:b' }] }),
    expect: ['CDKMetadata none none [metadata]'],
  },
  {
    name: 'a construct that moved without another logical id',
    doc: 'https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html',
    before: resources({ Q: ['AWS::SQS::Queue', {}, { Metadata: { 'aws:cdk:path': 'a/Q' } }] }),
    after: resources({ Q: ['AWS::SQS::Queue', {}, { Metadata: { 'aws:cdk:path': 'b/Q' } }] }),
    expect: ['Q none none [metadata]'],
  },
  {
    name: 'metadata that cfn-init reads is no noise',
    doc: reference('aws-resource-init'),
    before: resources({ Host: ['AWS::EC2::Instance', {}, { Metadata: { 'AWS::CloudFormation::Init': { a: 1 } } }] }),
    after: resources({ Host: ['AWS::EC2::Instance', {}, { Metadata: { 'AWS::CloudFormation::Init': { a: 2 } } }] }),
    expect: ['Host update update'],
  },
  {
    name: 'tags in another order',
    doc: reference('aws-properties-resource-tags'),
    before: resources({
      Q: [
        'AWS::SQS::Queue',
        {
          Tags: [
            { Key: 'a', Value: '1' },
            { Key: 'b', Value: '2' },
          ],
        },
      ],
    }),
    after: resources({
      Q: [
        'AWS::SQS::Queue',
        {
          Tags: [
            { Key: 'b', Value: '2' },
            { Key: 'a', Value: '1' },
          ],
        },
      ],
    }),
    expect: ['Q none none [order]'],
  },
  {
    name: 'what depends on what, in another order',
    doc: reference('aws-attribute-dependson'),
    before: resources({ Q: ['AWS::SQS::Queue', {}, { DependsOn: ['A', 'B'] }] }),
    after: resources({ Q: ['AWS::SQS::Queue', {}, { DependsOn: ['B', 'A'] }] }),
    expect: [],
  },
  {
    name: 'subnets in another order where the order replaces',
    doc: reference('aws-resource-fsx-filesystem'),
    before: resources({ Files: ['AWS::FSx::FileSystem', { SubnetIds: ['a', 'b'] }] }),
    after: resources({ Files: ['AWS::FSx::FileSystem', { SubnetIds: ['b', 'a'] }] }),
    expect: ['Files replace data-loss'],
  },
  {
    name: 'a policy written in another way',
    doc: policies,
    before: resources({
      Role: trust({ Sid: 'A', Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '111122223333' } }),
    }),
    after: resources({
      Role: trust([
        { Effect: 'Allow', Action: ['STS:AssumeRole'], Principal: { AWS: ['arn:aws:iam::111122223333:root'] } },
      ]),
    }),
    expect: ['Role none none [policy-equal]'],
  },
  {
    name: 'text that GetTemplate flattens',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html',
    before: resources({ Fn: ['AWS::Lambda::Function', { Description: 'caf? ?' }] }),
    after: resources({ Fn: ['AWS::Lambda::Function', { Description: 'café 🎉' }] }),
    expect: [],
  },
  {
    name: 'what the CDK adds for its bootstrap version',
    doc: 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html',
    before: resources({}),
    after: resources(
      {},
      {
        Parameters: {
          BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
        },
        Rules: { CheckBootstrapVersion: { Assertions: [] } },
      },
    ),
    expect: [
      'other:Rules.CheckBootstrapVersion none none [metadata]',
      'parameter:BootstrapVersion none none [metadata]',
    ],
  },
];
