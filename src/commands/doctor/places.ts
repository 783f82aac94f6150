import type { ChainFacts, PlaceFacts, RoleFacts } from '../../doctor/facts.js';
import { known, unknown, type Fact } from '../../doctor/model.js';
import { claimsOf, forms } from '../../aws/trust.js';
import { eventFrom } from '../../environment/event.js';
import type { ResolvedTarget } from '../../environment/model.js';
import { accountOfRole } from '../../environment/names.js';
import { ActionError, messageOf, userError } from '../../errors.js';
import type { DoctorInputs } from '../../inputs.js';
import type { Aws, Session } from '../../ports.js';
import type { Context } from '../context.js';
import { sessionFor } from '../sessions.js';

type Purpose = 'plan' | 'deploy';

/** A way into the account, if there is one. */
export interface WayIn {
  readonly purpose: Purpose;
  /** Undefined for the credentials of the environment. */
  readonly session?: () => Promise<Session>;
}

export interface Chains {
  readonly main: Purpose;
  readonly chains: readonly ChainFacts[];
  /** That of the run's own purpose first. */
  readonly ways: readonly WayIn[];
}

/** What this run's event is about: a pull request plans. */
export function mainPurpose({ env, payload }: Context): Purpose {
  return /^(?:pull_request|merge_group)/.test(eventFrom(env, payload).name) ? 'plan' : 'deploy';
}

/** Takes the roles of each purpose, one after the other, and writes down which refuse. */
export async function takeChains(
  inputs: DoctorInputs,
  target: ResolvedTarget,
  aws: Aws,
  context: Context,
): Promise<Chains> {
  const main = mainPurpose(context);
  const other = main === 'plan' ? 'deploy' : 'plan';
  const { roles } = target;
  const same = JSON.stringify(roles.plan) === JSON.stringify(roles.deploy);
  const chains: ChainFacts[] = [];
  const ways: WayIn[] = [];
  const purposes: readonly Purpose[] = same ? [main] : [main, other];
  for (const purpose of purposes) {
    const arns = target.roles[purpose].map(({ arn }) => arn);
    const session = await sessionFor({ inputs, target, purpose }, aws, context);
    try {
      await session?.();
      ways.push({ purpose, ...(session === undefined ? {} : { session }) });
      if (arns.length > 0) chains.push({ purpose, arns });
    } catch (error) {
      if (userError(error) === undefined) throw error;
      chains.push({ purpose, arns, refused: messageOf(error) });
    }
  }
  return { main, chains, ways };
}

/** Forms of this job's subject, its own first. The token itself goes nowhere. */
export async function subjectsOf(audience: string, { ports }: Context): Promise<Fact<readonly string[]>> {
  try {
    const token = await ports.runner.oidcToken(audience);
    ports.runner.mask(token);
    const claims = claimsOf(token);
    if (claims === undefined) return unknown('the identity token cannot be read');
    return known([claims.sub, ...forms(claims).filter((form) => form !== claims.sub)]);
  } catch (error) {
    return unknown(`GitHub gives no identity token: ${messageOf(error)}`);
  }
}

/** The roles as IAM has them, as far as they may be read. */
export async function roleFacts(
  target: ResolvedTarget,
  ways: readonly WayIn[],
  aws: Aws,
): Promise<readonly RoleFacts[]> {
  const [way] = ways;
  const hops = (['plan', 'deploy'] as const).flatMap((purpose) =>
    target.roles[purpose].map(({ arn }, index) => ({ arn, purpose, first: index === 0 })),
  );
  return Promise.all(
    hops.map(async (hop) => ({
      ...hop,
      settings: way === undefined ? unknown('no role can be taken') : await settingsOf(hop.arn, way, target, aws),
    })),
  );
}

async function settingsOf(
  arn: string,
  { session }: WayIn,
  target: ResolvedTarget,
  aws: Aws,
): Promise<RoleFacts['settings']> {
  try {
    const { account } = await aws.sts(target.region).callerIdentity(await session?.());
    if (accountOfRole(arn) !== account) return unknown(`role ${arn} is of another account than the credentials`);
    const reader = await aws.account(target.region, session);
    const role = await reader.role(arn.slice(arn.lastIndexOf('/') + 1));
    return role === undefined ? unknown(`role ${arn} is not there`) : known(role);
  } catch (error) {
    return unknown(`role ${arn} may not be read: ${messageOf(error)}`);
  }
}

/** What stands in a place that nobody has got into. */
export function closed(why: string): Pick<PlaceFacts, 'bootstrap' | 'stacks'> {
  return { bootstrap: unknown(why), stacks: unknown(why) };
}

/** Whether credentials are of an account that the target is not. */
export function isCredentials(error: unknown): boolean {
  return error instanceof ActionError && error.code === 'credentials';
}
