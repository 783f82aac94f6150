import { NestedStack } from 'aws-cdk-lib/core';
import type { EmailIdentity } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { Users } from '../constructs/users.js';
import type { WebappConfig } from '../params.js';
import type { PartProps } from './part.js';

export interface AuthenticationStackProps extends PartProps<WebappConfig['authentication']> {
  readonly identity: EmailIdentity;
  readonly domain: string;
}

export class AuthenticationStack extends NestedStack {
  readonly users: Users;

  constructor(scope: Construct, id: string, props: AuthenticationStackProps) {
    super(scope, id, props);
    this.users = new Users(this, 'users', props);
    // Cognito checks the identity when the pool is made.
    if (props.config.sender !== undefined) this.node.addDependency(props.identity);
  }
}
