import { expect, test } from 'vitest';
import { configuration, type Schema } from '../../scripts/generate/configuration.js';

/** Cells of the rows that the tables of this schema have. */
function rowsOf(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): readonly string[] {
  const text = configuration('<!-- keys:start --><!-- keys:end -->', { type: 'object', properties, required });
  return text.split('\n').filter((line) => line.startsWith('| `'));
}

const text: Schema = { type: 'string' };

test.each<readonly [string, Schema, string]>([
  ['a constant', { const: 1 }, '`1`'],
  ['one of some words', { type: 'string', enum: ['a', 'b'] }, '`a`, `b`'],
  ['a text of a known form', { type: 'string', pattern: '^\\d{12}$' }, 'account id'],
  ['any text', { type: 'string', pattern: '^x$' }, 'text'],
  ['one or many', { anyOf: [text, { type: 'array', items: text }] }, 'text; or a list'],
  ['a switch or nothing', { type: ['null', 'boolean'] }, '`true`, `false`, nothing'],
  ['a mapping', { type: 'object', additionalProperties: text }, 'mapping of names: text'],
  ['anything', {}, 'anything'],
])('names the type: %s', (_, schema, type) => {
  expect(rowsOf({ key: schema })).toEqual([`| \`key\` | ${type} |  |  |`]);
});

test.each([
  ['What it is. By default `a.json` or `.yml` beside it.', '`a.json` or `.yml` beside it', 'What it is.'],
  ['What it is. All by default.', 'all', 'What it is.'],
  ['What it is.', '', 'What it is.'],
])('takes the default out of the description: %s', (description, byDefault, rest) => {
  expect(rowsOf({ key: { ...text, description } })).toEqual([`| \`key\` | text | ${byDefault} | ${rest} |`]);
});

test('finds keys below mappings, lists and alternatives, each once', () => {
  const hop: Schema = { type: 'object', properties: { arn: text }, required: ['arn'] };
  const keys = rowsOf({ roles: { anyOf: [hop, { type: 'array', items: hop }] }, list: { type: 'array', items: hop } });
  expect(keys.map((row) => row.split('|')[1]?.trim())).toEqual(['`roles`', '`roles.arn`', '`list`', '`list[].arn`']);
  expect(keys[1]).toContain('| required |');
});
