import { Fn } from 'aws-cdk-lib/core';

/**
 * The first zones of the stack's region, by what CloudFormation finds there. The CDK would rather look their names up,
 * which needs credentials at synthesis and a cached answer for each account.
 *
 * @param count at most 3: more than that no region has for sure
 */
export function regionZones(count: 1 | 2 | 3): string[] {
  return Array.from({ length: count }, (_, index) => Fn.select(index, Fn.getAzs()));
}
