import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admits, isOlder, satisfies, starterOf, versionIn, wantsOf } from '../../src/doctor/wants.js';

test.each([
  ['.nvmrc', 'v22.1.0\n', 'node', '22.1.0', 1],
  ['.nvmrc', 'lts/*\n', undefined, '', 0],
  ['app/package.json', '{\n  "engines": {\n    "npm": ">=10", "node": ">=22 <25" }\n}', 'node', '>=22 <25', 3],
  ['pom.xml', '<a>\n<maven.compiler.release>21</maven.compiler.release></a>', 'java', '>=21', 2],
  ['pom.xml', '<a><maven.compiler.target>1.8</maven.compiler.target></a>', 'java', '>=8', 1],
  ['build.gradle.kts', 'java.toolchain.languageVersion = JavaLanguageVersion.of(17)', 'java', '>=17', 1],
  ['pyproject.toml', '[project]\nrequires-python = ">=3.10,<4"\n', 'python3', '>=3.10 <4', 2],
  ['pyproject.toml', 'requires-python = "~=3.10"', 'python3', '>=3.10 <4', 1],
  ['pyproject.toml', 'requires-python = "~=3.10.2"', 'python3', '>=3.10.2 <3.11', 1],
  ['pyproject.toml', 'requires-python = "==3.11.*"', 'python3', '3.11', 1],
  ['pyproject.toml', 'requires-python = ">=3.9,!=3.9.7"', 'python3', '>=3.9', 1],
  ['global.json', '{ "sdk": { "version": "8.0.100" } }', 'dotnet', '>=8.0', 1],
  ['README.md', '"engines": { "node": ">=99" }', undefined, '', 0],
])('%s: %j', (file, text, program, range, line) => {
  expect(wantsOf(file, text)).toEqual(
    program === undefined ? [] : [expect.objectContaining({ program, range, line, file }) as unknown],
  );
});

test.each([
  ['24.21.0', '>=22 <25', true],
  ['20.1.0', '>=22', false],
  ['21', '>=21', true],
  ['3.12.4', '>=3.10 <4', true],
  ['3.9', '>=3.10 <4', false],
  ['22.11.0', '22', true],
  ['22.11.0', '22.12', false],
  ['', '>=22', true],
  ['24.1.0', 'lts/*', true],
])('%s in %s: %s', (version, range, good) => {
  expect(satisfies(version, range)).toBe(good);
});

test.each([
  ['v24.21.0\n', '24.21.0'],
  ['openjdk version "17.0.15" 2025-04-15', '17.0.15'],
  ['java version "1.8.0_292"', '8.0'],
  ['Python 3.12.4', '3.12.4'],
  ['8.0.100', '8.0.100'],
  ['none', undefined],
])('%j says %s', (text, version) => {
  expect(versionIn(text)).toBe(version);
});

test.each([
  ['mvn -e -q compile exec:java', 'mvn'],
  ['JAVA_HOME=/x mvn compile', 'mvn'],
  ['npx tsx bin/app.ts', 'npx'],
  ['./run.sh', undefined],
  ['', undefined],
])('%j starts with %s', (command, program) => {
  expect(starterOf(command)).toBe(program);
});

describe('versions of the CLI', () => {
  test.each([
    ['^3', true],
    ['>=2', true],
    ['*', true],
    ['^2.1000.0', false],
    ['latest', false],
  ])('%s admits 3.0.0: %s', (range, good) => {
    expect(admits(range, '3.0.0')).toBe(good);
  });

  test('one comes before another', () => {
    expect([isOlder('2.9.0', '2.1000.0'), isOlder('2.1000.0', '2.9.0'), isOlder('x', '2.9.0')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test('no text of a file breaks the reading of it', () => {
  const names = fc.constantFrom(
    '.nvmrc',
    'package.json',
    'pom.xml',
    'pyproject.toml',
    'global.json',
    '.python-version',
  );
  fc.assert(
    fc.property(names, fc.string(), (file, text) => {
      for (const want of wantsOf(file, text)) expect(want.line).toBeGreaterThan(0);
    }),
  );
});
