import { reference, resources, type Golden } from './case.js';

const deletion = reference('aws-attribute-deletionpolicy');
const replacing = reference('aws-attribute-updatereplacepolicy');
const empty = resources({});
const table = (name: string | undefined, attributes: object = {}, key = 'id'): ReturnType<typeof resources> =>
  resources({
    Table: [
      'AWS::DynamoDB::Table',
      {
        ...(name !== undefined && { TableName: name }),
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
      attributes,
    ],
  });

/** What holds data, and what keeps it. */
export const DATA: readonly Golden[] = [
  {
    name: 'a bucket without a policy is deleted',
    doc: deletion,
    before: resources({ Bucket: ['AWS::S3::Bucket'] }),
    after: empty,
    expect: ['Bucket delete data-loss'],
  },
  {
    name: 'a bucket with Retain only leaves the stack',
    doc: deletion,
    before: resources({ Bucket: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }] }),
    after: empty,
    expect: ['Bucket delete update'],
  },
  {
    name: 'RetainExceptOnCreate retains in an update',
    doc: deletion,
    before: resources({ Bucket: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'RetainExceptOnCreate' }] }),
    after: empty,
    expect: ['Bucket delete update'],
  },
  {
    name: 'Snapshot of a type that has none is Delete',
    doc: replacing,
    before: resources({ Bucket: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Snapshot' }] }),
    after: empty,
    expect: ['Bucket delete data-loss'],
  },
  {
    name: 'a volume leaves a snapshot',
    doc: deletion,
    before: resources({ Volume: ['AWS::EC2::Volume', { Size: 8 }, { DeletionPolicy: 'Snapshot' }] }),
    after: empty,
    expect: ['Volume delete update'],
  },
  {
    name: 'an RDS cluster leaves a snapshot by default; its endpoint goes',
    doc: deletion,
    before: resources({ Db: ['AWS::RDS::DBCluster', { Engine: 'aurora-mysql' }] }),
    after: empty,
    expect: ['Db delete address'],
  },
  {
    name: 'an RDS instance of a cluster has no data of its own',
    doc: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html',
    before: resources({ Db: ['AWS::RDS::DBInstance', { DBClusterIdentifier: 'c', DBInstanceClass: 'db.r6g.large' }] }),
    after: empty,
    expect: ['Db delete address'],
  },
  {
    name: 'an RDS instance with Delete goes with its data',
    doc: deletion,
    before: resources({ Db: ['AWS::RDS::DBInstance', { Engine: 'mysql' }, { DeletionPolicy: 'Delete' }] }),
    after: empty,
    expect: ['Db delete data-loss'],
  },
  {
    name: 'a key of another name replaces a table',
    doc: reference('aws-resource-dynamodb-table'),
    before: table(undefined),
    after: table(undefined, {}, 'tenant'),
    expect: ['Table replace data-loss'],
  },
  {
    name: 'DeletionPolicy does not keep what is replaced',
    doc: deletion,
    before: table(undefined, { DeletionPolicy: 'Retain' }),
    after: table(undefined, { DeletionPolicy: 'Retain' }, 'tenant'),
    expect: ['Table replace data-loss'],
  },
  {
    name: 'UpdateReplacePolicy does',
    doc: replacing,
    before: table(undefined, { UpdateReplacePolicy: 'Retain' }),
    after: table(undefined, { UpdateReplacePolicy: 'Retain' }, 'tenant'),
    expect: ['Table replace update'],
  },
  {
    name: 'a named table that is renamed and retained has another name',
    doc: replacing,
    before: table('orders', { UpdateReplacePolicy: 'Retain' }),
    after: table('orders-v2', { UpdateReplacePolicy: 'Retain' }),
    expect: ['Table replace address'],
  },
  {
    name: 'the policy on replacement of the new template counts',
    doc: replacing,
    before: table(undefined, { UpdateReplacePolicy: 'Retain' }),
    after: table(undefined, { UpdateReplacePolicy: 'Delete' }, 'tenant'),
    expect: ['Table replace data-loss'],
  },
  {
    name: 'another logical id is another resource',
    doc: 'https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html',
    before: resources({ BucketOld: ['AWS::S3::Bucket'] }),
    after: resources({ BucketNew: ['AWS::S3::Bucket'] }),
    expect: ['BucketNew add add', 'BucketOld delete data-loss'],
  },
  {
    name: 'a weaker policy deletes nothing yet',
    doc: deletion,
    before: resources({ Bucket: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }] }),
    after: resources({ Bucket: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Delete' }] }),
    expect: ['Bucket update update'],
  },
  {
    name: 'a repository of images',
    doc: reference('aws-resource-ecr-repository'),
    before: resources({ Images: ['AWS::ECR::Repository'] }),
    after: empty,
    expect: ['Images delete data-loss'],
  },
  {
    name: 'a Kafka cluster whose subnets change is replaced',
    doc: reference('aws-resource-msk-cluster'),
    before: resources({ Kafka: ['AWS::MSK::Cluster', { ClusterName: 'k', BrokerNodeGroupInfo: {} }] }),
    after: resources({ Kafka: ['AWS::MSK::Cluster', { ClusterName: 'k2', BrokerNodeGroupInfo: {} }] }),
    expect: ['Kafka replace data-loss'],
  },
  {
    name: 'a bucket of tables',
    doc: reference('aws-resource-s3tables-tablebucket'),
    before: resources({ Lake: ['AWS::S3Tables::TableBucket', { TableBucketName: 'lake' }] }),
    after: empty,
    expect: ['Lake delete data-loss'],
  },
  {
    name: 'a DSQL cluster',
    doc: reference('aws-resource-dsql-cluster'),
    before: resources({ Sql: ['AWS::DSQL::Cluster'] }),
    after: empty,
    expect: ['Sql delete data-loss'],
  },
  {
    name: 'a nested property replaces a file system',
    doc: reference('aws-properties-fsx-filesystem-lustreconfiguration'),
    before: resources({ Files: ['AWS::FSx::FileSystem', { LustreConfiguration: { DeploymentType: 'SCRATCH_2' } }] }),
    after: resources({ Files: ['AWS::FSx::FileSystem', { LustreConfiguration: { DeploymentType: 'PERSISTENT_1' } }] }),
    expect: ['Files replace data-loss'],
  },
  {
    name: 'encryption at rest that was set and changes may replace a search domain',
    doc: reference('aws-resource-elasticsearch-domain'),
    before: resources({ Search: ['AWS::Elasticsearch::Domain', { EncryptionAtRestOptions: { Enabled: true } }] }),
    after: resources({ Search: ['AWS::Elasticsearch::Domain', { EncryptionAtRestOptions: { Enabled: false } }] }),
    expect: ['Search replace? data-loss'],
  },
  {
    name: 'another type of machine replaces an instance only without EBS',
    doc: reference('aws-resource-ec2-instance'),
    before: resources({ Host: ['AWS::EC2::Instance', { InstanceType: 't3.small' }] }),
    after: resources({ Host: ['AWS::EC2::Instance', { InstanceType: 't3.large' }] }),
    expect: ['Host replace? update'],
  },
  {
    name: 'a nested stack goes with all that is in it',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html',
    before: resources({ Nested: ['AWS::CloudFormation::Stack', { TemplateURL: 'https://x' }] }),
    after: empty,
    expect: ['Nested delete data-loss'],
  },
  {
    name: 'a nested stack without data',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html',
    before: resources({ Nested: ['AWS::CloudFormation::Stack', { TemplateURL: 'https://x' }] }),
    after: empty,
    input: { nested: { Nested: resources({ Role: ['AWS::IAM::Role'] }) } },
    expect: ['Nested delete update'],
  },
  {
    name: 'a condition that no longer holds deletes',
    doc: reference('intrinsic-function-reference-conditions'),
    before: resources(
      { Bucket: ['AWS::S3::Bucket', {}, { Condition: 'Here' }] },
      { Conditions: { Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } } },
    ),
    after: resources(
      { Bucket: ['AWS::S3::Bucket', {}, { Condition: 'Here' }] },
      { Conditions: { Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } } },
    ),
    expect: ['Bucket delete data-loss', 'condition:Here update update'],
  },
  {
    name: 'a condition that may no longer hold may delete',
    doc: reference('intrinsic-function-reference-conditions'),
    before: resources(
      { Bucket: ['AWS::S3::Bucket', {}, { Condition: 'Here' }] },
      { Conditions: { Here: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } },
    ),
    after: resources(
      { Bucket: ['AWS::S3::Bucket', {}, { Condition: 'Here' }] },
      { Conditions: { Here: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } } },
    ),
    expect: ['Bucket update data-loss', 'condition:Here update update'],
  },
  {
    name: 'a named bucket with Retain keeps its name',
    doc: deletion,
    before: resources({ Bucket: ['AWS::S3::Bucket', { BucketName: 'b' }, { DeletionPolicy: 'Retain' }] }),
    after: empty,
    expect: ['Bucket delete update'],
  },
  {
    name: 'a nested stack can be retained as well',
    doc: deletion,
    before: resources({
      Nested: ['AWS::CloudFormation::Stack', { TemplateURL: 'https://x' }, { DeletionPolicy: 'Retain' }],
    }),
    after: empty,
    expect: ['Nested delete update'],
  },
];
