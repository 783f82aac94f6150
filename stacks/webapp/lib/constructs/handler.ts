import { fileURLToPath } from 'node:url';
import { acknowledge, type Lifecycle, type Names } from '@fastish/stack-kit';
import { type IVpc, Peer, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { WebappConfig } from '../params.js';
import type { Items } from './items.js';
import type { Sender } from './sender.js';

const CODE = fileURLToPath(new URL('../../lambda', import.meta.url));

export interface HandlerProps {
  readonly names: Names;
  readonly lifecycle: Lifecycle;
  readonly config: WebappConfig['function'];
  readonly origins: readonly string[];
  readonly vpc: IVpc;
  readonly items: Items;
  readonly sender: Sender;
}

/** The function behind the API: ARM, in the private subnets, traced, with the rights that its code uses. */
export class Handler extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, props: HandlerProps) {
    super(scope, id);
    const { names, lifecycle, config, items, sender } = props;
    const logGroup = new LogGroup(this, 'logs', {
      logGroupName: `/aws/lambda/${names.of('api')}`,
      retention: lifecycle.logRetentionDays,
      removalPolicy: lifecycle.removal,
    });
    const role = this.role(logGroup);
    this.function = new Function(this, 'function', {
      functionName: names.of('api'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(CODE),
      memorySize: config.memory,
      timeout: Duration.seconds(config.timeout),
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      vpc: props.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [this.securityGroup(names, props.vpc)],
      environment: {
        TABLE: items.table.tableName,
        ORIGINS: props.origins.join(','),
        ...(items.indexes[0] === undefined ? {} : { INDEX: items.indexes[0] }),
        ...(config.sendsEmail ? { SENDER: sender.address } : {}),
      },
    });
    items.grantUse(role);
    if (config.sendsEmail) sender.grantSend(role);
  }

  /** Not the managed policies: those may write to every log group of the account. */
  private role(logs: LogGroup): Role {
    const role = new Role(this, 'role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const allow = (sid: string, actions: string[], resources: string[]) =>
      role.addToPolicy(new PolicyStatement({ sid, actions, resources }));
    allow('WriteLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]);
    allow(
      'JoinVpc',
      [
        'ec2:CreateNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:DeleteNetworkInterface',
        'ec2:AssignPrivateIpAddresses',
        'ec2:UnassignPrivateIpAddresses',
      ],
      ['*'],
    );
    acknowledge(role, {
      'AwsSolutions-IAM5[Resource::*]': 'network interfaces have no name before they exist, and X-Ray has no resources',
    });
    return role;
  }

  private securityGroup(names: Names, vpc: IVpc): SecurityGroup {
    const group = new SecurityGroup(this, 'security-group', {
      vpc,
      securityGroupName: names.of('function'),
      description: 'the function of the API: nothing in, HTTPS out',
      allowAllOutbound: false,
    });
    group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'AWS services');
    return group;
  }
}
