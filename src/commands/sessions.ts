import { takeRoles } from '../aws/chain.js';
import { renewing } from '../aws/renewing.js';
import type { ResolvedTarget, RoleHop } from '../environment/model.js';
import { messageOf } from '../errors.js';
import type { CredentialInputs, WhereInputs } from '../inputs.js';
import type { Aws, Session } from '../ports.js';
import type { Context } from './context.js';

export type AccessInputs = WhereInputs & CredentialInputs & { readonly env: readonly string[] };

export interface AccessRequest {
  readonly inputs: AccessInputs;
  readonly target: ResolvedTarget;
  /** Which of the environment's roles; `synth` takes the plan's if the job may, and none otherwise. */
  readonly purpose: 'plan' | 'deploy' | 'synth';
}

/** The roles on the way to an account, and how they are taken. */
export interface Way extends Pick<CredentialInputs, 'sessionName' | 'durationSeconds' | 'sessionTags' | 'audience'> {
  readonly region: string;
  /** First hop first. Empty: the credentials of the job are used. */
  readonly hops: readonly RoleHop[];
}

/** The way of a request, to be gone again later. */
export function wayOf({ inputs, target, purpose }: AccessRequest): Way {
  const { sessionName, durationSeconds, sessionTags, audience } = inputs;
  const hops = purpose === 'synth' ? [] : target.roles[purpose];
  return { region: target.region, hops, sessionName, durationSeconds, sessionTags, audience };
}

function rolesOf({ inputs, target, purpose }: AccessRequest, context: Context): ResolvedTarget['roles']['plan'] {
  if (purpose !== 'synth') return target.roles[purpose];
  const mayTake = inputs.roles.length > 0 || context.env['ACTIONS_ID_TOKEN_REQUEST_URL'] !== undefined;
  return mayTake ? target.roles.plan : [];
}

/**
 * Gives the session of the target's roles, renewed as long as it is asked for.
 * @returns undefined when the credentials of the job are to be used, if there are any
 */
export async function sessionFor(
  request: AccessRequest,
  aws: Aws,
  context: Context,
): Promise<(() => Promise<Session>) | undefined> {
  const hops = rolesOf(request, context);
  if (hops.length === 0) return undefined;
  const session = sessionsOn({ ...wayOf(request), hops }, aws, context);
  if (request.purpose !== 'synth' || request.inputs.roles.length > 0) return session;
  try {
    await session();
    return session;
  } catch (error) {
    // The plan's role may trust pull requests alone, and most syntheses ask AWS for nothing.
    context.ports.runner.notice(`synthesising without credentials: ${messageOf(error)}`);
    return undefined;
  }
}

/** Sessions at the end of a way, which has at least one role; renewed as long as they are asked for. */
export function sessionsOn(
  { hops, region, sessionTags: tagged, ...options }: Way,
  aws: Aws,
  { env, ports }: Pick<Context, 'env' | 'ports'>,
): () => Promise<Session> {
  const chain = { ...options, tags: tagged ? sessionTags(env) : {} };
  return renewing(() => takeRoles(hops, chain, aws.sts(region), ports.runner), ports.clock);
}

/** The tags that `aws-actions/configure-aws-credentials` sends, so that policies written for it go on working. */
function sessionTags(env: Context['env']): Readonly<Record<string, string>> {
  const tags: Record<string, string | undefined> = {
    GitHub: 'Actions',
    Repository: env['GITHUB_REPOSITORY'],
    Workflow: env['GITHUB_WORKFLOW'],
    Action: env['GITHUB_ACTION'],
    Actor: env['GITHUB_ACTOR'],
    Commit: env['GITHUB_SHA'],
    Branch: env['GITHUB_REF'],
  };
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) =>
      // A tag's value holds 256 characters of a limited set: IAM quotas.
      value ? [[key, value.replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').slice(0, 256)] as const] : [],
    ),
  );
}
