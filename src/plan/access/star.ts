/**
 * Actions that take no resource but `*`, as far as CDK constructs grant them: the `*` beside them widens nothing.
 * Service Authorization Reference, column "Resource types" empty.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const STAR_ONLY: ReadonlySet<string> = new Set([
  'cloudwatch:putmetricdata',
  'ec2:describeinstances',
  'ec2:describenetworkinterfaces',
  'ec2:describesecuritygroups',
  'ec2:describesubnets',
  'ec2:describevpcs',
  'ecr:getauthorizationtoken',
  'logs:describeloggroups',
  'sts:getcalleridentity',
  'xray:getsamplingrules',
  'xray:getsamplingstatisticsummaries',
  'xray:getsamplingtargets',
  'xray:puttelemetryrecords',
  'xray:puttracesegments',
]);

/** Whether an action is every action, or every one of a service. */
export function isEveryAction(action: string): boolean {
  return action === '*' || action.endsWith(':*');
}

/** Whether a resource is every resource, or every one of a service. */
export function isEveryResource(resource: string): boolean {
  return resource === '*' || /^arn:(?:[^:]*:){4}\*$/.test(resource);
}
