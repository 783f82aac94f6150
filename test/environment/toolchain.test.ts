import { expect, test } from 'vitest';
import { toolchainOf, type Files, type Toolchain } from '../../src/environment/toolchain.js';

/** A workspace with these files. */
function workspace(contents: Readonly<Record<string, string>>): Files {
  const names = Object.keys(contents);
  return {
    list: (folder) => {
      const prefix = folder === '.' ? '' : `${folder}/`;
      const inside = names.filter((name) => name.startsWith(prefix));
      return [...new Set(inside.map((name) => name.slice(prefix.length).split('/')[0] ?? ''))];
    },
    read: (file) => contents[file],
  };
}

const files = (...names: string[]): Files => workspace(Object.fromEntries(names.map((name) => [name, ''])));
const PACKAGE = '{"scripts":{"test":"vitest run"}}';

test.each<[string, Files, string, Toolchain]>([
  [
    'npm, with tests',
    workspace({ 'package.json': PACKAGE, 'package-lock.json': '', '.nvmrc': '22' }),
    '.',
    {
      name: 'node',
      'node-version-file': '.nvmrc',
      'node-cache': 'npm',
      'node-lock': 'package-lock.json',
      install: 'npm ci',
      test: 'npm test',
    },
  ],
  [
    'an npm workspace, whose lock file lies above',
    workspace({ 'package-lock.json': '', 'package.json': '{}', 'stacks/web/package.json': PACKAGE }),
    'stacks/web',
    {
      name: 'node',
      'node-version': '24',
      'node-cache': 'npm',
      'node-lock': 'package-lock.json',
      install: '(cd ../.. && npm ci)',
      test: 'npm test',
    },
  ],
  [
    'pnpm, and the test that npm init writes',
    workspace({ 'package.json': '{"scripts":{"test":"echo no test specified && exit 1"}}', 'pnpm-lock.yaml': '' }),
    '.',
    { name: 'node', 'node-version': '24', install: 'corepack enable && pnpm install --frozen-lockfile' },
  ],
  [
    'the first yarn',
    files('package.json', 'yarn.lock'),
    '.',
    { name: 'node', 'node-version': '24', install: 'corepack enable && yarn install --frozen-lockfile' },
  ],
  [
    'a newer yarn',
    workspace({ 'package.json': '', 'yarn.lock': '# x\n__metadata:\n' }),
    '.',
    { name: 'node', 'node-version': '24', install: 'corepack enable && yarn install --immutable' },
  ],
  ['no lock file', files('app/package.json'), 'app', { name: 'node', 'node-version': '24', install: 'npm install' }],
  [
    'Maven, of a wrapper',
    files('pom.xml', 'mvnw'),
    '.',
    {
      name: 'maven',
      'node-version': '24',
      'java-version': '21',
      test: './mvnw --batch-mode --no-transfer-progress test',
    },
  ],
  [
    'Maven beside the packages of the command line',
    files('app/pom.xml', 'app/package.json', 'app/package-lock.json', 'app/.sdkmanrc'),
    'app',
    {
      name: 'maven',
      'node-version': '24',
      'node-cache': 'npm',
      'node-lock': 'app/package-lock.json',
      'java-version-file': 'app/.sdkmanrc',
      install: 'npm ci',
      test: 'mvn --batch-mode --no-transfer-progress test',
    },
  ],
  [
    'a Maven app in a repository of npm packages, which it has no part in',
    files('package.json', 'package-lock.json', 'app/pom.xml'),
    'app',
    { name: 'maven', 'node-version': '24', 'java-version': '21', test: 'mvn --batch-mode --no-transfer-progress test' },
  ],
  [
    'Gradle',
    files('build.gradle.kts', 'gradlew', '.java-version'),
    '.',
    {
      name: 'gradle',
      'node-version': '24',
      'java-version-file': '.java-version',
      test: './gradlew --console=plain test',
    },
  ],
  [
    'uv',
    workspace({ 'uv.lock': '[[package]]\nname = "pytest"\n', 'pyproject.toml': '', '.python-version': '3.12' }),
    '.',
    {
      name: 'uv',
      'node-version': '24',
      'python-version-file': '.python-version',
      install: 'uv sync --locked\necho "$PWD/.venv/bin" >> "$GITHUB_PATH"',
      test: 'uv run pytest',
    },
  ],
  [
    'pip, as the CDK makes an app',
    workspace({ 'requirements.txt': 'aws-cdk-lib', 'requirements-dev.txt': 'pytest==6.2.5\n' }),
    '.',
    {
      name: 'pip',
      'node-version': '24',
      'python-version': '3.13',
      install: 'python -m pip install -r requirements.txt -r requirements-dev.txt',
      test: 'python -m pytest',
    },
  ],
  [
    'a Python project without a list',
    files('pyproject.toml'),
    '.',
    { name: 'pip', 'node-version': '24', 'python-version': '3.13', install: 'python -m pip install .' },
  ],
  [
    'Go',
    files('app/go.mod'),
    'app',
    {
      name: 'go',
      'node-version': '24',
      'go-version-file': 'app/go.mod',
      install: 'go mod download',
      test: 'go test ./...',
    },
  ],
  [
    '.NET, as the CDK makes an app',
    files('src/App.sln', 'global.json'),
    '.',
    {
      name: 'dotnet',
      'node-version': '24',
      'dotnet-version-file': 'global.json',
      install: 'dotnet build src',
      test: 'dotnet test --no-build src',
    },
  ],
])('%s', (_, given, folder, expected) => {
  expect(toolchainOf(folder, given)).toEqual(expected);
});

test('the config wins over the files, and brings its own commands', () => {
  const found = toolchainOf('.', files('pom.xml', 'package.json'), { toolchain: 'node', before: ['make a', 'make b'] });
  expect(found).toMatchObject({ name: 'node', install: 'npm install', before: 'make a\nmake b' });
});

test('a folder that tells nothing', () => {
  expect(() => toolchainOf('app', files('app/README.md'))).toThrow(
    /^nothing in 'app' tells what the app is built with .*: set the release's build\.toolchain to one of node, maven/,
  );
});
