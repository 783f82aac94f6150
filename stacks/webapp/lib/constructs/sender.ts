import type { Names } from '@fastish/stack-kit';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { ConfigurationSet, ConfigurationSetTlsPolicy, EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { WebappConfig } from '../params.js';

export interface SenderProps {
  readonly names: Names;
  readonly config: WebappConfig['email'];
}

/** The domain that messages come from, signed with DKIM. */
export class Sender extends Construct {
  readonly identity: EmailIdentity;
  /** The address of automatic messages. */
  readonly address: string;
  /** DNS records that somebody has to set, as outputs; none when a hosted zone got them. */
  readonly recordsToSet: Readonly<Record<string, string>>;
  /** ARNs of what is sent with, made from names: a reference would be one more parameter between nested stacks. */
  private readonly arns: string[];

  constructor(scope: Construct, id: string, { names, config }: SenderProps) {
    super(scope, id);
    const { domain, hostedZone } = config;
    const configurationSet = new ConfigurationSet(this, 'configuration-set', {
      configurationSetName: names.of('email'),
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
    });
    this.identity = new EmailIdentity(this, 'identity', {
      identity: hostedZone === undefined ? Identity.domain(domain) : zoneIdentity(this, domain, hostedZone),
      configurationSet,
      dkimSigning: true,
    });
    const { account, partition, region } = Stack.of(this);
    this.arns = [`identity/${domain}`, `configuration-set/${names.of('email')}`].map(
      (resource) => `arn:${partition}:ses:${region}:${account}:${resource}`,
    );
    this.address = `no-reply@${domain}`;
    this.recordsToSet = hostedZone === undefined ? dkimRecords(this.identity) : {};
  }

  /** The right to send from this domain, with its configuration set, and from no other. */
  grantSend(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        sid: 'SendEmail',
        actions: ['ses:SendEmail'],
        resources: this.arns,
        conditions: { StringEquals: { 'ses:FromAddress': this.address } },
      }),
    );
  }
}

function zoneIdentity(scope: Construct, zoneName: string, hostedZoneId: string): Identity {
  return Identity.publicHostedZone(
    PublicHostedZone.fromPublicHostedZoneAttributes(scope, 'zone', { hostedZoneId, zoneName }),
  );
}

function dkimRecords(identity: EmailIdentity): Record<string, string> {
  const records = identity.dkimRecords.map(({ name, value }, index) => [
    `DkimRecord${index + 1}`,
    `${name} CNAME ${value}`,
  ]);
  return Object.fromEntries(records) as Record<string, string>;
}
