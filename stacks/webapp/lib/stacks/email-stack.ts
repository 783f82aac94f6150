import { NestedStack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Sender } from '../constructs/sender.js';
import type { WebappConfig } from '../params.js';
import type { PartProps } from './part.js';

export class EmailStack extends NestedStack {
  readonly sender: Sender;

  constructor(scope: Construct, id: string, props: PartProps<WebappConfig['email']>) {
    super(scope, id, props);
    this.sender = new Sender(this, 'sender', props);
  }
}
