import { isDeepStrictEqual } from 'node:util';
import { isRecord } from './json.js';
import { maskedContext } from './secret.js';

type Context = Readonly<Record<string, unknown>>;

/** A value that differs. Without `before` it is new, without `after` it is gone. */
export interface Difference {
  /** Dotted, list indexes as numbers. */
  readonly key: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * What differs between two contexts, value by value, by key. Secrets are compared as they are and shown as `***`.
 */
export function compareContexts(before: Context, after: Context): readonly Difference[] {
  const [old, oldShown, now, nowShown] = [before, maskedContext(before), after, maskedContext(after)].map(leavesOf);
  const keys = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...keys]
    .filter((key) => !isDeepStrictEqual(old?.get(key), now?.get(key)))
    .map((key) => {
      const path = (now?.get(key) ?? old?.get(key))?.path ?? [];
      const [left, right] = [oldShown?.get(key), nowShown?.get(key)];
      return {
        key: path.join('.'),
        ...(left === undefined ? {} : { before: left.value }),
        ...(right === undefined ? {} : { after: right.value }),
      };
    })
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
}

/** Values by their path; what is empty is a value itself. The path is spelled so that no key looks like another's. */
function leavesOf(context: Context): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const visit = (value: unknown, path: readonly string[]): void => {
    const members = Array.isArray(value) || isRecord(value) ? Object.entries(value) : [];
    if (members.length === 0 && path.length > 0) leaves.set(JSON.stringify(path), { path, value });
    for (const [key, member] of members) visit(member, [...path, key]);
  };
  visit(context, []);
  return leaves;
}
