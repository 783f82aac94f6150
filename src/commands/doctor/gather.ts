import type { ConfigFacts, Facts, PlaceFacts, SynthesisFacts } from '../../doctor/facts.js';
import { known, unknown, type Fact } from '../../doctor/model.js';
import { chooseEnvironment } from '../../environment/choose-environment.js';
import { eventFrom } from '../../environment/event.js';
import { userError } from '../../errors.js';
import type { DoctorInputs } from '../../inputs.js';
import type { Context } from '../context.js';
import { appFacts } from './app.js';
import { configFacts, workflowFacts } from './files.js';
import { isOnGitHub, jobFacts } from './job.js';
import { targetsOf, type DoctorTarget } from './targets.js';
import { offline, visit, whyNot } from './way.js';

/** Gathers all that the checks look at. Nothing is changed, in the checkout or in AWS. */
export async function gather(inputs: DoctorInputs, context: Context): Promise<Facts> {
  const { maskAccountId, durationSeconds, audience, qualifier, toolkitStackName, roles } = inputs;
  const config = configFacts(inputs.config, context);
  const { facts: targets, targets: found } = targetsOf(inputs, config, context);
  if (maskAccountId) for (const { target } of found) context.ports.runner.mask(target.account ?? '');
  const folders =
    found.length > 0 ? [...new Set(found.map(({ target }) => target.app.folder))] : [inputs.workingDirectory];
  return {
    onGitHub: isOnGitHub(context),
    inputs: { durationSeconds, audience, qualifier, toolkitStackName, rolesGiven: roles.length > 0 },
    config,
    workflows: workflowFacts(context),
    apps: await Promise.all(folders.map((folder) => appFacts(folder, templatesOf(found, folder), inputs, context))),
    targets,
    job: await jobFacts(inputs, context),
    ...(await around(inputs, config, found, context)),
  };
}

type Around = Pick<Facts, 'places' | 'syntheses'>;

/** What is outside of the checkout, of the environment that this run is about. */
async function around(
  inputs: DoctorInputs,
  config: ConfigFacts,
  found: readonly DoctorTarget[],
  context: Context,
): Promise<Around> {
  const nobody = (why: string): Around => ({ places: unknown(why), syntheses: unknown(why) });
  if (config.problem) return nobody('the config file cannot be read');
  const environment = environmentOf(inputs, config, context);
  if (environment === undefined) return nobody('the input environment names none of several');
  const meant = found.filter(({ target }) => target.environment === environment);
  if (meant.length === 0) return nobody(`nothing resolves in environment '${environment}'`);
  // A machine of one's own has no token to take roles with: its credentials are used.
  const ours = isOnGitHub(context) ? meant : meant.map(withoutRoles);
  const why = whyNot(ours, context);
  if (why !== undefined) {
    return { places: unknown(why), syntheses: syntheses(await offline(inputs, ours, context), inputs) };
  }
  const places: PlaceFacts[] = [];
  const made: SynthesisFacts[] = [];
  for (const group of grouped(ours)) {
    const visited = await visit(inputs, group, context);
    places.push(visited.place);
    made.push(...visited.syntheses);
  }
  return { places: known(places), syntheses: syntheses(made, inputs) };
}

/** The environment of the input, of the event, or the only one that there is. */
function environmentOf(inputs: DoctorInputs, { config }: ConfigFacts, context: Context): string | undefined {
  const [only, ...others] = Object.keys(config?.environments ?? {});
  try {
    return chooseEnvironment(inputs, eventFrom(context.env, context.payload), config).value;
  } catch (error) {
    // The check of the events tells what leads nowhere; a doctor may be called at any time.
    if (userError(error) === undefined) throw error;
    return inputs.environment === '' && others.length === 0 ? only : undefined;
  }
}

function syntheses(made: readonly SynthesisFacts[], { synth }: DoctorInputs): Fact<readonly SynthesisFacts[]> {
  return synth ? known(made) : unknown("synth is 'false'");
}

function withoutRoles(one: DoctorTarget): DoctorTarget {
  return { ...one, target: { ...one.target, roles: { plan: [], deploy: [] } } };
}

/** Targets that share account, region and roles. */
function grouped(targets: readonly DoctorTarget[]): readonly (readonly DoctorTarget[])[] {
  const groups = Map.groupBy(targets, ({ target }) => JSON.stringify([target.account, target.region, target.roles]));
  return [...groups.values()];
}

function templatesOf(targets: readonly DoctorTarget[], folder: string): readonly string[] {
  return targets.flatMap(({ target, template }) =>
    target.app.folder === folder && template !== undefined ? template : [],
  );
}
