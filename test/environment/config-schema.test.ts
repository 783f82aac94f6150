import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configSchema } from '../../scripts/generate/config-schema.js';

const schema = configSchema() as Schema;

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** Every key that a schema knows, with its path. */
function* keysOf(node: Schema, path = ''): Generator<readonly [string, Schema]> {
  for (const [key, value] of Object.entries(node.properties ?? {})) {
    yield [`${path}${key}`, value];
    yield* keysOf(value, `${path}${key}.`);
  }
  if (typeof node.additionalProperties === 'object') yield* keysOf(node.additionalProperties, `${path}<name>.`);
  if (node.items) yield* keysOf(node.items, path);
  for (const branch of node.anyOf ?? []) yield* keysOf(branch, path);
}

test('documents every key', () => {
  const keys = [...keysOf(schema)];
  expect(keys.map(([path]) => path)).toEqual(
    expect.arrayContaining(['environments.<name>.when.push.branches', 'environments.<name>.roles.deploy.external-id']),
  );
  expect(keys.filter(([, value]) => !value.description).map(([path]) => path)).toEqual([]);
});

test('refuses unknown keys, and asks for the version alone', () => {
  expect(schema).toMatchObject({ additionalProperties: false, required: ['schema'] });
});

test('is what the repository publishes', () => {
  const file = new URL('../../docs/schema/deploy.v1.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
});
