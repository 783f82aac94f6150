import { reference, resources, type Golden } from './case.js';

const exports_ = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html';
const tagsPage = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-add-tags.html';
const none = resources({});
const exporting = (Value: unknown, name = 'vpc-id'): object => ({
  Outputs: { Vpc: { Value, Export: { Name: name } } },
});
const image = (id: string): object => ({ Mappings: { Images: { 'eu-west-1': { ami: id } } } });
const host = { 'Fn::FindInMap': ['Images', { Ref: 'AWS::Region' }, 'ami'] };

/** As many resources as a template may have. */
const full = (two: Parameters<typeof resources>[0]): ReturnType<typeof resources> =>
  resources({
    ...Object.fromEntries(Array.from({ length: 498 }, (_, at) => [`Q${String(at)}`, ['AWS::SQS::Queue']] as const)),
    ...two,
  });

/** What stands beside the resources. */
export const STACK: readonly Golden[] = [
  {
    name: 'a new stack',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacks.html',
    after: resources({ Topic: ['AWS::SNS::Topic'] }, { Outputs: { Arn: { Value: { Ref: 'Topic' } } } }),
    expect: ['Topic add add', 'output:Arn add add'],
  },
  {
    name: 'nothing changes',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks.html',
    before: resources({ Topic: ['AWS::SNS::Topic'] }),
    after: resources({ Topic: ['AWS::SNS::Topic'] }),
    expect: [],
  },
  {
    name: 'the short form of GetAtt',
    doc: reference('intrinsic-function-reference-getatt'),
    before: resources({ Fn: ['AWS::Lambda::Function', { Role: { 'Fn::GetAtt': 'Role.Arn' } }] }),
    after: resources({ Fn: ['AWS::Lambda::Function', { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }] }),
    expect: [],
  },
  {
    name: 'an export that nobody imports goes',
    doc: exports_,
    before: { ...none, ...exporting('vpc-1') },
    after: none,
    expect: ['output:Vpc delete update'],
  },
  {
    name: 'an export that another stack imports goes',
    doc: exports_,
    before: { ...none, ...exporting('vpc-1') },
    after: none,
    input: { importers: { 'vpc-id': ['other'] } },
    expect: ['output:Vpc delete address'],
  },
  {
    name: 'an imported export is renamed; its name is made from the stack',
    doc: exports_,
    before: { ...none, Outputs: { Vpc: { Value: 'v', Export: { Name: { 'Fn::Sub': '${AWS::StackName}-vpc' } } } } },
    after: { ...none, ...exporting('v') },
    input: { importers: { 'app-vpc': ['other'] } },
    expect: ['output:Vpc update address'],
  },
  {
    name: 'an imported export of what is replaced',
    doc: exports_,
    before: resources({ Net: ['AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }] }, exporting({ Ref: 'Net' })),
    after: resources({ Net: ['AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' }] }, exporting({ Ref: 'Net' })),
    input: { importers: { 'vpc-id': ['other'] } },
    expect: ['Net replace address', 'output:Vpc update address'],
  },
  {
    name: 'tags of the stack',
    doc: tagsPage,
    before: none,
    after: none,
    input: { tags: { before: { team: 'a', old: '1' }, after: { team: 'b', fresh: '2' } } },
    expect: ['tag:fresh add add', 'tag:old delete update', 'tag:team update update'],
  },
  {
    name: 'protection against deletion turned off',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html',
    before: none,
    after: none,
    input: { terminationProtection: { before: true, after: false } },
    expect: ['termination-protection:TerminationProtection update update'],
  },
  {
    name: 'a parameter more',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
    before: none,
    after: { ...none, Parameters: { Size: { Type: 'Number', Default: 1 } } },
    expect: ['parameter:Size add add'],
  },
  {
    name: 'another value of a parameter replaces what uses it',
    doc: reference('aws-resource-ec2-subnet'),
    before: resources(
      { Net: ['AWS::EC2::Subnet', { CidrBlock: { Ref: 'Range' } }] },
      { Parameters: { Range: { Type: 'String' } } },
    ),
    after: resources(
      { Net: ['AWS::EC2::Subnet', { CidrBlock: { Ref: 'Range' } }] },
      { Parameters: { Range: { Type: 'String' } } },
    ),
    input: { parameters: { before: { Range: '10.0.0.0/24' }, after: { Range: '10.0.1.0/24' } } },
    expect: ['Net replace update'],
  },
  {
    name: 'another image in a mapping replaces an instance',
    doc: reference('aws-resource-ec2-instance'),
    before: resources({ Host: ['AWS::EC2::Instance', { ImageId: host }] }, image('ami-1')),
    after: resources({ Host: ['AWS::EC2::Instance', { ImageId: host }] }, image('ami-2')),
    expect: ['Host replace update', 'mapping:Images update update'],
  },
  {
    name: 'a transform more',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-section-structure.html',
    before: none,
    after: { ...none, Transform: 'AWS::Serverless-2016-10-31' },
    expect: ['transform:Transform add add'],
  },
  {
    name: 'a table of the serverless transform goes',
    doc: 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html',
    before: { ...resources({ T: ['AWS::Serverless::SimpleTable'] }), Transform: 'AWS::Serverless-2016-10-31' },
    after: { ...none, Transform: 'AWS::Serverless-2016-10-31' },
    expect: ['T delete data-loss'],
  },
  {
    name: 'a loop that changes',
    doc: reference('intrinsic-function-reference-foreach'),
    before: { Resources: { 'Fn::ForEach::Topics': ['N', ['a'], { 'T${N}': { Type: 'AWS::SNS::Topic' } }] } },
    after: { Resources: { 'Fn::ForEach::Topics': ['N', ['a', 'b'], { 'T${N}': { Type: 'AWS::SNS::Topic' } }] } },
    expect: ['Fn::ForEach::Topics update update'],
  },
  {
    name: 'the description of the stack',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-description-structure.html',
    before: { ...none, Description: 'a' },
    after: { ...none, Description: 'b' },
    expect: ['other:Description update update'],
  },
  {
    name: 'a resource that is taken over',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html',
    before: none,
    after: resources({ Bucket: ['AWS::S3::Bucket', { BucketName: 'b' }, { DeletionPolicy: 'Retain' }] }),
    input: { imports: ['Bucket'] },
    expect: ['Bucket import add'],
  },
  {
    name: 'a custom resource',
    doc: reference('aws-resource-cloudformation-customresource'),
    before: resources({ It: ['Custom::Thing', { ServiceToken: 'a', X: 1 }] }),
    after: resources({ It: ['Custom::Thing', { ServiceToken: 'a', X: 2 }] }),
    expect: ['It update update'],
  },
  {
    name: 'a transform less',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-section-structure.html',
    before: { ...none, Transform: 'AWS::Serverless-2016-10-31' },
    after: none,
    expect: ['transform:Transform delete update'],
  },
  {
    name: 'the value of an export that nobody imports',
    doc: exports_,
    before: { ...none, ...exporting('vpc-1') },
    after: { ...none, ...exporting('vpc-2') },
    expect: ['output:Vpc update update'],
  },
  {
    name: 'the value of an export that another stack imports',
    doc: exports_,
    before: { ...none, ...exporting('vpc-1') },
    after: { ...none, ...exporting('vpc-2') },
    input: { importers: { 'vpc-id': ['other'] } },
    expect: ['output:Vpc update address'],
  },
  {
    name: 'a parameter less, and another with a new default',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
    before: { ...none, Parameters: { Old: { Type: 'String' }, Size: { Type: 'Number', Default: 1 } } },
    after: { ...none, Parameters: { Size: { Type: 'Number', Default: 2 } } },
    expect: ['parameter:Old delete update', 'parameter:Size update update'],
  },
  {
    name: 'a stack that is nested two deep and goes with what is in it',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html',
    before: resources({ Bucket: ['AWS::S3::Bucket'], Kept: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }] }),
    after: {},
    input: { id: 'app/Nested/Deep', parent: 'app/Nested', name: 'app-Nested-Deep' },
    expect: ['Bucket delete data-loss', 'Kept delete update'],
  },
  {
    name: "a stack of 500 resources, CloudFormation's limit: one is renamed, one is replaced, the others stay",
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
    before: full({ Old: ['AWS::SNS::Topic'], Net: ['AWS::EC2::Subnet', { CidrBlock: '10.0.0.0/24' }] }),
    after: full({ New: ['AWS::SNS::Topic'], Net: ['AWS::EC2::Subnet', { CidrBlock: '10.0.1.0/24' }] }),
    expect: ['New add add', 'Old delete update', 'Net replace update'],
  },
];
