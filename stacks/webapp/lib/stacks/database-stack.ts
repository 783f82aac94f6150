import { NestedStack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Items } from '../constructs/items.js';
import type { WebappConfig } from '../params.js';
import type { PartProps } from './part.js';

export class DatabaseStack extends NestedStack {
  readonly items: Items;

  constructor(scope: Construct, id: string, props: PartProps<WebappConfig['database']>) {
    super(scope, id, props);
    this.items = new Items(this, 'items', props);
  }
}
