import { at, fromEntries, isObject, objectOf } from './json.js';
import { noiseOf, type IsAsset } from './noise.js';
import { leavesOf } from './properties.js';
import { resourcesOf, type Template } from './template.js';

/** A version of a function that a new build of its code takes the place of. */
export interface VersionPair {
  readonly old: string;
  readonly fresh: string;
}

const HASH = /[0-9a-f]{32}$/;

/**
 * Versions of Lambda functions carry a hash of the function in their logical id, so that a new build of the code takes
 * one away and brings another. Finds those pairs where nothing but the code's digest changed.
 */
export function versionPairs(before: Template, after: Template, isAsset: IsAsset): readonly VersionPair[] {
  const [old, fresh] = [resourcesOf(before), resourcesOf(after)];
  const ids = (side: typeof old, other: typeof old): string[] =>
    [...side]
      .filter(([id, { type }]) => type === 'AWS::Lambda::Version' && HASH.test(id) && !other.has(id))
      .map(([id]) => id);
  const added = ids(fresh, old);
  return ids(old, fresh).flatMap((one) => {
    const partner = added.find((id) => id.replace(HASH, '') === one.replace(HASH, ''));
    const target = at(old.get(one)?.properties, ['FunctionName', 'Ref']);
    if (partner === undefined || typeof target !== 'string') return [];
    const [was, is] = [old.get(target), fresh.get(target)];
    const leaves = leavesOf(was?.properties, is?.properties);
    const isBuild =
      was !== undefined && is !== undefined && leaves.every((leaf) => noiseOf(leaf, isAsset) === 'asset-hash');
    return isBuild ? [{ old: one, fresh: partner }] : [];
  });
}

/** The deployed template with the new ids of versions, so that what refers to them compares equal. */
export function withNewVersions(template: Template, pairs: readonly VersionPair[]): Template {
  const names = new Map(pairs.map((pair) => [pair.old, pair.fresh]));
  if (names.size === 0) return template;
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(renamed);
    return isObject(value)
      ? fromEntries(Object.entries(value).map(([key, member]) => [names.get(key) ?? key, renamed(member)]))
      : value;
  };
  return objectOf(renamed(template));
}
