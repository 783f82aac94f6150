import path from 'node:path';
import { ActionError } from '../../errors.js';
import { AssemblyFiles } from './files.js';
import type { AssetManifest } from './manifest.js';
import type { Assembly, AssemblyStack, StackAssets } from './model.js';

/** What a given assembly has to fit. */
export interface Expected {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly qualifier: string;
  /** Assets may name a program, which the CDK runs in a shell. @default false */
  readonly allowExecutables: boolean;
}

const ANEW = 'synthesise it for the target';

export { PINNED_SCHEMA } from './schema-limit.js';

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
 * Checks an assembly that was made elsewhere, before anything of it is used. No path and no program is accepted
 * wherever it stands; the place is that of the stacks that are meant.
 * @param stacks those that are going to be used
 * @default stacks every stack
 * @throws ActionError `assembly`, naming the first thing that is not as it must be
 */
export function checkAssembly(
  assembly: Assembly,
  expected: Expected,
  stacks: readonly AssemblyStack[] = assembly.stacks,
): void {
  checkPlace(stacks, expected);
  for (const stack of stacks) {
    for (const role of [stack.roles.deploy, stack.roles.execution, stack.roles.lookup]) {
      checkRole(role, `stack ${stack.id}`, expected);
    }
  }
  const files = new AssemblyFiles(assembly.folder);
  const ids = new Set(stacks.map(({ id }) => id));
  for (const manifest of assembly.assetManifests) {
    const assets = assetsOf(manifest);
    for (const asset of assets) checkSource(asset, manifest, files, expected);
    if (manifest.stacks.length > 0 && !manifest.stacks.some((id) => ids.has(id))) continue;
    for (const asset of assets) checkDestinations(asset, `${manifest.file}: asset ${asset.id}`, expected);
  }
  for (const stack of stacks) checkTemplateUrl(stack, assembly, files);
}

type Source = NonNullable<AssetManifest['files']>[string]['source'] &
  NonNullable<AssetManifest['dockerImages']>[string]['source'];

interface Asset {
  readonly id: string;
  readonly source: Partial<Source>;
  readonly paths: readonly string[];
  readonly destinations: NonNullable<AssetManifest['files']>[string]['destinations'];
}

function assetsOf({ body }: StackAssets): readonly Asset[] {
  return [
    ...Object.entries(body.files ?? {}).map(([id, { source, destinations }]) => {
      return { id, source, destinations, paths: source.path === undefined ? [] : [source.path] };
    }),
    ...Object.entries(body.dockerImages ?? {}).map(([id, { source, destinations }]) => {
      const { directory, dockerFile } = source;
      const inside = directory === undefined || dockerFile === undefined ? [] : [path.join(directory, dockerFile)];
      return { id, source, destinations, paths: directory === undefined ? [] : [directory, ...inside] };
    }),
  ];
}

/** What of a Docker build reaches for the runner's own files. */
const REACHES_OUT = ['dockerBuildSecrets', 'dockerBuildSsh', 'dockerBuildContexts', 'dockerOutputs'] as const;

function checkSource(asset: Asset, { folder, file }: StackAssets, files: AssemblyFiles, expected: Expected): void {
  for (const relative of asset.paths) files.resolve(folder, relative, file);
  if (expected.allowExecutables) return;
  const { source } = asset;
  const does =
    source.executable === undefined
      ? REACHES_OUT.flatMap((key) =>
          source[key] === undefined ? [] : `would give the runner's files to its ${key}`,
        )[0]
      : `would run '${source.executable.join(' ')}'`;
  if (does === undefined) return;
  throw new ActionError(
    'assembly',
    `${file}: asset ${asset.id} ${does}: synthesise it ready-made, or set allow-asset-executables: true if you trust ` +
      `whoever made the assembly`,
  );
}

function checkDestinations(asset: Asset, where: string, expected: Expected): void {
  for (const { assumeRoleArn, region, bucketName, repositoryName } of Object.values(asset.destinations)) {
    checkRole(assumeRoleArn, where, expected);
    if (region !== undefined && region !== '${AWS::Region}' && region !== expected.region) {
      throw new ActionError('assembly', `${where} goes to ${region}, the target's is ${expected.region}: ${ANEW}`);
    }
    checkName(bucketName ?? repositoryName, where, expected);
  }
}

/** CloudFormation fetches the template from where its file is published to: what is shown is what is deployed. */
function checkTemplateUrl(stack: AssemblyStack, { assetManifests }: Assembly, files: AssemblyFiles): void {
  const { templateUrl } = stack;
  if (templateUrl === undefined) return;
  const published = assetManifests.flatMap(({ folder, file, body }) =>
    Object.values(body.files ?? {}).flatMap(({ source, destinations }) =>
      source.path !== undefined && files.resolve(folder, source.path, file) === stack.file
        ? Object.values(destinations).map(({ bucketName = '', objectKey = '' }) => `s3://${bucketName}/${objectKey}`)
        : [],
    ),
  );
  if (published.includes(templateUrl)) return;
  throw new ActionError(
    'assembly',
    `stack ${stack.id} would be deployed from ${templateUrl}, where its template is not published to: synthesise it anew`,
  );
}

/** CloudFormation's placeholders for a partition and an account stand in for what it is deployed to. */
const ROLE = /^arn:(?:aws[a-z-]*|\$\{AWS::Partition\}):iam::(\d{12}|\$\{AWS::AccountId\}):role\/(.+)$/;
const BOOTSTRAP_ROLE = /(?:^|\/)cdk-(.+)-(?:deploy|cfn-exec|lookup|file-publishing|image-publishing)-role-(.+)$/;

/** A role is of the target's account, and, if it is one of a CDK bootstrap, of the target's qualifier. */
function checkRole(arn: string | undefined, where: string, expected: Expected): void {
  if (arn === undefined) return;
  const [, account, name = ''] = ROLE.exec(arn) ?? [];
  if (account === undefined) throw new ActionError('assembly', `${where}: '${arn}' is not the ARN of a role: ${ANEW}`);
  if (account !== '${AWS::AccountId}' && account !== expected.account) {
    throw new ActionError(
      'assembly',
      `${where}: role ${arn} is not of the target's account ${expected.account}: ${ANEW}`,
    );
  }
  checkBootstrapName(BOOTSTRAP_ROLE.exec(name), where, expected);
}

/** `cdk-<qualifier>-assets-<account>-<region>` and `cdk-<qualifier>-container-assets-<account>-<region>` */
function checkName(name: string | undefined, where: string, expected: Expected): void {
  checkBootstrapName(/^cdk-(.+?)-(?:container-)?assets-(.+)$/.exec(name ?? ''), where, expected);
}

/** The qualifier, and `<account>-<region>`, each of which may be a placeholder of CloudFormation's. */
function checkBootstrapName(found: RegExpExecArray | null, where: string, expected: Expected): void {
  if (found === null) return;
  const [, qualifier = '', suffix = ''] = found;
  const { account, region } = expected;
  if (qualifier !== expected.qualifier) {
    throw new ActionError(
      'assembly',
      `${where} has the qualifier '${qualifier}', the target's is '${expected.qualifier}': set qualifier: ${qualifier}`,
    );
  }
  const filled = suffix.replace('${AWS::AccountId}', account).replace('${AWS::Region}', region);
  if (filled !== `${account}-${region}`) {
    throw new ActionError('assembly', `${where} goes to ${suffix}, the target is ${account}-${region}: ${ANEW}`);
  }
}
