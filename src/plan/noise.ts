import { canonicalJson } from './canonical.js';
import { same } from './equal.js';
import { objectOf, textually } from './json.js';
import type { NoiseKind, Subject } from './model.js';
import { equalPolicies, isPolicyDocument } from './access/policy.js';
import type { StackInput } from './input.js';
import type { Leaf } from './properties.js';

/**
 * Lists whose order means nothing: properties that the resource schemas mark `insertionOrder: false` or describe as a
 * set. https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export const UNORDERED: ReadonlySet<string> = new Set([
  'AllowedOAuthFlows',
  'AllowedOAuthScopes',
  'Architectures',
  'AvailabilityZones',
  'CallbackURLs',
  'DependsOn',
  'ExplicitAuthFlows',
  'LogoutURLs',
  'ManagedPolicyArns',
  'RequiresCompatibilities',
  'Roles',
  'SecurityGroupEgress',
  'SecurityGroupIds',
  'SecurityGroupIngress',
  'SecurityGroups',
  'SubnetIds',
  'Subnets',
  'SupportedIdentityProviders',
  'Tags',
  'VPCZoneIdentifier',
  'VpcSecurityGroupIds',
]);

/** Whether two lists hold the same, and stand at a place where order means nothing. */
export function differsInOrderOnly(
  path: readonly string[],
  before: readonly unknown[],
  after: readonly unknown[],
): boolean {
  if (!UNORDERED.has(path.at(-1) ?? '') || before.length !== after.length) return false;
  const sorted = (list: readonly unknown[]): unknown => list.map(canonicalJson).sort();
  return same(sorted(before), sorted(after));
}

/** Digest of an asset, as the CDK writes it. */
export const DIGEST = /[0-9a-f]{64}/g;

/** Whether 64 hexadecimal digits are the digest of something that the app itself builds. */
export type IsAsset = (digest: string) => boolean;

/**
 * Tells the digests of a stack's assets from other 64 hexadecimal digits: an image that is pinned to a digest, a
 * checksum, a key. Of a nested stack that is not told its assets, any digits are taken for one.
 */
export function assetsOf({ assets, parent }: Pick<StackInput, 'assets' | 'parent'>): IsAsset {
  if (assets.length === 0 && parent !== undefined) return () => true;
  const known = new Set(assets.map((digest) => digest.replace(/^sha256:/, '')));
  return (digest) => known.has(digest);
}

/** Whether two values differ by nothing but the digests of assets, those in the new one being the app's own. */
export function differsInAssetOnly(before: unknown, after: unknown, isAsset: IsAsset): boolean {
  const [old, fresh] = [canonicalJson(before), canonicalJson(after)];
  if (old.replaceAll(DIGEST, '#') !== fresh.replaceAll(DIGEST, '#')) return false;
  const [was, is] = [old.match(DIGEST) ?? [], fresh.match(DIGEST) ?? []];
  return is.length > 0 && is.every((digest, index) => digest === was[index] || isAsset(digest));
}

/** Why a difference of a property is noise; undefined when it is none. */
export function noiseOf(leaf: Leaf, isAsset: IsAsset): NoiseKind | undefined {
  const { before, after } = leaf;
  if (isPolicyDocument(before) && isPolicyDocument(after) && equalPolicies(before, after)) return 'policy-equal';
  if (Array.isArray(before) && Array.isArray(after) && differsInOrderOnly(leaf.path, before, after)) return 'order';
  return before !== undefined && after !== undefined && differsInAssetOnly(before, after, isAsset)
    ? 'asset-hash'
    : undefined;
}

/** Why a difference in a resource's metadata is noise: the CDK's own paths, and what it notes of assets. */
export function metadataNoise(key: string): NoiseKind | undefined {
  if (key.startsWith('aws:asset:')) return 'asset-hash';
  return key.startsWith('aws:cdk:') ? 'metadata' : undefined;
}

/** Whether a thing is there for the CDK's own book-keeping. */
export function isBookkeeping(subject: Subject, id: string, value: unknown): boolean {
  const declared = objectOf(value);
  switch (subject) {
    case 'resource':
      return declared.Type === 'AWS::CDK::Metadata';
    case 'condition':
      return id === 'CDKMetadataAvailable';
    case 'parameter':
      return id === 'BootstrapVersion' && /^\/cdk-bootstrap\//.test(textually(declared.Default));
    case 'other':
      return id === 'Rules.CheckBootstrapVersion';
    case 'output':
    case 'mapping':
    case 'transform':
    case 'tag':
    case 'termination-protection':
      return false;
  }
}

/** The kind that stands for several, when all of them are noise. */
export function summedNoise(kinds: readonly (NoiseKind | undefined)[]): NoiseKind | undefined {
  if (kinds.length === 0 || kinds.includes(undefined)) return undefined;
  const order: readonly NoiseKind[] = ['asset-hash', 'policy-equal', 'order', 'metadata'];
  return order.find((kind) => kinds.includes(kind));
}
