import type { RoleHop } from '../environment/model.js';
import { ActionError, messageOf } from '../errors.js';
import type { AssumeRoleRequest, Runner, Session, Sts } from '../ports.js';
import { claimsOf, trustAdvice } from './trust.js';

export interface ChainOptions {
  readonly sessionName: string;
  /** Seconds. */
  readonly durationSeconds: number;
  readonly audience: string;
  /** Sent on every hop but the first, which takes its tags from GitHub's token. */
  readonly tags: Readonly<Record<string, string>>;
}

/** AWS's limit for a session that was made with another role's session. */
const CHAINED_SECONDS = 3600;

/**
 * Takes the roles one after the other: the first with GitHub's OIDC token, each of the others with the session of the
 * one before.
 * @throws ActionError `credentials`, with what to change in the workflow or in the trust policy
 */
export async function takeRoles(
  hops: readonly RoleHop[],
  options: ChainOptions,
  sts: Sts,
  runner: Pick<Runner, 'oidcToken' | 'mask' | 'notice'>,
): Promise<Session> {
  const [first, ...rest] = hops;
  if (first === undefined) throw new ActionError('credentials', 'there is no role to take');
  let session = await takeFirst(first, options, sts, runner);
  hide(session, runner);
  for (const hop of rest) {
    session = await takeNext(hop, session, options, sts, runner);
    hide(session, runner);
  }
  return session;
}

async function takeFirst(
  hop: RoleHop,
  options: ChainOptions,
  sts: Sts,
  runner: Pick<Runner, 'oidcToken' | 'mask'>,
): Promise<Session> {
  const token = await oidcToken(options.audience, runner);
  try {
    return await sts.assumeRoleWithWebIdentity(requestOf(hop, options, options.durationSeconds), token);
  } catch (error) {
    throw new ActionError(
      'credentials',
      `role ${hop.arn} refuses GitHub's token: ${messageOf(error)}; ${trustAdvice(claimsOf(token), options.audience)}`,
      { cause: error },
    );
  }
}

async function oidcToken(audience: string, runner: Pick<Runner, 'oidcToken' | 'mask'>): Promise<string> {
  try {
    const token = await runner.oidcToken(audience);
    runner.mask(token);
    return token;
  } catch (error) {
    throw new ActionError(
      'credentials',
      `GitHub gives this job no OIDC token (${messageOf(error)}): add 'id-token: write' to the job's permissions; ` +
        `a pull request from a fork never gets one`,
      { cause: error },
    );
  }
}

async function takeNext(
  hop: RoleHop,
  session: Session,
  options: ChainOptions,
  sts: Sts,
  runner: Pick<Runner, 'notice'>,
): Promise<Session> {
  const request: AssumeRoleRequest = {
    ...requestOf(hop, options, Math.min(options.durationSeconds, CHAINED_SECONDS)),
    ...(hop.externalId === undefined ? {} : { externalId: hop.externalId }),
  };
  const tagged = hop.sessionTags !== false && Object.keys(options.tags).length > 0;
  try {
    return await sts.assumeRole(tagged ? { ...request, tags: options.tags } : request, session);
  } catch (error) {
    if (!tagged || !/sts:TagSession/.test(messageOf(error))) throw refused(hop, error);
    runner.notice(`role ${hop.arn} allows no sts:TagSession: taken without session tags`);
  }
  try {
    return await sts.assumeRole(request, session);
  } catch (error) {
    throw refused(hop, error);
  }
}

function requestOf(hop: RoleHop, options: ChainOptions, durationSeconds: number): AssumeRoleRequest {
  return { roleArn: hop.arn, sessionName: options.sessionName, durationSeconds };
}

function refused(hop: RoleHop, error: unknown): ActionError {
  const external = hop.externalId === undefined ? ' and that it asks for no external id' : ' and the external id';
  return new ActionError(
    'credentials',
    `role ${hop.arn} cannot be taken: ${messageOf(error)}; check that its trust policy names the role before it${external}`,
    { cause: error },
  );
}

function hide(session: Session, runner: Pick<Runner, 'mask'>): void {
  runner.mask(session.accessKeyId);
  runner.mask(session.secretAccessKey);
  if (session.sessionToken !== undefined) runner.mask(session.sessionToken);
}
