/**
 * Types that hold data but are not marked stateful in the CDK's database, with what is lost with them. The source of a
 * row is the type's page, `typePage(type)`. A test fails when the database comes to mark one, so that the list stays
 * short.
 */
export const DATA_SUPPLEMENT: ReadonlyMap<string, string> = new Map([
  ['AWS::APS::Workspace', 'its metrics'],
  ['AWS::Backup::LogicallyAirGappedBackupVault', 'its recovery points'],
  ['AWS::Cassandra::Keyspace', 'its tables'],
  ['AWS::Cassandra::Table', 'its rows'],
  ['AWS::CloudTrail::EventDataStore', 'its events'],
  ['AWS::CodeArtifact::Repository', 'its packages'],
  ['AWS::CodeCommit::Repository', 'its commits'],
  ['AWS::DSQL::Cluster', 'its tables'],
  ['AWS::DocDBElastic::Cluster', 'its collections'],
  ['AWS::ECR::PublicRepository', 'its images'],
  ['AWS::ECR::Repository', 'its images'],
  ['AWS::ElastiCache::ServerlessCache', 'its entries'],
  ['AWS::FSx::StorageVirtualMachine', 'its volumes'],
  ['AWS::FSx::Volume', 'its files'],
  ['AWS::HealthImaging::Datastore', 'its images'],
  ['AWS::HealthLake::FHIRDatastore', 'its records'],
  ['AWS::KinesisVideo::Stream', 'its recordings'],
  ['AWS::Lightsail::Bucket', 'its objects'],
  ['AWS::Lightsail::Database', 'its tables'],
  ['AWS::Lightsail::Disk', 'its files'],
  ['AWS::MSK::Cluster', 'the messages in its topics'],
  ['AWS::MSK::ServerlessCluster', 'the messages in its topics'],
  ['AWS::MemoryDB::Cluster', 'its entries'],
  ['AWS::NeptuneGraph::Graph', 'its graph'],
  ['AWS::Omics::ReferenceStore', 'its genomes'],
  ['AWS::Omics::SequenceStore', 'its read sets'],
  ['AWS::OpenSearchServerless::Collection', 'its indexes'],
  ['AWS::RDS::GlobalCluster', 'its tables'],
  ['AWS::RedshiftServerless::Namespace', 'its tables'],
  ['AWS::S3Express::DirectoryBucket', 'its objects'],
  ['AWS::S3Tables::Table', 'its rows'],
  ['AWS::S3Tables::TableBucket', 'its tables'],
  ['AWS::S3Vectors::Index', 'its vectors'],
  ['AWS::S3Vectors::VectorBucket', 'its vectors'],
  ['AWS::Serverless::SimpleTable', 'its items'],
  ['AWS::Timestream::Database', 'its tables'],
  ['AWS::Timestream::InfluxDBInstance', 'its buckets'],
  ['AWS::Timestream::Table', 'its records'],
  ['AWS::WorkSpaces::Workspace', 'its user volume'],
]);

/** The page of AWS's documentation about a resource type. */
export function typePage(type: string): string {
  const [, service = '', resource = ''] = type.toLowerCase().split('::');
  if (service === 'serverless') {
    return `https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-${resource}.html`;
  }
  return `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-${service}-${resource}.html`;
}
