import { acknowledge, type Lifecycle, type Names } from '@fastish/stack-kit';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { WebappConfig } from '../params.js';

export interface ItemsProps {
  readonly names: Names;
  readonly lifecycle: Lifecycle;
  readonly config: WebappConfig['database'];
}

/** The table of what users keep, one partition a user. */
export class Items extends Construct {
  readonly table: Table;
  readonly indexes: readonly string[];
  private readonly key: IKey | undefined;

  constructor(scope: Construct, id: string, { names, lifecycle, config }: ItemsProps) {
    super(scope, id);
    this.key =
      config.encryption === 'customer-managed'
        ? new Key(this, 'key', {
            alias: names.of('table'),
            description: `encrypts the table of ${names.prefix}`,
            enableKeyRotation: true,
            removalPolicy: lifecycle.removal,
          })
        : undefined;
    this.table = new Table(this, 'table', {
      tableName: names.of('items'),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: config.pointInTimeRecovery },
      deletionProtection: lifecycle.protect,
      removalPolicy: lifecycle.removal,
      ...(this.key === undefined
        ? { encryption: TableEncryption.AWS_MANAGED }
        : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: this.key }),
    });
    for (const { name, partition, sort } of config.indexes) {
      this.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      });
    }
    this.indexes = config.indexes.map(({ name }) => name);
    if (!config.pointInTimeRecovery) {
      acknowledge(this.table, { 'AwsSolutions-DDB3': 'the template says that this data need not be restored' });
    }
  }

  /**
   * The right to read and write single items and to query one partition; no scan, no change of the table. The CDK's own
   * grants would take every index and wildcards of the key's actions.
   */
  grantUse(grantee: IGrantable): void {
    const role = grantee.grantPrincipal;
    role.addToPrincipalPolicy(
      new PolicyStatement({
        sid: 'UseItems',
        actions: [
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          'dynamodb:Query',
        ],
        resources: [this.table.tableArn],
      }),
    );
    if (this.indexes.length > 0) {
      role.addToPrincipalPolicy(
        new PolicyStatement({
          sid: 'QueryIndexes',
          actions: ['dynamodb:Query'],
          resources: this.indexes.map((name) => `${this.table.tableArn}/index/${name}`),
        }),
      );
    }
    if (this.key !== undefined) {
      role.addToPrincipalPolicy(
        new PolicyStatement({
          sid: 'UseTableKey',
          actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
          resources: [this.key.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
        }),
      );
    }
  }
}
