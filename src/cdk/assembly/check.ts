import path from 'node:path';
import { ActionError } from '../../errors.js';
import { AssemblyFiles } from './files.js';
import type { Assembly, AssemblyStack } from './model.js';

/** What a given assembly has to fit. */
export interface Expected {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly qualifier: string;
  /** Assets may name a program, which the CDK runs in a shell. @default false */
  readonly allowExecutables: boolean;
}

/** Highest schema that the pinned CLI reads; a test holds it to the CLI. */
export const PINNED_SCHEMA = 55;

/**
 * Checks the stacks against the target: wherever an assembly comes from, it goes to no other account or region.
 * @throws ActionError `assembly`
 */
export function checkPlace(stacks: readonly AssemblyStack[], expected: Pick<Expected, 'account' | 'region'>): void {
  for (const stack of stacks) {
    for (const key of ['account', 'region'] as const) {
      const value = stack[key];
      if (value === undefined || value === expected[key]) continue;
      throw new ActionError(
        'assembly',
        `stack ${stack.id} is for ${key} ${value}, the target's is ${expected[key]}: ` +
          `synthesise it for the target, or leave the stack out of 'stacks'`,
      );
    }
  }
}

/**
 * Checks an assembly that was made elsewhere, before anything of it is used.
 * @throws ActionError `assembly`, naming the first thing that is not as it must be
 */
export function checkAssembly(assembly: Assembly, expected: Expected): void {
  checkPlace(assembly.stacks, expected);
  for (const stack of assembly.stacks) {
    for (const role of [stack.roles.deploy, stack.roles.execution, stack.roles.lookup]) {
      checkRole(role, `stack ${stack.id}`, expected);
    }
  }
  for (const manifest of assembly.assetManifests) checkAssets(assembly, manifest, expected);
}

function checkAssets(assembly: Assembly, manifest: Assembly['assetManifests'][number], expected: Expected): void {
  const files = new AssemblyFiles(assembly.folder);
  const { folder, file, body } = manifest;
  const assets = [
    ...Object.entries(body.files ?? {}).map(([id, asset]) => ({ id, ...asset, paths: [asset.source.path] })),
    ...Object.entries(body.dockerImages ?? {}).map(([id, asset]) => ({
      id,
      ...asset,
      paths: [asset.source.directory, joined(asset.source.directory, asset.source.dockerFile)],
    })),
  ];
  for (const { id, source, destinations, paths } of assets) {
    if (source.executable !== undefined && !expected.allowExecutables) {
      throw new ActionError(
        'assembly',
        `${file}: asset ${id} would run '${source.executable.join(' ')}': ` +
          `synthesise it ready-made, or set allow-asset-executables: true if you trust whoever made the assembly`,
      );
    }
    for (const relative of paths) if (relative !== undefined) files.resolve(folder, relative, file);
    for (const destination of Object.values(destinations)) {
      checkRole(destination.assumeRoleArn, `${file}: asset ${id}`, expected);
      const { region } = destination;
      if (region !== undefined && !isPlaceholder(region) && region !== expected.region) {
        throw new ActionError('assembly', `${file}: asset ${id} goes to ${region}, the target's is ${expected.region}`);
      }
      checkName(destination.bucketName ?? destination.repositoryName, `${file}: asset ${id}`, expected);
    }
  }
}

/** A role is of the target's account, and, if it is one of a CDK bootstrap, of the target's qualifier. */
function checkRole(arn: string | undefined, where: string, expected: Expected): void {
  if (arn === undefined) return;
  const [, account, name = ''] = /^arn:[^:]+:iam::([^:]*):role\/(.+)$/.exec(arn) ?? [];
  if (account === undefined) throw new ActionError('assembly', `${where}: '${arn}' is not the ARN of a role`);
  if (!isPlaceholder(account) && account !== expected.account) {
    throw new ActionError('assembly', `${where}: role ${arn} is not of the target's account ${expected.account}`);
  }
  const bootstrap = /(?:^|\/)cdk-(.+)-(?:deploy|cfn-exec|lookup|file-publishing|image-publishing)-role-(.+)$/.exec(
    name,
  );
  if (bootstrap === null) return;
  checkQualifier(bootstrap[1] ?? '', where, expected);
  checkSuffix(bootstrap[2] ?? '', where, expected);
}

/** `cdk-<qualifier>-assets-<account>-<region>` and `cdk-<qualifier>-container-assets-<account>-<region>` */
function checkName(name: string | undefined, where: string, expected: Expected): void {
  const bootstrap = /^cdk-(.+?)-(?:container-)?assets-(.+)$/.exec(name ?? '');
  if (bootstrap === null) return;
  checkQualifier(bootstrap[1] ?? '', where, expected);
  checkSuffix(bootstrap[2] ?? '', where, expected);
}

function checkQualifier(qualifier: string, where: string, expected: Expected): void {
  if (qualifier === expected.qualifier) return;
  throw new ActionError(
    'assembly',
    `${where} has the qualifier '${qualifier}', the target's is '${expected.qualifier}': set qualifier: ${qualifier}`,
  );
}

/** `<account>-<region>`, each of which may be a placeholder of CloudFormation's. */
function checkSuffix(suffix: string, where: string, expected: Expected): void {
  const filled = suffix.replace('${AWS::AccountId}', expected.account).replace('${AWS::Region}', expected.region);
  if (filled === `${expected.account}-${expected.region}`) return;
  throw new ActionError('assembly', `${where} goes to ${suffix}, the target is ${expected.account}-${expected.region}`);
}

function isPlaceholder(value: string): boolean {
  return value.startsWith('${AWS::');
}

function joined(folder: string | undefined, file: string | undefined): string | undefined {
  return folder === undefined || file === undefined ? undefined : path.join(folder, file);
}
