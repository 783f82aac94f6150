import { mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyWithProtection } from '../../../src/cdk/assembly/protection.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'protection-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const stack = (properties: unknown) => ({ type: 'aws:cloudformation:stack', properties });
const read = (...names: string[]): unknown => JSON.parse(readFileSync(path.join(folder, ...names), 'utf8'));

test('only the protection of the named stacks is another, also in a stage; the original stays', () => {
  const original = path.join(folder, 'out');
  mkdirSync(path.join(original, 'assembly-Prod'), { recursive: true });
  const top = {
    version: '54.0.0',
    artifacts: { web: stack({ templateFile: 'web.json', terminationProtection: true }), tree: { type: 'cdk:tree' } },
  };
  const stage = { version: '54.0.0', artifacts: { 'Prod-api': stack({ templateFile: 'api.json' }), db: stack({}) } };
  writeFileSync(path.join(original, 'manifest.json'), JSON.stringify(top));
  writeFileSync(path.join(original, 'web.json'), '{}');
  symlinkSync('web.json', path.join(original, 'link.json'));
  writeFileSync(path.join(original, 'assembly-Prod', 'manifest.json'), JSON.stringify(stage));

  const protection = new Map([
    ['web', false],
    ['Prod-api', true],
    ['tree', true],
  ]);
  copyWithProtection(original, path.join(folder, 'copy'), protection);

  const { web } = top.artifacts;
  expect(read('copy', 'manifest.json')).toEqual({
    ...top,
    artifacts: { ...top.artifacts, web: stack({ ...(web.properties as object), terminationProtection: false }) },
  });
  expect(read('copy', 'assembly-Prod', 'manifest.json')).toMatchObject({
    artifacts: { 'Prod-api': { properties: { terminationProtection: true } }, db: { properties: {} } },
  });
  expect(read('copy', 'link.json')).toEqual({});
  expect(read('out', 'manifest.json')).toEqual(top);
});
