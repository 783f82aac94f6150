import { renewing } from '../aws/renewing.js';
import { fillRole } from '../aws/roles.js';
import type { AssemblyStack } from '../cdk/assembly/model.js';
import { messageOf } from '../errors.js';
import type { Aws, Session } from '../ports.js';
import type { Context } from './context.js';

/** A role of the bootstrap, as a stack names it. */
export interface StackRole {
  readonly arn: string;
  readonly externalId?: string;
}

/** The role that changes a stack; undefined for one that is deployed with the credentials themselves. */
export function deployRoleOf(stack: AssemblyStack, account: string, region: string): StackRole | undefined {
  const { deploy, deployExternalId } = stack.roles;
  if (deploy === undefined) return undefined;
  return {
    arn: fillRole(deploy, account, region),
    ...(deployExternalId === undefined ? {} : { externalId: deployExternalId }),
  };
}

/**
 * The session of a stack's role, where the credentials may take it, and the credentials themselves where not: an account
 * that is not bootstrapped has no such role.
 */
export async function asStackRole(
  role: StackRole | undefined,
  { region, purpose }: { readonly region: string; readonly purpose: 'read' | 'change' },
  aws: Aws,
  session: (() => Promise<Session>) | undefined,
  { ports }: Pick<Context, 'ports'>,
): Promise<(() => Promise<Session>) | undefined> {
  if (role === undefined) return session;
  const request = {
    roleArn: role.arn,
    sessionName: `deploy-action-${purpose}`,
    durationSeconds: 900,
    ...(role.externalId === undefined ? {} : { externalId: role.externalId }),
  };
  const renewed = renewing(async () => aws.sts(region).assumeRole(request, await session?.()), ports.clock);
  try {
    await renewed();
    return renewed;
  } catch (error) {
    ports.runner.debug(`${role.arn} cannot be taken to ${purpose}: ${messageOf(error)}`);
    return session;
  }
}
