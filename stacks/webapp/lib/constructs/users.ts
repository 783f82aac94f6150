import { acknowledge, ConfigError, type Lifecycle, type Names } from '@fastish/stack-kit';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
} from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { WebappConfig } from '../params.js';

export interface UsersProps {
  readonly names: Names;
  readonly lifecycle: Lifecycle;
  readonly config: WebappConfig['authentication'];
  /** The verified domain that messages come from. */
  readonly domain: string;
}

/** Who may sign in, how, and in which groups they are. */
export class Users extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: UsersProps) {
    super(scope, id);
    const { names, lifecycle, config } = props;
    this.pool = new UserPool(this, 'pool', {
      userPoolName: names.of('userpool'),
      selfSignUpEnabled: config.selfSignUp,
      signInAliases: { email: true },
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: config.mfa === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      // No text messages: they cost, need an origination number, and are the weaker factor.
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: config.passwordLength,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      ...(config.threatProtection
        ? {
            featurePlan: FeaturePlan.PLUS,
            standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
          }
        : { featurePlan: FeaturePlan.ESSENTIALS }),
      email: senderOf(props),
      deletionProtection: lifecycle.protect,
      removalPolicy: lifecycle.removal,
    });
    for (const group of config.groups) {
      new CfnUserPoolGroup(this, `group-${group}`, { userPoolId: this.pool.userPoolId, groupName: group });
    }
    this.client = this.pool.addClient('client', {
      userPoolClientName: names.of('client'),
      authFlows: { userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    });
    if (config.mfa === 'optional') {
      acknowledge(this.pool, {
        'AwsSolutions-COG2': 'a prototype lets people try the application before they set up an authenticator',
      });
    }
    if (!config.threatProtection) {
      acknowledge(this.pool, {
        'AwsSolutions-COG8': 'the plus tier is billed by user and pays off only where real accounts are',
      });
    }
  }
}

function senderOf({ config, domain }: UsersProps): UserPoolEmail {
  if (config.sender === undefined) return UserPoolEmail.withCognito();
  if (!config.sender.endsWith(`@${domain}`)) {
    throw new ConfigError(
      `deployment:ses:email "${config.sender}" is not at deployment:domain "${domain}": change one`,
    );
  }
  return UserPoolEmail.withSES({ fromEmail: config.sender, sesVerifiedDomain: domain });
}
