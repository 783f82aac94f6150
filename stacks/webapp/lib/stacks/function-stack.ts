import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { NestedStack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Handler } from '../constructs/handler.js';
import type { Items } from '../constructs/items.js';
import type { Sender } from '../constructs/sender.js';
import type { WebappConfig } from '../params.js';
import type { PartProps } from './part.js';

export interface FunctionStackProps extends PartProps<WebappConfig['function']> {
  readonly origins: readonly string[];
  readonly vpc: IVpc;
  readonly items: Items;
  readonly sender: Sender;
}

export class FunctionStack extends NestedStack {
  readonly handler: Handler;

  constructor(scope: Construct, id: string, props: FunctionStackProps) {
    super(scope, id, props);
    this.handler = new Handler(this, 'handler', props);
  }
}
