import { z } from 'zod';
import { ACCOUNT, NAME, REGION, ROLE_ARN, VARIABLE } from '../../src/environment/names.js';
import { path } from '../../src/environment/schema/parts.js';
import { codes, replaceSection, table } from './section.js';

/** The part of JSON Schema that the config's schema is made of. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** What the patterns of texts are called. */
const TEXTS: Readonly<Record<string, string>> = {
  [NAME.source]: 'name',
  [ACCOUNT.source]: 'account id',
  [REGION.source]: 'region',
  [ROLE_ARN.source]: 'role ARN',
  [VARIABLE.source]: 'variable',
  [z.toJSONSchema(path).pattern ?? 'path']: 'path',
};

/** Keys with a section of their own. */
const SECTIONS = ['environments', 'releases'];

/** `docs/configuration.md` with its tables of keys made from the config's schema. */
export function configuration(present: string, schema: Schema): string {
  const keys = [...keysOf(schema)];
  const below = (section: string): string => `${section}.<name>.`;
  const top = keys.filter(({ path }) => !SECTIONS.some((section) => path.startsWith(below(section))));
  const parts = SECTIONS.map((section) => {
    const inner = keys.filter(({ path }) => path.startsWith(below(section)));
    const relative = inner.map((key) => ({ ...key, path: key.path.slice(below(section).length) }));
    return `### \`${section}.<name>\`\n\n${keyTable(relative)}`;
  });
  return replaceSection(present, 'keys', ['### The file', keyTable(top), ...parts].join('\n\n'));
}

interface Key {
  /** `environments.<name>.roles.plan`, `checks[].run` */
  readonly path: string;
  readonly schema: Schema;
  readonly required: boolean;
}

function keyTable(keys: readonly Key[]): string {
  const rows = keys.map(({ path, schema, required }) => {
    const { text, byDefault } = wordsOf(schema.description ?? '');
    return [codes([path]), typeOf(schema), required ? 'required' : byDefault, text];
  });
  return table(['Key', 'Type', 'Default', 'What it is'], rows);
}

/** Every key, what is above before what is below; a key of one thing stands for that of a list of such things, too. */
function* keysOf(schema: Schema, prefix = ''): Generator<Key> {
  const seen = new Set<string>();
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    yield { path: prefix + name, schema: inner, required: schema.required?.includes(name) ?? false };
    for (const key of below(inner, prefix + name)) {
      const bare = key.path.replaceAll('[]', '');
      if (!seen.has(bare)) yield key;
      seen.add(bare);
    }
  }
}

function* below(schema: Schema, path: string): Generator<Key> {
  yield* keysOf(schema, `${path}.`);
  if (typeof schema.additionalProperties === 'object') yield* below(schema.additionalProperties, `${path}.<name>`);
  if (schema.items !== undefined) yield* below(schema.items, `${path}[]`);
  for (const branch of schema.anyOf ?? []) yield* below(branch, path);
}

/** The type in words. */
function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return codes([JSON.stringify(schema.const)]);
  if (schema.enum !== undefined) return codes(schema.enum);
  if (schema.anyOf !== undefined) return eitherOf(schema.anyOf);
  switch (schema.type) {
    case 'string':
      return TEXTS[schema.pattern ?? ''] ?? 'text';
    case 'array':
      return `list: ${typeOf(schema.items ?? {})}`;
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? `mapping of names: ${typeOf(schema.additionalProperties)}`
        : 'mapping';
    case 'boolean':
      return codes(['true', 'false']);
    case undefined:
      return 'anything';
    default:
      // `[null, boolean]`: as under GitHub's `on`, where a key may stand alone.
      return Array.isArray(schema.type) ? `${codes(['true', 'false'])}, nothing` : String(schema.type);
  }
}

/** Several types, each once; a thing or a list of such things is told in few words. */
function eitherOf(branches: readonly Schema[]): string {
  const types = [...new Set(branches.map(typeOf))];
  const lists = types.filter((type) => types.some((one) => type === `list: ${one}`));
  const told = types.filter((type) => !lists.includes(type));
  return told.join('; or ') + (lists.length > 0 ? '; or a list' : '');
}

/** A description without its sentence about the default, and that sentence's content. */
function wordsOf(description: string): { readonly text: string; readonly byDefault: string } {
  const match = /(?:^|\s)(?:By default (.+?)|(All) by default)\.(?= [A-Z]|$)/.exec(description);
  if (match === null) return { text: description, byDefault: '' };
  const byDefault = match[1] ?? match[2]?.toLowerCase() ?? '';
  return { text: description.replace(match[0], '').trim(), byDefault };
}
