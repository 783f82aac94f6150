import type { z } from 'zod';
import { quote } from './wording.js';

type Issue = z.core.$ZodIssue;

/** What is wrong with a config, and where. */
export interface Complaint {
  readonly path: readonly PropertyKey[];
  /** The key that is wrong, where it is not the value at `path`. */
  readonly key?: string;
  readonly message: string;
}

/**
 * The complaint that helps most: an unknown key first, since a mistyped key makes another one missing.
 * @param source how a scalar stands in the file, for a number that YAML has already changed
 */
export function complaintOf(
  issues: readonly Issue[],
  data: unknown,
  source: (path: readonly PropertyKey[]) => string | undefined,
): Complaint {
  const leaves = issues.map((issue) => leaf(issue));
  const issue = leaves.find(({ code }) => code === 'unrecognized_keys') ?? leaves[0];
  if (issue === undefined) return { path: [], message: 'is not valid' };
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') return { path, key: issue.keys[0] ?? '', message: issue.message };
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1));
    return { path: path.slice(0, -1), key, message: `${quote(key)}: ${issue.issues[0]?.message ?? issue.message}` };
  }
  // A rule over several keys: its message is a whole sentence, which a value in front would spoil.
  if (issue.code === 'custom' && issue.params?.['whole'] === true) return { path, message: issue.message };
  const value = valueAt(data, path);
  if (value === undefined) return { path, message: `is missing: it ${issue.message}` };
  return { path, message: `${shown(value, source(path))} ${issue.message}` };
}

/** Of a union, the issue of the one branch that fits the kind of value; the union's own words where none does. */
function leaf(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const fitting = issue.errors.filter(
    (branch) => !branch.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  const inner = fitting.length === 1 ? fitting[0]?.map((each) => leaf(each)) : undefined;
  const first = inner?.find(({ code }) => code === 'unrecognized_keys') ?? inner?.[0];
  return first === undefined ? issue : { ...first, path: [...issue.path, ...first.path] };
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function shown(value: unknown, source: string | undefined): string {
  if (typeof value === 'string') return quote(value);
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return source ?? JSON.stringify(value);
}
