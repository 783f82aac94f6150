import path from 'node:path';
import { fillRole } from '../aws/roles.js';
import type { AssemblyStack } from '../cdk/assembly/model.js';
import { childEnvironment, refusedNames } from '../cdk/environment.js';
import type { ResolvedTarget } from '../environment/model.js';
import { ActionError, messageOf } from '../errors.js';
import type { Aws, ChangeSets, CloudFormation, CredentialServer, Session } from '../ports.js';
import type { Context } from './context.js';
import { sessionFor, wayOf, type AccessInputs, type AccessRequest, type Way } from './sessions.js';
import { asStackRole, type StackRole } from './stack-roles.js';

/** The way into the target's account. */
export interface Access {
  /** 12 digits; undefined only without credentials, which a synthesis may do without. */
  readonly account?: string;
  readonly region: string;
  readonly hasCredentials: boolean;
  /** Environment of `cdk` and of the app. */
  readonly env: Readonly<Record<string, string>>;
  /** CloudFormation with the credentials themselves. */
  cloudFormation(): CloudFormation;
  /** CloudFormation with the role that reads a stack, where the credentials may take it. */
  cloudFormationOf(stack: AssemblyStack): Promise<CloudFormation>;
  /** Change sets with a stack's role for changes, where the credentials may take it. */
  changeSetsOf(role: StackRole | undefined): Promise<ChangeSets>;
  /** How to come here again, for the post step: no secret is in it. */
  readonly way: Way;
}

/**
 * Runs something with access to the target, and takes the access away afterwards, however that ends.
 * @throws ActionError `credentials` when the account is not the target's, or is not allowed
 */
export async function withAccess<T>(
  request: AccessRequest,
  context: Context,
  body: (access: Access) => Promise<T>,
): Promise<T> {
  const { inputs, target } = request;
  const { region } = target;
  const { runner } = context.ports;
  warnOfRefused(inputs.env, context);
  const aws = await context.ports.aws();
  const session = await sessionFor(request, aws, context);
  const server = session && (await context.ports.serveCredentials(context.place.temp, target.region, session));
  try {
    const identified = await identify(request, aws, session);
    const account = identified ?? target.account;
    if (account !== undefined && inputs.maskAccountId) runner.mask(account);
    return await body({
      ...(account === undefined ? {} : { account }),
      region,
      hasCredentials: identified !== undefined,
      env: environmentOf(inputs, target, context, server),
      cloudFormation: () => aws.cloudFormation(target.region, session),
      cloudFormationOf: async (stack) => {
        const role = account === undefined ? undefined : readerRoleOf(stack, account, region);
        return aws.cloudFormation(region, await asStackRole(role, { region, purpose: 'read' }, aws, session, context));
      },
      changeSetsOf: async (role) =>
        aws.changeSets(region, await asStackRole(role, { region, purpose: 'change' }, aws, session, context)),
      way: wayOf(request),
    });
  } finally {
    await server?.close();
  }
}

/** The account of the credentials; undefined without credentials. */
async function identify(
  { inputs, target, purpose }: AccessRequest,
  aws: Aws,
  session: (() => Promise<Session>) | undefined,
): Promise<string | undefined> {
  let account: string;
  try {
    ({ account } = await aws.sts(target.region).callerIdentity(await session?.()));
  } catch (error) {
    if (error instanceof ActionError) throw error;
    // Without look-ups a synthesis needs no account.
    if (purpose === 'synth' && session === undefined) return undefined;
    throw new ActionError(
      'credentials',
      `there are no credentials for ${target.environment} (${messageOf(error)}): set role-to-assume, ` +
        `or the environment's roles in the config, or run aws-actions/configure-aws-credentials before`,
      { cause: error },
    );
  }
  if (target.account !== undefined && account !== target.account) {
    throw new ActionError(
      'credentials',
      `the credentials are of account ${account}, environment ${target.environment} is account ${target.account}: ` +
        `take a role of ${target.account}`,
    );
  }
  if (inputs.allowedAccountIds.length > 0 && !inputs.allowedAccountIds.includes(account)) {
    throw new ActionError(
      'credentials',
      `the credentials are of account ${account}, allowed-account-ids has ` +
        `${inputs.allowedAccountIds.join(', ')}: take a role of an allowed account, or add this one`,
    );
  }
  return account;
}

function environmentOf(
  inputs: AccessInputs,
  target: ResolvedTarget,
  context: Context,
  server: CredentialServer | undefined,
): Record<string, string> {
  return childEnvironment(context.env, {
    pass: inputs.env,
    ambientCredentials: server === undefined,
    set: {
      // Half of the time that `cdk` takes to start goes into compiling itself, the same at every start.
      NODE_COMPILE_CACHE: path.join(context.place.toolCache, 'deploy-action', 'compile-cache'),
      ...(server?.env ?? { AWS_REGION: target.region, AWS_DEFAULT_REGION: target.region }),
    },
  });
}

/** The role that only reads; a stack without one is read with the role that changes it. */
function readerRoleOf({ roles }: AssemblyStack, account: string, region: string): StackRole | undefined {
  const arn = roles.lookup ?? roles.deploy;
  return arn === undefined ? undefined : { arn: fillRole(arn, account, region) };
}

function warnOfRefused(pass: readonly string[], context: Context): void {
  const refused = refusedNames(pass);
  if (refused.length > 0) {
    context.ports.runner.warning(`env names ${refused.join(', ')}, which the app never sees: remove it`);
  }
}

/** Access to an account that is known. */
export type Known = Access & { readonly account: string };

/**
 * Access to an account that is known.
 * @throws ActionError `credentials`
 */
export function withAccount(access: Access): Known {
  const { account } = access;
  if (account === undefined) throw new ActionError('credentials', 'it is not known which account the target is');
  return { ...access, account };
}
