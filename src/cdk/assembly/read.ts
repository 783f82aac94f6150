import type { z } from 'zod';
import { ActionError } from '../../errors.js';
import { AssemblyFiles } from './files.js';
import * as schema from './manifest.js';
import type { Assembly, AssemblyStack } from './model.js';
import { inWaves } from './order.js';
import { readTemplate } from './template.js';

type AssetManifests = Assembly['assetManifests'];
type Manifest = z.infer<typeof schema.manifest>;
type UnorderedStack = Omit<AssemblyStack, 'wave'>;

/**
 * Reads a cloud assembly, stages and nested stacks included. It is somebody else's work: every file is checked by
 * schema, and no path may lead out of the folder.
 * @throws ActionError `assembly`
 */
export function readAssembly(folder: string): Assembly {
  const files = new AssemblyFiles(folder);
  const top = files.json(folder, 'manifest.json', 'the assembly', schema.manifest);
  const all = readLevel(files, folder, top, []);
  return {
    folder,
    version: top.version,
    ...(top.minimumCliVersion === undefined ? {} : { minimumCliVersion: top.minimumCliVersion }),
    stacks: inWaves(all.stacks),
    assetManifests: all.assetManifests,
    missing: all.missing,
  };
}

const STACK = 'aws:cloudformation:stack';

interface Level {
  readonly stacks: readonly UnorderedStack[];
  readonly assetManifests: AssetManifests;
  readonly missing: readonly string[];
}

/** One `manifest.json`; a stage is a level of its own. */
function readLevel(files: AssemblyFiles, folder: string, manifest: Manifest, above: readonly string[]): Level {
  const here = [...above, files.resolve(folder, '.', 'the assembly')];
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const assetManifests = artifacts.flatMap(([id, artifact]) => {
    if (artifact.type !== 'cdk:asset-manifest') return [];
    const { file } = properties(id, artifact, schema.fileProperties);
    const stacks = artifacts.flatMap(([other, { type, dependencies = [] }]) =>
      type === STACK && dependencies.includes(id) ? other : [],
    );
    return [{ id, folder, file, stacks, body: files.json(folder, file, `artifact ${id}`, schema.assetManifest) }];
  });
  const stacks = artifacts.flatMap(([id, artifact]) => {
    if (artifact.type !== STACK) return [];
    return [readStack(files, folder, id, parse(id, artifact, schema.stackArtifact), artifacts, assetManifests)];
  });
  const stages = artifacts.flatMap(([id, artifact]) => {
    if (artifact.type !== 'cdk:cloud-assembly') return [];
    const { directoryName } = properties(id, artifact, schema.nestedAssemblyProperties);
    const inner = files.resolve(folder, directoryName, `artifact ${id}`);
    if (here.includes(inner)) throw new ActionError('assembly', `stage ${id} is nested in itself: synthesise it anew`);
    return [readLevel(files, inner, files.json(inner, 'manifest.json', `stage ${id}`, schema.manifest), here)];
  });
  for (const [id, artifact] of artifacts) {
    const tree = artifact.type === 'cdk:tree' ? properties(id, artifact, schema.fileProperties).file : undefined;
    if (tree !== undefined) files.resolve(folder, tree, `artifact ${id}`);
  }
  return {
    stacks: [...stacks, ...stages.flatMap((stage) => stage.stacks)],
    assetManifests: [...assetManifests, ...stages.flatMap((stage) => stage.assetManifests)],
    missing: [...(manifest.missing ?? []).map(({ key }) => key), ...stages.flatMap((stage) => stage.missing)],
  };
}

type Artifacts = readonly (readonly [string, z.infer<typeof schema.artifact>])[];

function readStack(
  files: AssemblyFiles,
  folder: string,
  id: string,
  artifact: schema.StackArtifact,
  artifacts: Artifacts,
  assetManifests: readonly { readonly id: string; readonly body: schema.AssetManifest }[],
): UnorderedStack {
  const given = artifact.properties;
  const metadata = {
    ...artifact.metadata,
    ...(artifact.additionalMetadataFile === undefined
      ? {}
      : files.json(folder, artifact.additionalMetadataFile, `stack ${id}`, schema.metadataFile)),
  };
  const isStack = new Set(artifacts.flatMap(([other, { type }]) => (type === STACK ? other : [])));
  const needs = new Set(artifact.dependencies);
  const manifests = assetManifests.filter((manifest) => needs.has(manifest.id));
  return {
    id,
    displayName: artifact.displayName ?? id,
    name: given.stackName ?? id,
    ...environmentOf(artifact.environment),
    terminationProtection: given.terminationProtection ?? false,
    tags: given.tags ?? {},
    dependsOn: [...needs].filter((need) => isStack.has(need)),
    roles: {
      ...(given.assumeRoleArn === undefined ? {} : { deploy: given.assumeRoleArn }),
      ...(given.assumeRoleExternalId === undefined ? {} : { deployExternalId: given.assumeRoleExternalId }),
      ...(given.cloudFormationExecutionRoleArn === undefined
        ? {}
        : { execution: given.cloudFormationExecutionRoleArn }),
      ...(given.lookupRole === undefined ? {} : { lookup: given.lookupRole.arn }),
    },
    assets: assetsOf(manifests, given.templateFile),
    ...(given.stackTemplateAssetObjectUrl === undefined ? {} : { templateUrl: given.stackTemplateAssetObjectUrl }),
    ...readTemplate(files, folder, given.templateFile, `stack ${id}`, metadata),
  };
}

/** `aws://123456789012/eu-west-1`; an app that does not say has `unknown-account` and `unknown-region`. */
function environmentOf(environment: string | undefined): { readonly account?: string; readonly region?: string } {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment ?? '') ?? [];
  return {
    ...(account === undefined || account === 'unknown-account' ? {} : { account }),
    ...(region === undefined || region === 'unknown-region' ? {} : { region }),
  };
}

function assetsOf(manifests: readonly { readonly body: schema.AssetManifest }[], template: string): readonly string[] {
  const digests = manifests.flatMap(({ body }) => [
    ...Object.entries(body.files ?? {}).flatMap(([digest, { source }]) => (source.path === template ? [] : digest)),
    ...Object.keys(body.dockerImages ?? {}),
  ]);
  return [...new Set(digests)].sort();
}

function properties<T>(id: string, artifact: z.infer<typeof schema.artifact>, wanted: z.ZodType<T>): T {
  return parse(id, artifact.properties ?? {}, wanted);
}

function parse<T>(id: string, value: unknown, wanted: z.ZodType<T>): T {
  const parsed = wanted.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ActionError(
    'assembly',
    `manifest.json: artifact ${id}: ${issue?.path.join('.') ?? ''} is wrong: ${issue?.message ?? 'unknown'}`,
  );
}
