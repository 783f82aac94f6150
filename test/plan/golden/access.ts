import { ACCOUNT, reference, resources, type Golden } from './case.js';

const stars = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege';
const principals = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';
const lambdaTrust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const document = (...statements: object[]): object => ({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, Resource: unknown, more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const role = (statement: object, more: object = {}): readonly [string, object] => [
  'AWS::IAM::Role',
  {
    AssumeRolePolicyDocument: lambdaTrust,
    Policies: [{ PolicyName: 'p', PolicyDocument: document(statement) }],
    ...more,
  },
];
const trusting = (...Principal: object[]): readonly [string, object] => [
  'AWS::IAM::Role',
  {
    AssumeRolePolicyDocument: document(
      ...Principal.map((one) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...one })),
    ),
  },
];
const lambda = { Principal: { Service: 'lambda.amazonaws.com' } };
const bucket: readonly [string] = ['AWS::S3::Bucket'];
const bucketPolicy = (...statements: object[]): readonly [string, object] => [
  'AWS::S3::BucketPolicy',
  { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(...statements) },
];
const readable = (Principal: unknown, more: object = {}): object =>
  allow('s3:GetObject', { 'Fn::Sub': '${Bucket.Arn}/*' }, { Principal, ...more });

/** Who may do what. */
export const ACCESS: readonly Golden[] = [
  {
    name: 'a new role of a function that reads one table',
    doc: stars,
    after: resources({ Role: role(allow('dynamodb:GetItem', { 'Fn::GetAtt': ['Table', 'Arn'] })) }),
    expect: ['Role add add'],
  },
  {
    name: 'a new role that may do everything',
    doc: stars,
    after: resources({ Role: role(allow('*', '*')) }),
    expect: ['Role add access'],
  },
  {
    name: 'every action of a service',
    doc: stars,
    before: resources({ Role: role(allow('s3:GetObject', 'arn:aws:s3:::a/*')) }),
    after: resources({ Role: role(allow('s3:*', 'arn:aws:s3:::a/*')) }),
    expect: ['Role update access'],
  },
  {
    name: 'every resource',
    doc: stars,
    before: resources({ Role: role(allow('s3:GetObject', 'arn:aws:s3:::a/*')) }),
    after: resources({ Role: role(allow('s3:GetObject', '*')) }),
    expect: ['Role update access'],
  },
  {
    name: 'every resource, of an action that takes no other',
    doc: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html',
    after: resources({ Role: role(allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')) }),
    expect: ['Role add add'],
  },
  {
    name: 'one more action on one resource is an update',
    doc: stars,
    before: resources({ Role: role(allow('s3:GetObject', 'arn:aws:s3:::a/*')) }),
    after: resources({ Role: role(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::a/*')) }),
    expect: ['Role update update'],
  },
  {
    name: 'fewer rights are an update',
    doc: stars,
    before: resources({ Role: role(allow('*', '*')) }),
    after: resources({ Role: role(allow('s3:GetObject', 'arn:aws:s3:::a/*')) }),
    expect: ['Role update update'],
  },
  {
    name: 'a condition that goes',
    doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
    before: resources({
      Role: role(allow('s3:GetObject', 'arn:aws:s3:::a/*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
    }),
    after: resources({ Role: role(allow('s3:GetObject', 'arn:aws:s3:::a/*')) }),
    expect: ['Role update access'],
  },
  {
    name: 'a Deny that goes',
    doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
    before: resources({ Role: role({ Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' }) }),
    after: resources({ Role: ['AWS::IAM::Role', { AssumeRolePolicyDocument: lambdaTrust }] }),
    expect: ['Role update access'],
  },
  {
    name: 'everything but one action',
    doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
    before: resources({ Role: role(allow('s3:GetObject', 'arn:aws:s3:::a/*')) }),
    after: resources({ Role: role({ Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:aws:s3:::a/*' }) }),
    expect: ['Role update access'],
  },
  {
    name: 'a managed policy more',
    doc: reference('aws-resource-iam-role'),
    before: resources({ Role: ['AWS::IAM::Role', { AssumeRolePolicyDocument: lambdaTrust, ManagedPolicyArns: [] }] }),
    after: resources({
      Role: [
        'AWS::IAM::Role',
        { AssumeRolePolicyDocument: lambdaTrust, ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
      ],
    }),
    expect: ['Role update access'],
  },
  {
    name: 'a new role with the usual managed policy of a function',
    doc: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html',
    after: resources({
      Role: [
        'AWS::IAM::Role',
        {
          AssumeRolePolicyDocument: lambdaTrust,
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
        },
      ],
    }),
    expect: ['Role add add'],
  },
  {
    name: 'a new role with AdministratorAccess',
    doc: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html',
    after: resources({
      Role: [
        'AWS::IAM::Role',
        {
          AssumeRolePolicyDocument: lambdaTrust,
          ManagedPolicyArns: [
            { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AdministratorAccess']] },
          ],
        },
      ],
    }),
    expect: ['Role add access'],
  },
  {
    name: 'a role that another account may assume',
    doc: principals,
    after: resources({ Role: trusting({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }) }),
    expect: ['Role add access'],
  },
  {
    name: 'a role that this account may assume',
    doc: principals,
    after: resources({
      Role: trusting({ Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } } }),
    }),
    expect: ['Role add add'],
  },
  {
    name: 'a service more in a trust policy',
    doc: principals,
    before: resources({ Role: trusting(lambda) }),
    after: resources({ Role: trusting(lambda, { Principal: { Service: 'ec2.amazonaws.com' } }) }),
    expect: ['Role update access'],
  },
  {
    name: 'a bucket for everybody',
    doc: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    before: resources({ Bucket: bucket }),
    after: resources({ Bucket: bucket, Policy: bucketPolicy(readable('*')) }),
    expect: ['Policy add access'],
  },
  {
    name: 'a bucket that asks for TLS',
    doc: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html',
    before: resources({ Bucket: bucket }),
    after: resources({
      Bucket: bucket,
      Policy: bucketPolicy({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    }),
    expect: ['Policy add add'],
  },
  {
    name: 'a bucket opened to another account by its number',
    doc: principals,
    before: resources({ Bucket: bucket }),
    after: resources({ Bucket: bucket, Policy: bucketPolicy(readable({ AWS: '444455556666' })) }),
    expect: ['Policy add access'],
  },
  {
    name: 'a new key of this account',
    doc: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
    after: resources({
      Key: [
        'AWS::KMS::Key',
        { KeyPolicy: document(allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })) },
      ],
    }),
    expect: ['Key add add'],
  },
  {
    name: 'an API that may call a function, named by its ARN',
    doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    before: resources({ Fn: ['AWS::Lambda::Function'] }),
    after: resources({
      Fn: ['AWS::Lambda::Function'],
      Permission: [
        'AWS::Lambda::Permission',
        {
          Action: 'lambda:InvokeFunction',
          FunctionName: { Ref: 'Fn' },
          Principal: 'apigateway.amazonaws.com',
          SourceArn: 'arn:aws:execute-api:x',
        },
      ],
    }),
    expect: ['Permission add add'],
  },
  {
    name: 'any bucket of anybody may call a function',
    doc: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
    before: resources({ Fn: ['AWS::Lambda::Function'] }),
    after: resources({
      Fn: ['AWS::Lambda::Function'],
      Permission: [
        'AWS::Lambda::Permission',
        { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Fn' }, Principal: 's3.amazonaws.com' },
      ],
    }),
    expect: ['Permission add access'],
  },
  {
    name: 'a function URL without authentication',
    doc: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    after: resources({ Url: ['AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: 'f' }] }),
    expect: ['Url add access'],
  },
  {
    name: 'a queue policy whose principal is new',
    doc: reference('aws-resource-sqs-queuepolicy'),
    before: resources({ Queue: ['AWS::SQS::Queue'] }),
    after: resources({
      Queue: ['AWS::SQS::Queue'],
      Policy: [
        'AWS::SQS::QueuePolicy',
        {
          Queues: [{ Ref: 'Queue' }],
          PolicyDocument: document(allow('sqs:SendMessage', '*', { Principal: { Service: 'events.amazonaws.com' } })),
        },
      ],
    }),
    expect: ['Policy add access'],
  },
  {
    name: 'a policy that only moves to a resource of its own',
    doc: reference('aws-resource-iam-policy'),
    before: resources({ Role: role(allow('s3:*', '*')) }),
    after: resources({
      Role: ['AWS::IAM::Role', { AssumeRolePolicyDocument: lambdaTrust }],
      Policy: [
        'AWS::IAM::Policy',
        { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument: document(allow('s3:*', '*')) },
      ],
    }),
    expect: ['Policy add add', 'Role update update'],
  },
  {
    name: 'a repository policy of text',
    doc: reference('aws-resource-secretsmanager-resourcepolicy'),
    before: resources({
      Logs: ['AWS::Logs::ResourcePolicy', { PolicyName: 'p', PolicyDocument: JSON.stringify(document()) }],
    }),
    after: resources({
      Logs: [
        'AWS::Logs::ResourcePolicy',
        {
          PolicyName: 'p',
          PolicyDocument: JSON.stringify(document(allow('logs:PutLogEvents', '*', { Principal: { AWS: '*' } }))),
        },
      ],
    }),
    expect: ['Logs update access'],
  },
  {
    name: 'a boundary that goes',
    doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
    before: resources({
      Role: role(allow('s3:GetObject', 'a'), { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/b' }),
    }),
    after: resources({ Role: role(allow('s3:GetObject', 'a')) }),
    expect: ['Role update access'],
  },
  {
    name: 'a database with a public address',
    doc: reference('aws-resource-rds-dbinstance'),
    before: resources({
      Db: ['AWS::RDS::DBInstance', { PubliclyAccessible: false }, { UpdateReplacePolicy: 'Snapshot' }],
    }),
    after: resources({
      Db: ['AWS::RDS::DBInstance', { PubliclyAccessible: true }, { UpdateReplacePolicy: 'Snapshot' }],
    }),
    expect: ['Db update access'],
  },
  {
    name: 'a bucket that blocks less',
    doc: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    before: resources({
      Bucket: [
        'AWS::S3::Bucket',
        { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true } },
      ],
    }),
    after: resources({ Bucket: ['AWS::S3::Bucket', { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }] }),
    expect: ['Bucket update access'],
  },
];
