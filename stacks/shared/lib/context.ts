import type { Node } from 'constructs';
import type { z } from 'zod';
import { OLDER_PREFIXES } from './context-schema.js';
import { ConfigError } from './errors.js';
import { suggestion } from './nearest.js';

const SOURCE = 'cdk.context.json';

/**
 * The app's context under its newest keys, checked against `schema`. Older spellings are read too; an empty string
 * counts as absent, because that is what a section of a template leaves behind.
 *
 * @throws ConfigError for an unknown, missing or wrong key, or for two spellings that disagree
 */
export function readContext<Shape extends z.ZodRawShape>(
  node: Node,
  schema: z.ZodObject<Shape>,
): z.infer<typeof schema> {
  const given = newestKeys(node.getAllContext() as Record<string, unknown>);
  const known = Object.keys(schema.shape);
  for (const [key, { spelled }] of given) {
    if (!known.includes(key)) {
      throw new ConfigError(`unknown context key "${spelled}" in ${SOURCE}${suggestion(key, known)}`);
    }
  }
  const values = Object.fromEntries([...given].map(([key, { value }]) => [key, value]));
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const key = String(issue?.path[0] ?? '');
  const found = given.get(key);
  if (found === undefined) throw new ConfigError(`missing context key "${key}": add it to ${SOURCE}`);
  const path = [found.spelled, ...(issue?.path.slice(1) ?? [])].join('.');
  const problem = issue?.code === 'invalid_key' ? issue.issues[0]?.message : issue?.message;
  throw new ConfigError(`context key "${path}" in ${SOURCE} ${problem ?? 'is wrong'}: ${JSON.stringify(found.value)}`);
}

interface Given {
  /** As the file spells the key. */
  readonly spelled: string;
  readonly value: unknown;
}

function newestKeys(context: Readonly<Record<string, unknown>>): Map<string, Given> {
  const given = new Map<string, Given>();
  for (const [spelled, value] of Object.entries(context)) {
    const key = newestKey(spelled);
    if (key === undefined || value === '') continue;
    const other = given.get(key);
    if (other !== undefined && JSON.stringify(other.value) !== JSON.stringify(value)) {
      throw new ConfigError(
        `context keys "${other.spelled}" and "${spelled}" in ${SOURCE} differ: keep the newer, "${key}"`,
      );
    }
    given.set(key, other ?? { spelled, value });
  }
  return given;
}

/** The newest spelling of a key of ours, undefined for a key of the CDK's. */
function newestKey(key: string): string | undefined {
  for (const [older, newest] of Object.entries(OLDER_PREFIXES)) {
    if (key.startsWith(older)) return newest + key.slice(older.length);
    if (key.startsWith(newest)) return key;
  }
  return undefined;
}
