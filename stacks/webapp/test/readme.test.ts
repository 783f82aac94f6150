import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { webappConfig, webappContext } from '../lib/params.js';
import { FOLDER } from './webapp-app.js';

const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');

/** What the first column of the tables names in code style, of those names that a pattern picks. */
function documented(pattern: RegExp): string[] {
  const cells = readme.split('\n').flatMap((line) => (line.startsWith('| `') ? [line.split(' | ')[0] ?? ''] : []));
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
  return names.filter((name) => pattern.test(name)).sort();
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

function paths({ properties = {} }: JsonSchema): string[] {
  return Object.entries(properties).flatMap(([name, inner]) =>
    inner.properties === undefined ? [name] : paths(inner).map((path) => `${name}.${path}`),
  );
}

test('the README lists every context key and no other', () => {
  expect(documented(/^(deployment|platform):./)).toEqual(Object.keys(webappContext.shape).sort());
});

test('the README lists every parameter and no other', () => {
  const schema = z.toJSONSchema(webappConfig, { io: 'input' }) as JsonSchema;
  expect(documented(/^[a-z]+\.[a-zA-Z.]+$/)).toEqual(paths(schema).sort());
});
