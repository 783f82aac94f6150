import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { NestedStack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Api } from '../constructs/api.js';
import type { WebappConfig } from '../params.js';
import type { PartProps } from './part.js';

export interface ApiStackProps extends PartProps<WebappConfig['api']> {
  readonly userPool: IUserPool;
  readonly handler: IFunction;
}

export class ApiStack extends NestedStack {
  readonly api: Api;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    this.api = new Api(this, 'api', props);
  }
}
