import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { generatedFiles } from '../../scripts/generate/files.js';

const ROOT = resolve(import.meta.dirname, '../..');

// The table of CloudFormation types is compressed as far as it goes, which takes its time.
vi.setConfig({ testTimeout: 60_000 });

let checkout: string;
const edit = (file: string, change: (text: string) => string): void => {
  const place = join(checkout, file);
  writeFileSync(place, change(readFileSync(place, 'utf8')));
};
const stale = async (root: string): Promise<readonly string[]> =>
  (await generatedFiles(root)).filter((file) => file.stale).map(({ file }) => file);

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'generated-'));
  for (const name of ['action.yml', 'package.json', '.github/workflows', 'README.md', 'docs', 'src/plan/generated']) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  }
});
afterEach(() => {
  rmSync(checkout, { recursive: true });
});

test('what is committed is fresh', async () => {
  expect(await stale(ROOT)).toEqual([]);
});

test('a file that was edited or is missing is stale, and no other', async () => {
  edit('docs/schema/plan.v1.json', (text) => text.replace('plan.v1', 'plan.v2'));
  rmSync(join(checkout, 'docs/schema/deploy.v1.json'));
  expect(await stale(checkout)).toEqual(['docs/schema/deploy.v1.json', 'docs/schema/plan.v1.json']);
});

test('another description in action.yml makes the README stale, and generating mends it', async () => {
  edit('action.yml', (text) => text.replace('description: Audience of', 'description: The audience | of'));
  const files = await generatedFiles(checkout);
  expect(files.filter((file) => file.stale).map(({ file }) => file)).toEqual(['README.md']);
  edit('README.md', () => files.find(({ file }) => file === 'README.md')!.content);
  expect(readFileSync(join(checkout, 'README.md'), 'utf8')).toContain("The audience \\| of GitHub's OIDC token.");
  expect(await stale(checkout)).toEqual([]);
});

test('a release of another version makes the workflows stale that call this action', async () => {
  edit('package.json', (text) => text.replace(/"version": "[^"]+"/, '"version": "7.8.9"'));
  const files = (await generatedFiles(checkout)).filter((file) => file.stale);
  const names = ['build', 'diff', 'bootstrap', 'deploy', 'release'].map((name) => `.github/workflows/${name}.yml`);
  expect(files.map(({ file }) => file)).toEqual(expect.arrayContaining(names));
  for (const name of names) {
    const { content } = files.find(({ file }) => file === name)!;
    expect(new Set(content.match(/fast-ish\/deploy-action@\S+/g))).toEqual(new Set(['fast-ish/deploy-action@v7.8.9']));
  }
});

test('a wave that was edited by hand is stale', async () => {
  edit('.github/workflows/release.yml', (text) => text.replace('needs: [resolve, deploy-3]', 'needs: [resolve]'));
  expect(await stale(checkout)).toContain('.github/workflows/release.yml');
});

test.each([
  ['is renamed', 'fail-on:', 'fails-on:', 'action.yml has no input fail-on, which src/inputs.ts reads'],
  ['is added', 'inputs:\n', 'inputs:\n  colour: { description: C. }\n', 'no command reads the input colour'],
])('an input that %s in action.yml only is an error', async (_, before, after, message) => {
  edit('action.yml', (text) => text.replace(before, after));
  await expect(generatedFiles(checkout)).rejects.toThrow(message);
});

test('a file that has lost its markers is an error that names them', async () => {
  edit('README.md', (text) => text.replace('<!-- outputs:end -->', ''));
  await expect(generatedFiles(checkout)).rejects.toThrow(
    'the markers <!-- outputs:start --> and <!-- outputs:end --> are missing: put them back',
  );
});
