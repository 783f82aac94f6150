import { z } from 'zod';
import { ACCOUNT, NAME, PLACEHOLDER_ACCOUNT, REGION, ROLE_ARN } from '../names.js';
import { hint, listed, quote } from '../wording.js';

/** Words that users bring from elsewhere, and what they are called here. */
const SYNONYMS: Readonly<Record<string, string>> = {
  on: 'when',
  bases: 'branches',
  workflow_dispatch: 'dispatch',
  'workflow-dispatch': 'dispatch',
  role: 'roles',
};

/** An object without other keys than its own: an unknown one is an error that names the nearest known one. */
export function object<T extends z.core.$ZodLooseShape>(shape: T) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown key ${quote(issue.keys[0] ?? '')}${meant(issue.keys[0] ?? '', known)}: known are ${known.join(', ')}`
        : `must be a mapping of ${listed(known)}`,
  });
}

/** One thing, or a list of them. `must` says in words what may stand there. */
export function oneOrMany<T extends z.ZodType>(item: T, must: string) {
  return z.union([item, z.array(item).min(1, 'must not be an empty list')], { error: must });
}

/** The list behind `oneOrMany`. */
export function many<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** Things by their name. */
export function named<T extends z.ZodType>(value: T, what: string) {
  return z.record(NAME_OF(what), value, { error: `must be a mapping from ${what} names` });
}

const NAME_RULE = `must match ${NAME.source} (small letters, digits, dots and dashes, 63 at most)`;
const NAME_OF = (what: string) => z.string().regex(NAME, `${what} name ${NAME_RULE}`);

export const name = z.string({ error: NAME_RULE }).regex(NAME, NAME_RULE);

export const text = z.string({ error: 'must be a text' }).min(1, 'must not be empty');

export const flag = z.boolean({ error: 'must be true or false' });

export const account = z
  .string({ error: "must be 12 digits in quotes ('012345678901'), since a number loses its leading zeros" })
  .regex(ACCOUNT, 'must be 12 digits')
  .refine((value) => value !== PLACEHOLDER_ACCOUNT, 'is a placeholder: put the id of the account');

export const region = z
  .string({ error: 'must be a region such as us-west-2' })
  .regex(REGION, 'must be a region such as us-west-2');

const ARN_RULE = 'must be the ARN of a role, such as arn:aws:iam::012345678901:role/deploy';
export const roleArn = z.string({ error: ARN_RULE }).regex(ROLE_ARN, ARN_RULE);

const PATH_RULE = 'must be a path inside the repository, relative to its root, with / between folders';
/** Neither absolute nor with a backslash, and without a `..` that leads anywhere. */
export const path = z
  .string({ error: PATH_RULE })
  .min(1, PATH_RULE)
  .regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\\]+$/, PATH_RULE);

function meant(key: string, known: readonly string[]): string {
  const synonym = Object.hasOwn(SYNONYMS, key) ? SYNONYMS[key] : undefined;
  return synonym !== undefined && known.includes(synonym) ? ` (here it is called '${synonym}')` : hint(key, known);
}
