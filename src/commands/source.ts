import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { digestOf, pack, unpack } from '../cdk/assembly/archive.js';
import { checkAssembly, checkPlace, PINNED_SCHEMA } from '../cdk/assembly/check.js';
import type { Assembly, AssemblyStack } from '../cdk/assembly/model.js';
import { readAssembly } from '../cdk/assembly/read.js';
import { selectStacks } from '../cdk/assembly/select.js';
import { findCli, PINNED_CLI, type Cli } from '../cdk/cli.js';
import type { ResolvedTarget } from '../environment/model.js';
import { ActionError } from '../errors.js';
import type { AssemblyInputs, CdkInputs } from '../inputs.js';
import type { Access } from './access.js';
import type { Context } from './context.js';

/** An assembly that may be used, and the CLI that goes with it. */
export interface Source {
  readonly assembly: Assembly;
  /** Those that the target is about, in deployment order. */
  readonly stacks: readonly AssemblyStack[];
  readonly digest: string;
  /** The assembly as one tar. */
  readonly archive: string;
  readonly cli: Cli;
}

/** Where `diff` and `synth` leave the assembly of a target. */
export function archiveOf(target: ResolvedTarget, context: Context): string {
  return path.join(context.place.results, target.id, 'assembly.tar');
}

/**
 * Opens an assembly that was made elsewhere: a copy of it, which is checked before anything of it is used.
 * @throws ActionError `assembly`
 */
export async function openGiven(
  inputs: AssemblyInputs & CdkInputs,
  target: ResolvedTarget,
  access: Access & { readonly account: string },
  context: Context,
): Promise<Source> {
  const given = path.resolve(context.place.workspace, inputs.assembly);
  if (!existsSync(given))
    throw new ActionError('input', `assembly '${inputs.assembly}' is not there: download it first`);
  const archive = statSync(given).isDirectory() ? path.join(context.place.temp, 'given.tar') : given;
  if (archive !== given) await pack(given, archive);
  const digest = await digestOf(archive);
  if (inputs.assemblyDigest && digest !== inputs.assemblyDigest) {
    throw new ActionError(
      'assembly',
      `assembly '${inputs.assembly}' has the digest ${digest}, assembly-digest says ${inputs.assemblyDigest}: ` +
        `it is not the one that was meant`,
    );
  }
  const folder = path.join(context.place.temp, 'assembly');
  await unpack(archive, folder);
  const assembly = readAssembly(folder);
  const stacks = selectStacks(assembly, target.app.stacks);
  const expected = {
    account: access.account,
    region: access.region,
    qualifier: inputs.qualifier,
    allowExecutables: inputs.allowAssetExecutables,
  };
  checkAssembly(assembly, expected, stacks);
  const { workspace, toolCache } = context.place;
  const { exec, runner } = context.ports;
  const cli = await findCli({ workspace, wanted: inputs.cdkVersion, toolCache, env: access.env }, exec, runner);
  checkSchema(assembly, cli);
  return { assembly, stacks, digest, archive, cli };
}

/**
 * Takes the assembly that a run of the app has left.
 * @throws ActionError `assembly` when it is for another place, or a look-up is missing
 */
export async function takeSynthesised(
  folder: string,
  cli: Cli,
  target: ResolvedTarget,
  access: Access,
  context: Context,
): Promise<Source> {
  const assembly = readAssembly(folder);
  if (assembly.missing.length > 0) {
    throw new ActionError(
      'cdk',
      `look-ups are missing: ${assembly.missing.join(', ')}: synthesise once with credentials and commit what the ` +
        `CDK adds to cdk.context.json`,
    );
  }
  const stacks = selectStacks(assembly, target.app.stacks);
  if (access.account !== undefined) checkPlace(stacks, { account: access.account, region: access.region });
  const archive = archiveOf(target, context);
  await pack(folder, archive);
  return { assembly, stacks, digest: await digestOf(archive), archive, cli };
}

function checkSchema(assembly: Assembly, cli: Cli): void {
  const major = Number.parseInt(assembly.version, 10);
  if (cli.version !== PINNED_CLI || major <= PINNED_SCHEMA) return;
  throw new ActionError(
    'cdk',
    `the assembly has schema ${assembly.version}, the CLI ${cli.version} reads up to ${PINNED_SCHEMA}: ` +
      `set cdk-version to ${assembly.minimumCliVersion ?? 'the version that the app was synthesised with'} or newer`,
  );
}
