import { regionZones } from '@fastish/stack-kit';
import { NestedStack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Network } from '../constructs/network.js';
import type { WebappConfig } from '../params.js';
import type { PartProps } from './part.js';

export class NetworkStack extends NestedStack {
  readonly network: Network;

  constructor(scope: Construct, id: string, props: PartProps<WebappConfig['network']>) {
    super(scope, id, props);
    this.network = new Network(this, 'network', props);
  }

  /** The VPC asks its stack for zones; the CDK's own answer is a look-up. */
  override get availabilityZones(): string[] {
    return regionZones(3);
  }
}
