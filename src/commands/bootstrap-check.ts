import type { ResolvedTarget } from '../environment/model.js';
import { parseTargets, wavesOfTargets, type BuildTarget } from '../environment/targets.js';
import { messageOf } from '../errors.js';
import { BOOTSTRAP_VERSION } from '../cdk/cli.js';
import type { BootstrapInputs } from '../inputs.js';
import type { Outcome } from '../outputs.js';
import { withAccess } from './access.js';
import type { Context } from './context.js';
import { bootstrapRelease, withToolchains } from './resolve.js';
import { findTarget, resolveRun } from './target.js';

/**
 * Which places are not bootstrapped, with the roles for plans: so that nobody is asked to approve a job that does
 * nothing. A place that may not be looked at counts as one that is not.
 */
export async function checkBootstrap(inputs: BootstrapInputs, context: Context): Promise<Outcome> {
  const asked =
    inputs.targets === ''
      ? withToolchains(resolveRun(inputs, context).resolution, { toolchain: '' }, context)
      : parseTargets(inputs.targets);
  const needed: BuildTarget[] = [];
  let release = '';
  for (const place of placesOf(asked)) {
    const { target } = findTarget(here(inputs, place), context);
    const by = bootstrapRelease([target]);
    if (await isBootstrapped(target, inputs, context)) continue;
    release ||= by;
    needed.push(by === '' ? place : targetOf(inputs, place, by, context));
  }
  const targets = needed.map((target) => ({ ...target, wave: 1 }));
  return {
    outputs: {
      targets,
      waves: wavesOfTargets(targets),
      'bootstrap-release': release,
      result: targets.length === 0 ? 'skipped' : 'success',
    },
  };
}

/** One target for each environment and region: accounts are bootstrapped once, however much goes there. */
function placesOf(targets: readonly BuildTarget[]): readonly BuildTarget[] {
  const places = new Map(targets.map((target) => [`${target.environment} ${target.region}`, target]));
  return [...places.values()];
}

function here(inputs: BootstrapInputs, { environment, region, release, version }: BuildTarget): BootstrapInputs {
  return { ...inputs, environment, region, release, version };
}

/** The release that bootstraps, as a target of its own: its app is built as any other. */
function targetOf(inputs: BootstrapInputs, place: BuildTarget, by: string, context: Context): BuildTarget {
  const { resolution } = resolveRun({ ...here(inputs, place), version: '' }, context, by);
  return withToolchains(resolution, { toolchain: '' }, context)[0] ?? place;
}

async function isBootstrapped(target: ResolvedTarget, inputs: BootstrapInputs, context: Context): Promise<boolean> {
  const { runner } = context.ports;
  try {
    return await withAccess({ inputs, target, purpose: 'plan' }, context, async (access) => {
      const stack = await access.cloudFormation().describeStack(inputs.toolkitStackName);
      const version = Number(stack?.outputs['BootstrapVersion'] ?? 0);
      runner.info(`${target.environment} ${target.region}: ${inputs.toolkitStackName} has version ${version}`);
      return version >= BOOTSTRAP_VERSION;
    });
  } catch (error) {
    runner.notice(`whether ${target.environment} is bootstrapped cannot be seen: ${messageOf(error)}`);
    return false;
  }
}
