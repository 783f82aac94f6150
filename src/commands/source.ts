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
import { lookupsMissing } from './app.js';
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

/** An assembly, and what `cdk diff` prints of it. */
export interface Diffed {
  readonly source: Source;
  readonly output: Promise<string>;
}

/** Where `diff` and `synth` leave the assembly of a target. */
export function archiveOf(target: ResolvedTarget, context: Context): string {
  return path.join(context.place.results, target.id, 'assembly.tar');
}

/**
 * Opens an assembly that was made elsewhere: it is copied first, and checked before anything of it is used. What needs
 * the account is checked right away where the target has one, and again for that of the credentials.
 * @returns the source, once there is access
 * @throws ActionError `assembly`, `input` or `resolution`
 */
export async function openGiven(
  inputs: AssemblyInputs & CdkInputs,
  target: ResolvedTarget,
  context: Context,
): Promise<(access: Access & { readonly account: string }) => Promise<Source>> {
  const { workspace, temp, toolCache } = context.place;
  const archive = await archiveGiven(inputs, context);
  const digest = await digestOf(archive);
  if (inputs.assemblyDigest && digest !== inputs.assemblyDigest) {
    throw new ActionError(
      'assembly',
      `assembly '${inputs.assembly}' has the digest ${digest}, assembly-digest says ${inputs.assemblyDigest}: ` +
        `give the assembly and the digest of one and the same synthesis`,
    );
  }
  const folder = path.join(temp, 'assembly');
  await unpack(archive, folder, inputs.assembly);
  const assembly = readAssembly(folder);
  checkSchema(assembly, inputs.cdkVersion || PINNED_CLI);
  const stacks = selectStacks(assembly, target.app.stacks);
  const checkFor = (account: string): void => {
    const { qualifier, allowAssetExecutables } = inputs;
    const expected = { account, region: target.region, qualifier, allowExecutables: allowAssetExecutables };
    checkAssembly(assembly, expected, stacks);
  };
  if (target.account !== undefined) checkFor(target.account);

  return async (access) => {
    checkFor(access.account);
    const { exec, runner } = context.ports;
    const cli = await findCli({ workspace, wanted: inputs.cdkVersion, toolCache, env: access.env }, exec, runner);
    return { assembly, stacks, digest, archive, cli };
  };
}

async function archiveGiven({ assembly }: AssemblyInputs, context: Context): Promise<string> {
  const given = path.resolve(context.place.workspace, assembly);
  if (!existsSync(given)) throw new ActionError('input', `assembly '${assembly}' is not there: download it first`);
  if (!statSync(given).isDirectory()) return given;
  if (!existsSync(path.join(given, 'manifest.json'))) {
    throw new ActionError(
      'assembly',
      `assembly '${assembly}' holds no manifest.json: give what synth or diff has left`,
    );
  }
  const archive = path.join(context.place.temp, 'given.tar');
  await pack(given, archive);
  return archive;
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
  if (assembly.missing.length > 0) throw lookupsMissing(assembly.missing.join(', '));
  const stacks = selectStacks(assembly, target.app.stacks);
  if (access.account !== undefined) checkPlace(stacks, { account: access.account, region: access.region });
  const archive = archiveOf(target, context);
  await pack(folder, archive);
  return { assembly, stacks, digest: await digestOf(archive), archive, cli };
}

/** Another CLI than the pinned one says by itself what it can read. */
function checkSchema(assembly: Assembly, cliVersion: string): void {
  const major = Number.parseInt(assembly.version, 10);
  if (cliVersion !== PINNED_CLI || major <= PINNED_SCHEMA) return;
  throw new ActionError(
    'cdk',
    `the assembly has schema ${assembly.version}, the CLI ${cliVersion} reads up to ${PINNED_SCHEMA}: ` +
      `set cdk-version to ${assembly.minimumCliVersion ?? 'the version that the app was synthesised with'} or newer`,
  );
}
