import { reference, resources, type Golden } from './case.js';

const one = (
  type: string,
  before: object,
  after: object,
  attributes: object = {},
): Pick<Golden, 'before' | 'after'> => ({
  before: resources({ It: [type, before, attributes] }),
  after: resources({ It: [type, after, attributes] }),
});
const gone = (type: string, properties: object = {}, attributes: object = {}): Pick<Golden, 'before' | 'after'> => ({
  before: resources({ It: [type, properties, attributes] }),
  after: resources({}),
});

/** One property or one deletion each, of the types that most stacks are made of: "Update requires" on the type's page. */
export const KINDS: readonly Golden[] = [
  {
    name: 'another identifier replaces a database; a snapshot stays where the policy asks for one',
    doc: reference('aws-resource-rds-dbinstance'),
    ...one(
      'AWS::RDS::DBInstance',
      { DBInstanceIdentifier: 'a' },
      { DBInstanceIdentifier: 'b' },
      { UpdateReplacePolicy: 'Snapshot' },
    ),
    expect: ['It replace address'],
  },
  {
    name: 'another identifier replaces a database without a policy',
    doc: reference('aws-resource-rds-dbinstance'),
    ...one('AWS::RDS::DBInstance', { DBInstanceIdentifier: 'a' }, { DBInstanceIdentifier: 'b' }),
    expect: ['It replace data-loss'],
  },
  {
    name: 'more storage for a database',
    doc: reference('aws-resource-rds-dbinstance'),
    ...one('AWS::RDS::DBInstance', { AllocatedStorage: '20' }, { AllocatedStorage: '40' }),
    expect: ['It update update'],
  },
  {
    name: 'encryption of a cluster',
    doc: reference('aws-resource-rds-dbcluster'),
    ...one(
      'AWS::RDS::DBCluster',
      { Engine: 'aurora-mysql', StorageEncrypted: false },
      { Engine: 'aurora-mysql', StorageEncrypted: true },
    ),
    expect: ['It replace data-loss'],
  },
  {
    name: 'the billing of a table',
    doc: reference('aws-resource-dynamodb-table'),
    ...one('AWS::DynamoDB::Table', { BillingMode: 'PROVISIONED' }, { BillingMode: 'PAY_PER_REQUEST' }),
    expect: ['It update update'],
  },
  {
    name: 'a queue becomes a FIFO queue',
    doc: reference('aws-resource-sqs-queue'),
    ...one('AWS::SQS::Queue', {}, { FifoQueue: true }),
    expect: ['It replace data-loss'],
  },
  {
    name: 'more shards for a stream',
    doc: reference('aws-resource-kinesis-stream'),
    ...one('AWS::Kinesis::Stream', { ShardCount: 1 }, { ShardCount: 2 }),
    expect: ['It update update'],
  },
  {
    name: 'another name of a stream',
    doc: reference('aws-resource-kinesis-stream'),
    ...one('AWS::Kinesis::Stream', { Name: 'a', ShardCount: 1 }, { Name: 'b', ShardCount: 1 }),
    expect: ['It replace data-loss'],
  },
  {
    name: 'another performance mode of a file system',
    doc: reference('aws-resource-efs-filesystem'),
    ...one('AWS::EFS::FileSystem', { PerformanceMode: 'generalPurpose' }, { PerformanceMode: 'maxIO' }),
    expect: ['It replace data-loss'],
  },
  {
    name: 'encryption of a cache that keeps a snapshot',
    doc: reference('aws-resource-elasticache-replicationgroup'),
    ...one(
      'AWS::ElastiCache::ReplicationGroup',
      { AtRestEncryptionEnabled: false },
      { AtRestEncryptionEnabled: true },
      { UpdateReplacePolicy: 'Snapshot' },
    ),
    expect: ['It replace address'],
  },
  {
    name: 'another database name of a warehouse',
    doc: reference('aws-resource-redshift-cluster'),
    ...one('AWS::Redshift::Cluster', { DBName: 'a' }, { DBName: 'b' }),
    expect: ['It replace data-loss'],
  },
  {
    name: 'a function becomes an image',
    doc: reference('aws-resource-lambda-function'),
    ...one('AWS::Lambda::Function', { PackageType: 'Zip' }, { PackageType: 'Image' }),
    expect: ['It replace update'],
  },
  {
    name: 'a role of a fixed name is renamed',
    doc: reference('aws-resource-iam-role'),
    ...one(
      'AWS::IAM::Role',
      { RoleName: 'a', AssumeRolePolicyDocument: {} },
      { RoleName: 'b', AssumeRolePolicyDocument: {} },
    ),
    expect: ['It replace address'],
  },
  {
    name: 'a subnet in another zone',
    doc: reference('aws-resource-ec2-subnet'),
    ...one('AWS::EC2::Subnet', { AvailabilityZone: 'eu-west-1a' }, { AvailabilityZone: 'eu-west-1b' }),
    expect: ['It replace update'],
  },
  {
    name: 'another kind of state machine',
    doc: reference('aws-resource-stepfunctions-statemachine'),
    ...one('AWS::StepFunctions::StateMachine', { StateMachineType: 'STANDARD' }, { StateMachineType: 'EXPRESS' }),
    expect: ['It replace update'],
  },
  {
    name: 'another protocol of an API',
    doc: reference('aws-resource-apigatewayv2-api'),
    ...one('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }, { ProtocolType: 'WEBSOCKET' }),
    expect: ['It replace address'],
  },
  {
    name: 'a secret that goes',
    doc: reference('aws-resource-secretsmanager-secret'),
    ...gone('AWS::SecretsManager::Secret'),
    expect: ['It delete data-loss'],
  },
  {
    name: 'a group of logs that goes',
    doc: reference('aws-resource-logs-loggroup'),
    ...gone('AWS::Logs::LogGroup'),
    expect: ['It delete data-loss'],
  },
  {
    name: 'a key that goes: what it encrypted cannot be read any more',
    doc: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    ...gone('AWS::KMS::Key', { KeyPolicy: {} }),
    expect: ['It delete data-loss'],
  },
  {
    name: 'a repository with Retain',
    doc: reference('aws-attribute-deletionpolicy'),
    ...gone('AWS::ECR::Repository', {}, { DeletionPolicy: 'Retain' }),
    expect: ['It delete update'],
  },
  {
    name: 'a vault of backups that goes',
    doc: reference('aws-resource-backup-backupvault'),
    ...gone('AWS::Backup::BackupVault', { BackupVaultName: 'v' }),
    expect: ['It delete data-loss'],
  },
  {
    name: 'a search domain that goes',
    doc: reference('aws-resource-opensearchservice-domain'),
    ...gone('AWS::OpenSearchService::Domain'),
    expect: ['It delete data-loss'],
  },
  {
    name: 'an alarm that goes',
    doc: reference('aws-resource-cloudwatch-alarm'),
    ...gone('AWS::CloudWatch::Alarm'),
    expect: ['It delete update'],
  },
  {
    name: 'tags of a resource',
    doc: reference('aws-properties-resource-tags'),
    ...one('AWS::SNS::Topic', { Tags: [{ Key: 'a', Value: '1' }] }, { Tags: [{ Key: 'a', Value: '2' }] }),
    expect: ['It update update'],
  },
  {
    name: 'what a nested stack is given',
    doc: reference('aws-resource-cloudformation-stack'),
    ...one(
      'AWS::CloudFormation::Stack',
      { TemplateURL: 'u', Parameters: { Size: '1' } },
      { TemplateURL: 'u', Parameters: { Size: '2' } },
    ),
    expect: ['It update update'],
  },
  {
    name: 'a function URL that loses its authentication',
    doc: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    ...one(
      'AWS::Lambda::Url',
      { AuthType: 'AWS_IAM', TargetFunctionArn: 'f' },
      { AuthType: 'NONE', TargetFunctionArn: 'f' },
    ),
    expect: ['It update access'],
  },
];
