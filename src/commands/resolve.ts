import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { resolveInside } from '../cdk/workspace.js';
import { eventFrom } from '../environment/event.js';
import type { Resolution, ResolvedTarget } from '../environment/model.js';
import { publicTargets } from '../environment/resolve.js';
import { parseTargets, wavesOfTargets, type BuildTarget } from '../environment/targets.js';
import { toolchainOf, type Files, type Toolchain } from '../environment/toolchain.js';
import { TOOLCHAINS } from '../environment/toolchains.js';
import { ActionError } from '../errors.js';
import { words } from '../input-values.js';
import type { ResolveInputs } from '../inputs.js';
import type { Outcome, Outputs } from '../outputs.js';
import type { Context } from './context.js';
import { resolveRun } from './target.js';

/** Decides environment, version, release and targets, and calls nobody. */
export function resolve(inputs: ResolveInputs, context: Context): Promise<Outcome> {
  if (inputs.targets !== '') return Promise.resolve(handedOn(parseTargets(inputs.targets)));
  const { inputs: chosen } = eventFrom(context.env, context.payload);
  const environments = words(inputs.environment || (chosen['environment'] ?? ''));
  const asked = environments.length > 1 ? environments : [inputs.environment];
  const runs = asked.map((environment) => resolveRun({ ...inputs, environment }, context));
  const targets = oneAfterTheOther(runs.map(({ resolution }) => withToolchains(resolution, inputs, context)));
  const outputs: Outputs = {
    ...runs[0]?.outputs,
    ...(runs.length > 1 ? { environment: environments.join(' ') } : {}),
    targets,
    waves: wavesOfTargets(targets),
    'bootstrap-release': bootstrapRelease(runs.flatMap(({ resolution }) => resolution.targets)),
    result: 'success',
  };
  const [only, ...others] = runs.flatMap(({ resolution }) => resolution.targets);
  if (only === undefined || others.length > 0) return Promise.resolve({ outputs });
  const { region, account } = only;
  if (account !== undefined && inputs.maskAccountId) context.ports.runner.mask(account);
  return Promise.resolve({ outputs: { ...outputs, region, ...(account === undefined ? {} : { account }) } });
}

/** What an earlier job decided. */
function handedOn(targets: readonly BuildTarget[]): Outcome {
  const all = (of: (target: BuildTarget) => string): string => [...new Set(targets.map(of))].join(' ');
  return {
    outputs: {
      environment: all(({ environment }) => environment),
      version: all(({ version }) => version),
      targets,
      waves: wavesOfTargets(targets),
      result: 'success',
    },
  };
}

/** Environments in their order: each starts when the one before it is done. */
function oneAfterTheOther(environments: readonly (readonly BuildTarget[])[]): readonly BuildTarget[] {
  let before = 0;
  return environments.flatMap((targets) => {
    const offset = before;
    before += Math.max(0, ...targets.map(({ wave }) => wave));
    return targets.map((target) => ({ ...target, wave: target.wave + offset }));
  });
}

/** @returns empty where the CDK's own command bootstraps */
export function bootstrapRelease(targets: readonly ResolvedTarget[]): string {
  return targets.map(({ bootstrap }) => bootstrap).find((name) => name !== 'cdk') ?? '';
}

/** The public targets, each with what a job needs to build its app. */
export function withToolchains(
  resolution: Resolution,
  { toolchain }: { readonly toolchain: string },
  context: Context,
): readonly BuildTarget[] {
  const files = filesOf(context.place.workspace);
  const name = TOOLCHAINS.find((known) => known === toolchain);
  const found = new Map<string, Toolchain | undefined>();
  const toolchainFor = ({ app }: ResolvedTarget): Toolchain | undefined => {
    const build = { ...app.build, ...(name === undefined ? {} : { toolchain: name }) };
    const key = `${app.folder} ${JSON.stringify(build)}`;
    if (!found.has(key)) found.set(key, detect(app.folder, files, build, context));
    return found.get(key);
  };
  const all = publicTargets(resolution);
  return resolution.targets.map((target, index) => {
    const tools = toolchainFor(target);
    return {
      ...(all[index] ?? target),
      app: target.app.folder,
      ...(tools === undefined ? {} : { toolchain: tools }),
    };
  });
}

/** Whoever sets up the toolchain by themselves needs none from here, so that it is no error. */
function detect(
  folder: string,
  files: Files,
  build: ResolvedTarget['app']['build'],
  context: Context,
): Toolchain | undefined {
  try {
    return toolchainOf(folder, files, build);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    context.ports.runner.notice(error.message);
    return undefined;
  }
}

function filesOf(workspace: string): Files {
  const inside = (name: string): string | undefined =>
    existsSync(path.resolve(workspace, name)) ? resolveInside(workspace, name, 'the app folder') : undefined;
  return {
    list: (folder) => {
      const real = inside(folder);
      return real !== undefined && statSync(real).isDirectory() ? readdirSync(real) : [];
    },
    read: (name) => {
      const real = inside(name);
      return real !== undefined && statSync(real).isFile() ? readFileSync(real, 'utf8') : undefined;
    },
  };
}
