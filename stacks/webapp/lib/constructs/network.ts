import type { Lifecycle, Names } from '@fastish/stack-kit';
import { FlowLogDestination, GatewayVpcEndpointAwsService, IpAddresses, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { WebappConfig } from '../params.js';

export interface NetworkProps {
  readonly names: Names;
  readonly lifecycle: Lifecycle;
  readonly config: WebappConfig['network'];
}

/** A VPC with public and private subnets, a way out through NAT, and a record of its traffic. */
export class Network extends Construct {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, { names, lifecycle, config }: NetworkProps) {
    super(scope, id);
    this.vpc = new Vpc(this, 'vpc', {
      vpcName: names.of('vpc'),
      ipAddresses: IpAddresses.cidr(config.cidr),
      maxAzs: config.zones,
      natGateways: config.natGateways,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      ],
      // Emptying the default group takes a custom resource with rights on every group; nothing here uses that group.
      restrictDefaultSecurityGroup: false,
    });
    const logs = new LogGroup(this, 'flow-logs', {
      logGroupName: names.of('flow-logs'),
      retention: lifecycle.logRetentionDays,
      removalPolicy: lifecycle.removal,
    });
    this.vpc.addFlowLog('flow', { destination: FlowLogDestination.toCloudWatchLogs(logs) });
    // The table's traffic stays inside AWS and off the NAT gateways' bill; this kind of endpoint is free.
    this.vpc.addGatewayEndpoint('dynamodb', { service: GatewayVpcEndpointAwsService.DYNAMODB });
  }
}
