import type { Resource } from './template.js';

/**
 * Types of which CloudFormation takes a snapshot; for any other type `Snapshot` means `Delete`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
const SNAPSHOTS: ReadonlySet<string> = new Set([
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
]);

/** What stays of a resource that leaves its stack. */
export type Fate = 'kept' | 'snapshot' | 'gone';

/**
 * What stays of a resource that a template no longer has. The deployed template decides: the new one does not mention
 * the resource. `RetainExceptOnCreate` deletes only in the operation that creates.
 */
export function fateWhenDeleted(deployed: Resource): Fate {
  switch (deployed.deletionPolicy ?? defaultDeletion(deployed)) {
    case 'Retain':
    case 'RetainExceptOnCreate':
      return 'kept';
    case 'Snapshot':
      return SNAPSHOTS.has(deployed.type) ? 'snapshot' : 'gone';
    default:
      return 'gone';
  }
}

/** RDS clusters, and instances outside of one, leave a snapshot unless told otherwise (same page as above). */
function defaultDeletion(resource: Resource): string {
  const cluster = resource.type === 'AWS::RDS::DBCluster';
  const alone = resource.type === 'AWS::RDS::DBInstance' && resource.properties.DBClusterIdentifier === undefined;
  return cluster || alone ? 'Snapshot' : 'Delete';
}

/**
 * What stays of the old resource when a new one takes its place. `DeletionPolicy` does not count, nor its default:
 * without `UpdateReplacePolicy` the old one is deleted. The new template decides, because an update carries out what
 * was submitted; AWS's page does not say so for a policy that comes in the same update as the replacement.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export function fateWhenReplaced(deployed: Resource, submitted: Resource): Fate {
  if (submitted.updateReplacePolicy === 'Retain') return 'kept';
  return submitted.updateReplacePolicy === 'Snapshot' && SNAPSHOTS.has(deployed.type) ? 'snapshot' : 'gone';
}
