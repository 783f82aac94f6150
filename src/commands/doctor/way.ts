import type { PlaceFacts, SynthesisFacts } from '../../doctor/facts.js';
import { known, unknown } from '../../doctor/model.js';
import { messageOf } from '../../errors.js';
import type { DoctorInputs } from '../../inputs.js';
import { withAccess, type Access } from '../access.js';
import type { Context } from '../context.js';
import { wayOf } from '../sessions.js';
import { bootstrapFacts } from './bootstrap.js';
import { isOnGitHub } from './job.js';
import { closed, isCredentials, mainPurpose, roleFacts, subjectsOf, takeChains } from './places.js';
import { problemOf } from './problem.js';
import { synthesise, type Synthesised } from './synthesis.js';
import type { DoctorTarget } from './targets.js';

export interface Visited {
  readonly place: PlaceFacts;
  readonly syntheses: readonly SynthesisFacts[];
}

/** Goes to an account and region, and looks at all that is there for these targets, which share it. */
export async function visit(
  inputs: DoctorInputs,
  targets: readonly DoctorTarget[],
  context: Context,
): Promise<Visited> {
  const [{ target }] = targets as readonly [DoctorTarget];
  const aws = await context.ports.aws();
  const { main, chains, ways } = await takeChains(inputs, target, aws, context);
  const base = {
    environment: target.environment,
    region: target.region,
    main,
    chains,
    roles: await roleFacts(target, ways, aws),
    subjects: chains.length > 0 ? await subjectsOf(inputs.audience, context) : unknown('there are no roles to take'),
  };
  const [way] = ways;
  if (way === undefined) {
    const why = 'no role can be taken';
    return {
      place: { ...base, ...closed(why), accessProblem: unknown(why) },
      syntheses: await offline(inputs, targets, context),
    };
  }
  try {
    return await withAccess({ inputs, target, purpose: way.purpose }, context, async (access) => {
      const made = inputs.synth ? await synthesiseAll(inputs, targets, access, context) : [];
      const { account, region } = access;
      const bootstrap =
        account === undefined
          ? unknown('the account is not known')
          : await bootstrapFacts(inputs, { account, region }, ways, aws);
      const stacks = inputs.synth ? await statesOf(made, access) : unknown("synth is 'false'");
      return { place: { ...base, bootstrap, stacks }, syntheses: made.map(({ facts }) => facts) };
    });
  } catch (error) {
    if (!isCredentials(error)) throw error;
    const syntheses = await offline(inputs, targets, context);
    const why = 'there is no way into the account';
    // On a machine of one's own it is no fault to have none.
    if (!isOnGitHub(context) && /there are no credentials/.test(messageOf(error))) {
      const none = 'there are no credentials here';
      return { place: { ...base, ...closed(none), accessProblem: unknown(none) }, syntheses };
    }
    return { place: { ...base, ...closed(why), accessProblem: known(problemOf(error)) }, syntheses };
  }
}

/** Syntheses without credentials: what is not committed cannot be looked up. */
export async function offline(
  inputs: DoctorInputs,
  targets: readonly DoctorTarget[],
  context: Context,
): Promise<readonly SynthesisFacts[]> {
  if (!inputs.synth) return [];
  const made: SynthesisFacts[] = [];
  for (const one of targets) {
    const roleless = { ...one, target: { ...one.target, roles: { plan: [], deploy: [] } } };
    const access: Access = {
      region: one.target.region,
      hasCredentials: false,
      ...(one.target.account === undefined ? {} : { account: one.target.account }),
      env: await bareEnvironment(inputs, one, context),
      cloudFormation: neverAsked,
      cloudFormationOf: neverAsked,
      changeSetsOf: neverAsked,
      way: wayOf({ inputs, target: roleless.target, purpose: 'synth' }),
    };
    made.push((await synthesise(inputs, roleless, access, context)).facts);
  }
  return made;
}

function neverAsked(): never {
  throw new Error('a synthesis without credentials asks CloudFormation for nothing');
}

async function bareEnvironment(
  inputs: DoctorInputs,
  { target }: DoctorTarget,
  context: Context,
): Promise<Record<string, string>> {
  const { childEnvironment } = await import('../../cdk/environment.js');
  return childEnvironment(context.env, {
    pass: inputs.env,
    ambientCredentials: false,
    set: { AWS_REGION: target.region, AWS_DEFAULT_REGION: target.region },
  });
}

async function synthesiseAll(
  inputs: DoctorInputs,
  targets: readonly DoctorTarget[],
  access: Access,
  context: Context,
): Promise<readonly Synthesised[]> {
  const made: Synthesised[] = [];
  // One after the other: two apps may share a folder, and so a cdk.context.json.
  for (const one of targets) made.push(await synthesise(inputs, one, access, context));
  return made;
}

async function statesOf(made: readonly Synthesised[], access: Access): Promise<PlaceFacts['stacks']> {
  const stacks = made.flatMap(({ assembly }) => assembly?.stacks ?? []);
  if (stacks.length === 0) return unknown('without an assembly it is not known which stacks there are');
  try {
    const states = await Promise.all(
      stacks.map(async (stack) => (await access.cloudFormationOf(stack)).describeStack(stack.name)),
    );
    return known(states.flatMap((state) => (state === undefined ? [] : { name: state.name, status: state.status })));
  } catch (error) {
    return unknown(`the stacks cannot be read: ${messageOf(error)}`);
  }
}

/** Why nobody goes anywhere; undefined when somebody does. */
export function whyNot(targets: readonly DoctorTarget[], context: Context): string | undefined {
  const takes = targets.some(({ target }) => target.roles[mainPurpose(context)].length > 0);
  if (takes && isOnGitHub(context) && !context.env['ACTIONS_ID_TOKEN_REQUEST_URL']) {
    return 'GitHub gives this job no identity token';
  }
  return undefined;
}
