import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../emulators/programs.js';

/** A checkout with nothing installed, and a `PATH` with nothing but what a test puts there. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'setup-'));
  cpSync(join(ROOT, 'scripts/setup.mjs'), join(root, 'scripts/setup.mjs'));
  cpSync(join(ROOT, 'scripts/setup'), join(root, 'scripts/setup'), { recursive: true });
  write('test/emulators/aws/requirements.txt', 'ministack==1.5.33\n');
  mkdirSync(join(root, 'bin'));
  symlinkSync('/bin/sh', join(root, 'bin/sh'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A program that logs how it was called and then runs a line of shell. */
function program(name: string, line: string): void {
  write(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >> '${root}/calls'\n${line}\n`);
  chmodSync(join(root, `bin/${name}`), 0o755);
}

function setup(...parts: string[]) {
  const env = { PATH: join(root, 'bin') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/setup.mjs'), ...parts], {
    env,
    encoding: 'utf8',
  });
  return { status, out: stdout, error: stderr.trim().split('\n').at(-1) };
}

const calls = (): readonly string[] => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');

test.each([
  ['python', 'echo Python 3.9.18', 'error: Python 3.10 or newer is needed, with venv: python3 is 3.9.18', 'python3'],
  ['python', 'exit 1', 'error: Python 3.10 or newer is needed, with venv: none was found', 'python3'],
  ['java', `echo 'openjdk version "11.0.2"'`, 'error: java 11.0.2 is too old: install a JDK, 17 or newer', 'java'],
  ['java', 'exit 1', 'error: java was not found: install a JDK, 17 or newer', 'java'],
  ['maven', 'exit 1', 'error: mvn was not found: install Apache Maven, 3.8 or newer', 'mvn'],
  ['go', 'exit 1', 'error: go was not found: install Go 1.24 or newer', 'go'],
  ['perl', '', 'error: unknown part "perl": use node, python, lint, go, java, maven', 'perl'],
])('%s that says "%s": %s', (part, line, error, name) => {
  program(name, line);
  expect(setup(part)).toMatchObject({ status: 1, error });
});

test('a new enough Java is taken as it is', () => {
  program('java', `echo 'openjdk version "17"' >&2`);
  expect(setup('java')).toMatchObject({ status: 0 });
});

test('the virtual environment is made once, and again when the requirements change', () => {
  const python = `case $1 in --version) echo Python 3.12.1;; esac`;
  program('python3', `${python}; case $2 in venv) /bin/mkdir -p $4/bin; /bin/cp "$0" $4/bin/python;; esac`);
  expect(setup('python')).toMatchObject({ status: 0 });
  expect(setup('python')).toMatchObject({ status: 0, out: 'setup: all is there\n' });
  write('test/emulators/aws/requirements.txt', 'ministack==1.5.34\n');
  expect(setup('python').out).toContain('-m venv');
  expect(calls().filter((call) => call.includes('-m venv'))).toHaveLength(2);
  expect(calls().filter((call) => call.includes('-r '))).toHaveLength(2);
});

test('the packages are installed once, and again when the lock changes', () => {
  const lock = (version: string): string =>
    JSON.stringify({
      packages: {
        '': { name: 'x' },
        'node_modules/a': { integrity: version },
        'node_modules/b': { integrity: 'other platform', optional: true },
      },
    });
  write('package-lock.json', lock('1'));
  const tree = `/bin/mkdir -p '${root}/node_modules/node/bin'; : > '${root}/node_modules/node/bin/node'`;
  program('npm', `${tree}; /bin/cp '${root}/package-lock.json' '${root}/node_modules/.package-lock.json'`);
  expect(setup('node')).toMatchObject({ status: 0, out: expect.stringContaining('npm ci') as string });
  expect(setup('node').out).toBe('setup: all is there\n');
  write('package-lock.json', lock('2'));
  expect(setup('node').out).toContain('npm ci');
  expect(calls()).toHaveLength(2);
});
