import { DATA_SUPPLEMENT } from './data.js';
import { fateWhenDeleted } from './retention.js';
import { holdsData } from './spec.js';
import { resourcesOf, type Resource, type Template } from './template.js';

/**
 * Instances whose data lie in the volume of their cluster and stay there without them.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/how-it-works.html
 * https://docs.aws.amazon.com/neptune/latest/userguide/feature-overview-storage.html
 */
const IN_CLUSTER: ReadonlySet<string> = new Set(['AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance']);

/** What is lost with a resource; undefined when it holds nothing of its own. Nested stacks are looked at apart. */
export function dataIn(resource: Resource): string | undefined {
  if (resource.type === 'AWS::CloudFormation::Stack' || IN_CLUSTER.has(resource.type)) return undefined;
  if (resource.type === 'AWS::RDS::DBInstance' && resource.properties.DBClusterIdentifier !== undefined)
    return undefined;
  return holdsData(resource.type) ? (DATA_SUPPLEMENT.get(resource.type) ?? 'its data') : undefined;
}

/** Logical ids in a deployed template that hold data and go with their stack without being kept. */
export function lostWith(template: Template): readonly string[] {
  return [...resourcesOf(template)]
    .filter(([, resource]) => dataIn(resource) !== undefined && fateWhenDeleted(resource) === 'gone')
    .map(([id]) => id);
}
