import type { Names } from '@fastish/stack-kit';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { WebappConfig } from '../params.js';
import { ApiStack } from './api-stack.js';
import { AuthenticationStack } from './authentication-stack.js';
import { DatabaseStack } from './database-stack.js';
import { EmailStack } from './email-stack.js';
import { FunctionStack } from './function-stack.js';
import { NetworkStack } from './network-stack.js';

export interface WebappStackProps extends StackProps {
  readonly names: Names;
  readonly config: WebappConfig;
}

/** The web application: one stack to deploy, a nested one for each part. */
export class WebappStack extends Stack {
  readonly network: NetworkStack;
  readonly authentication: AuthenticationStack;
  readonly database: DatabaseStack;
  readonly email: EmailStack;
  readonly api: ApiStack;
  readonly function: FunctionStack;

  constructor(scope: Construct, id: string, props: WebappStackProps) {
    super(scope, id, props);
    const { names, config } = props;
    const part = { names, lifecycle: config.lifecycle };

    this.network = new NetworkStack(this, 'network', { ...part, config: config.network });
    this.email = new EmailStack(this, 'email', { ...part, config: config.email });
    this.authentication = new AuthenticationStack(this, 'authentication', {
      ...part,
      config: config.authentication,
      identity: this.email.sender.identity,
      domain: config.email.domain,
    });
    this.database = new DatabaseStack(this, 'database', { ...part, config: config.database });
    this.function = new FunctionStack(this, 'function', {
      ...part,
      config: config.function,
      origins: config.api.origins,
      vpc: this.network.network.vpc,
      items: this.database.items,
      sender: this.email.sender,
    });
    this.api = new ApiStack(this, 'api', {
      ...part,
      config: config.api,
      userPool: this.authentication.users.pool,
      handler: this.function.handler.function,
    });
    this.publish();
  }

  /** What a person or another system needs to use the application. */
  private publish(): void {
    const outputs: Record<string, string> = {
      ApiUrl: this.api.api.rest.url,
      UserPoolId: this.authentication.users.pool.userPoolId,
      UserPoolClientId: this.authentication.users.client.userPoolClientId,
      TableName: this.database.items.table.tableName,
      VpcId: this.network.network.vpc.vpcId,
      ...this.email.sender.recordsToSet,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
