/** Partitions by the beginning of a region's name; every other region is in `aws`. AWS: Amazon Resource Names. */
const PARTITIONS: Readonly<Record<string, string>> = { 'cn-': 'aws-cn', 'us-gov-': 'aws-us-gov', 'eusc-': 'aws-eusc' };

/** A role's ARN in an assembly, with CloudFormation's placeholders filled in. */
export function fillRole(arn: string, account: string, region: string): string {
  const prefix = Object.keys(PARTITIONS).find((start) => region.startsWith(start));
  return arn
    .replaceAll('${AWS::Partition}', (prefix && PARTITIONS[prefix]) ?? 'aws')
    .replaceAll('${AWS::AccountId}', account)
    .replaceAll('${AWS::Region}', region);
}
