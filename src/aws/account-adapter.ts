import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetParameterCommand, SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';
import type { AccountReader } from '../ports.js';

/** How the clients of AWS are made. Those of the two services take the same. */
type ClientOptions = Pick<
  SSMClientConfig,
  'region' | 'endpoint' | 'credentials' | 'maxAttempts' | 'retryMode' | 'requestHandler'
>;

/** IAM's own default, in seconds: a role that does not say has it. */
const DEFAULT_SESSION = 3600;

/** Roles and parameters of an account, through AWS's SDK. */
export function accountReader(options: ClientOptions): AccountReader {
  return {
    async role(RoleName) {
      const found = await unless('NoSuchEntity', () => new IAMClient(options).send(new GetRoleCommand({ RoleName })));
      if (found?.Role === undefined) return undefined;
      const { AssumeRolePolicyDocument = '', MaxSessionDuration = DEFAULT_SESSION } = found.Role;
      // IAM gives a policy's text as part of an address is written.
      return { trustPolicy: decodeURIComponent(AssumeRolePolicyDocument), maxSessionSeconds: MaxSessionDuration };
    },
    async parameter(Name) {
      const found = await unless('ParameterNotFound', () =>
        new SSMClient(options).send(new GetParameterCommand({ Name })),
      );
      return found?.Parameter?.Value;
    },
  };
}

async function unless<T>(absent: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name.startsWith(absent)) return undefined;
    throw error;
  }
}
