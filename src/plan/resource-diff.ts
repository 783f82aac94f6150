import { same } from './equal.js';
import { at, keysOf } from './json.js';
import { referencesIn } from './intrinsic.js';
import type { Cause, NoiseKind, PropertyChange, Replacement } from './model.js';
import { metadataNoise, noiseOf, type IsAsset } from './noise.js';
import { leavesOf, replacementAt, strongest, type Leaf } from './properties.js';
import { specOf } from './spec.js';
import type { Resource } from './template.js';

/** What differs between two states of one resource. */
export interface ResourceDiff {
  readonly properties: readonly PropertyChange[];
  readonly replacement: Replacement;
}

/** The same resource before and after; `raw` is as the templates have it, the rest with known values put in. */
export interface Pair {
  readonly before: Resource;
  readonly after: Resource;
  readonly raw?: { readonly before: Resource; readonly after: Resource };
}

/**
 * Compares a resource with its deployed self.
 *
 * @param impacts what the library says of the top-level properties
 * @param parameters names of parameters whose value differs
 */
export function resourceDiff(
  { before, after, raw }: Pair,
  impacts: ReadonlyMap<string, Replacement> | undefined,
  parameters: ReadonlySet<string>,
  isAsset: IsAsset,
): ResourceDiff {
  const spec = specOf(after.type);
  const properties = leavesOf(before.properties, after.properties).map((leaf) => {
    const replacement = strongest([replacementAt(spec, leaf), impacts?.get(leaf.path[0] ?? '') ?? 'never']);
    const cause: Cause = isByParameter(leaf, raw, parameters) ? 'parameter' : 'direct';
    return propertyChange(
      leaf,
      replacement,
      cause,
      replacement === 'never' ? noiseOf(leaf, isAsset) : assetNoise(leaf, isAsset),
    );
  });
  const attributes = leavesOf(before.attributes, after.attributes).map((leaf) =>
    propertyChange(leaf, 'never', 'direct', noiseOf(leaf, isAsset)),
  );
  const metadata = keysOf(before.metadata, after.metadata).flatMap((key) =>
    leavesOf(before.metadata[key], after.metadata[key], ['Metadata', key]).map((leaf) =>
      propertyChange(leaf, 'never', 'direct', metadataNoise(key)),
    ),
  );
  const condition = leavesOf(before.condition, after.condition, ['Condition']).map((leaf) =>
    propertyChange(leaf, 'never', 'direct'),
  );
  return {
    properties: [...properties, ...attributes, ...metadata, ...condition],
    replacement: strongest(properties.map(({ replacement }) => replacement)),
  };
}

/** A replacement is a replacement, however equal two lists or policies look; only a new build of an asset is as usual. */
function assetNoise(leaf: Leaf, isAsset: IsAsset): NoiseKind | undefined {
  const noise = noiseOf(leaf, isAsset);
  return noise === 'asset-hash' ? noise : undefined;
}

function isByParameter(leaf: Leaf, raw: Pair['raw'], parameters: ReadonlySet<string>): boolean {
  if (raw === undefined || parameters.size === 0) return false;
  const [before, after] = [at(raw.before.properties, leaf.path), at(raw.after.properties, leaf.path)];
  return same(before, after) && [...referencesIn(after)].some((id) => parameters.has(id));
}

export function propertyChange(leaf: Leaf, replacement: Replacement, cause: Cause, noise?: NoiseKind): PropertyChange {
  return {
    path: leaf.path.join('.'),
    ...(leaf.before !== undefined && { before: leaf.before }),
    ...(leaf.after !== undefined && { after: leaf.after }),
    replacement,
    cause,
    ...(noise !== undefined && { noise }),
  };
}
