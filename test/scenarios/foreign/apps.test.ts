import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ROOT } from '../../emulators/programs.js';
import { hash } from './cache.js';
import { replaceIn } from './edit.js';
import { lookedUp, mavenApp } from './maven.js';
import { make } from './programs.js';
import { samplePython } from './python.js';
import { pinned, sampleTypeScript } from './typescript.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foreign-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('a program that is missing', () => {
  test.each(['mvn', 'java', 'python3', 'npm'])('%s is named, with what to install', async (program) => {
    vi.stubEnv('PATH', folder);
    await expect(make(program, ['--version'], folder)).rejects.toThrow(
      new RegExp(`^${program} was not found: install `),
    );
  });

  test.each([
    { app: 'Maven', program: 'java', making: () => mavenApp(folder, { account: '1', region: 'r' }) },
    { app: 'Python', program: 'python3', making: () => samplePython(folder) },
  ])('$app app: it fails, and is not left out', async ({ program, making }) => {
    vi.stubEnv('PATH', folder);
    await expect(making()).rejects.toThrow(`${program} was not found`);
  });
});

test('a program that fails is named with what it printed, without colours', async () => {
  const script = String.raw`console.log('\x1b[31mred\x1b[0m'); process.exit(3)`;
  await expect(make(process.execPath, ['-e', script], folder)).rejects.toThrow(/ failed in .*:\nred$/);
});

test('the environment of an app in the making holds nothing of the test run', async () => {
  vi.stubEnv('npm_config_local_prefix', ROOT);
  vi.stubEnv('AWS_PROFILE', 'mine');
  const names = await make(process.execPath, ['-p', 'Object.keys(process.env).join(" ")'], folder);
  expect(names).not.toMatch(/npm_|AWS_|VITEST/);
});

test('every package of cdk init gets an exact version, a new one is refused', () => {
  const file = (name: string) => JSON.stringify({ dependencies: { [name]: '^2.275.0' }, devDependencies: {} });
  expect(pinned(file('aws-cdk-lib')).dependencies['aws-cdk-lib']).toMatch(/^\d+\.\d+\.\d+$/);
  expect(() => pinned(file('left-pad'))).toThrow('cdk init brought left-pad, which has no pinned version');
});

test('an edit that finds nothing is an error', async () => {
  const file = join(folder, 'a');
  writeFileSync(file, 'one two');
  await replaceIn(file, 'two', '$& three');
  expect(readFileSync(file, 'utf8')).toBe('one $& three');
  await expect(replaceIn(file, 'four', 'five')).rejects.toThrow(`${file} does not hold "four"`);
});

test('the look-up is kept as the CDK keeps it', () => {
  expect(lookedUp({ account: '111122223333', region: 'eu-west-1' })).toEqual({
    'availability-zones:account=111122223333:region=eu-west-1': ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  });
});

test('another recipe is another app, the same one is the same', async () => {
  expect(hash({ pins: ['a'] })).toBe(hash({ pins: ['a'] }));
  expect(hash({ pins: ['a'] })).not.toBe(hash({ pins: ['b'] }));
  const [first, second] = [await sampleTypeScript(join(folder, '1')), await sampleTypeScript(join(folder, '2'))];
  await first.change.apply();
  const stack = (at: string) => readFileSync(join(at, 'lib/sample-typescript-stack.ts'), 'utf8');
  expect(stack(first.folder)).not.toBe(stack(second.folder));
});
