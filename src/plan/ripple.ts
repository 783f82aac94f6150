import { directReferences, isIntrinsic } from './intrinsic.js';
import { isObject } from './json.js';
import type { NoiseKind, PropertyChange } from './model.js';
import { summedNoise } from './noise.js';
import { replacementAt, strongest, type Leaf } from './properties.js';
import { propertyChange, type ResourceDiff } from './resource-diff.js';
import { specOf } from './spec.js';
import type { Resource } from './template.js';

/**
 * Carries replacements on: what refers to a resource that is certainly replaced gets another value, and is perhaps
 * replaced for that itself.
 *
 * @param resources those in both templates, as the new one has them
 * @param diffs what differs in each of them by itself
 * @returns what differs in each of them in the end
 */
export function rippled(
  resources: ReadonlyMap<string, Resource>,
  diffs: ReadonlyMap<string, ResourceDiff>,
): ReadonlyMap<string, ResourceDiff> {
  const result = new Map(diffs);
  const referrers = referrersOf(resources);
  const queue = [...diffs].filter(([, { replacement }]) => replacement === 'always').map(([id]) => id);
  const done = new Set<string>();
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (done.has(id)) continue;
    done.add(id);
    const noise =
      summedNoise((result.get(id)?.properties ?? []).map((change) => change.noise)) === 'asset-hash'
        ? 'asset-hash'
        : undefined;
    for (const { referrer, leaf } of referrers.get(id) ?? []) {
      const resource = resources.get(referrer);
      if (resource === undefined || referrer === id) continue;
      const old = result.get(referrer) ?? { properties: [], replacement: 'never' };
      const next = withReference(old, leaf, resource, noise);
      result.set(referrer, next);
      if (next.replacement === 'always') queue.push(referrer);
    }
  }
  return result;
}

function withReference(diff: ResourceDiff, leaf: Leaf, resource: Resource, noise: NoiseKind | undefined): ResourceDiff {
  const path = leaf.path.join('.');
  if (diff.properties.some((change) => change.path === path)) return diff;
  const replacement = replacementAt(specOf(resource.type), leaf);
  const change: PropertyChange = propertyChange({ ...leaf, before: leaf.after }, replacement, 'reference', noise);
  return { properties: [...diff.properties, change], replacement: strongest([diff.replacement, replacement]) };
}

interface Referrer {
  readonly referrer: string;
  readonly leaf: Leaf;
}

function referrersOf(resources: ReadonlyMap<string, Resource>): ReadonlyMap<string, readonly Referrer[]> {
  const found = new Map<string, Referrer[]>();
  for (const [referrer, { properties }] of resources) {
    for (const [id, leaf] of referencesAt(properties, [])) {
      const list = found.get(id);
      if (list === undefined) found.set(id, [{ referrer, leaf }]);
      else list.push({ referrer, leaf });
    }
  }
  return found;
}

/** Every reference in a value, with the outermost call of CloudFormation's that it stands in. */
function referencesAt(value: unknown, path: readonly string[], outermost?: Leaf): readonly (readonly [string, Leaf])[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      referencesAt(item, outermost === undefined ? [...path, String(index)] : path, outermost),
    );
  }
  if (!isObject(value)) return [];
  const leaf = outermost ?? (isIntrinsic(value) ? { path, after: value } : undefined);
  const here = leaf !== undefined && isIntrinsic(value) ? directReferences(value).map((id) => [id, leaf] as const) : [];
  const below = Object.entries(value).flatMap(([key, member]) =>
    referencesAt(member, leaf === undefined ? [...path, key] : path, leaf),
  );
  return [...here, ...below];
}
