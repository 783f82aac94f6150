import { posix } from 'node:path';
import { ActionError } from '../errors.js';
import { NODE, nodeOf, type NodeSetup } from './toolchain-node.js';
import { TOOLCHAINS, type ToolchainName } from './toolchains.js';

/** What lies in the workspace. It is handed in, because this room reads nothing. */
export interface Files {
  /** Names in a folder, in any order; empty when there is no such folder. */
  list(folder: string): readonly string[];
  /** Text of a file; undefined when it is not there. */
  read(file: string): string | undefined;
}

/**
 * What a job needs before it can run an app, in the words of the actions that set it up; commands run in the app's
 * folder. What is not there is not needed. It is public, as part of the `targets` of `resolve`.
 */
export interface Toolchain extends NodeSetup {
  readonly name: ToolchainName;
  readonly 'java-version'?: string;
  readonly 'java-version-file'?: string;
  readonly 'python-version'?: string;
  readonly 'python-version-file'?: string;
  readonly 'go-version-file'?: string;
  readonly 'dotnet-version'?: string;
  readonly 'dotnet-version-file'?: string;
  /** Brings the packages of the app. */
  readonly install?: string;
  /** Tests the app. */
  readonly test?: string;
  /** What the config has to run before anything else. */
  readonly before?: string;
}

interface Kind {
  readonly name: ToolchainName;
  /** Whether a name in the app's folder tells of it. */
  readonly sign: (name: string) => boolean;
  readonly setup: (names: readonly string[], folder: string, files: Files) => Omit<Toolchain, 'name'>;
}

const is =
  (...names: readonly string[]) =>
  (name: string): boolean =>
    names.includes(name);

// In this order: an app in Java or Python often has a package.json as well, for the CDK's command line.
const KINDS: readonly Kind[] = [
  { name: 'maven', sign: is('pom.xml'), setup: (names, folder) => maven(names, folder) },
  {
    name: 'gradle',
    sign: is('build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'),
    setup: (names, folder) => gradle(names, folder),
  },
  {
    name: 'go',
    sign: is('go.mod'),
    setup: (_, folder) => ({
      'go-version-file': posix.join(folder, 'go.mod'),
      install: 'go mod download',
      test: 'go test ./...',
    }),
  },
  { name: 'dotnet', sign: (name) => /\.(?:sln|slnx|csproj|fsproj)$/.test(name), setup: dotnet },
  { name: 'uv', sign: is('uv.lock'), setup: uv },
  { name: 'pip', sign: is('requirements.txt', 'pyproject.toml'), setup: pip },
  { name: 'node', sign: is('package.json'), setup: () => ({}) },
];

/** The CDK's own template for .NET keeps the solution one level down. */
const DOTNET_SOURCES = 'src';

/**
 * The toolchain of an app, from the files in its folder, unless the config names it.
 * @param folder relative to the workspace
 * @throws ActionError `resolution` when nothing in the folder tells of one
 */
export function toolchainOf(folder: string, files: Files, build: BuildConfig = {}): Toolchain {
  const names = [...files.list(folder)].sort();
  const sources = files.list(posix.join(folder, DOTNET_SOURCES));
  const kind = KINDS.find(({ name, sign }) =>
    build.toolchain === undefined
      ? names.some(sign) || (name === 'dotnet' && sources.some(sign))
      : build.toolchain === name,
  );
  if (kind === undefined) {
    throw new ActionError(
      'resolution',
      `nothing in '${folder}' tells what the app is built with (pom.xml, build.gradle, go.mod, *.csproj, uv.lock, ` +
        `requirements.txt, package.json): set the release's build.toolchain to one of ${TOOLCHAINS.join(', ')}`,
    );
  }
  const node = nodeOf(folder, files, kind.name === 'node');
  const own = kind.setup(names, folder, files);
  const install = [node.install, own.install].filter((line) => line !== undefined).join('\n');
  return {
    name: kind.name,
    ...(kind.name === 'node' ? {} : NODE),
    ...node,
    ...own,
    ...(install === '' ? {} : { install }),
    ...(build.before === undefined ? {} : { before: build.before.join('\n') }),
  };
}

/** What the config says of how a release is built. */
export interface BuildConfig {
  readonly toolchain?: ToolchainName;
  readonly before?: readonly string[];
}

/** Fastish apps and `cdk-common` are made for it; an older one fails with `class file version 65.0`. */
const JAVA = '21';
const PYTHON = '3.13';
const DOTNET = '8.0';

function javaVersion(names: readonly string[], folder: string): Partial<Toolchain> {
  const file = ['.java-version', '.sdkmanrc', '.tool-versions'].find((name) => names.includes(name));
  return file === undefined ? { 'java-version': JAVA } : { 'java-version-file': posix.join(folder, file) };
}

function maven(names: readonly string[], folder: string): Omit<Toolchain, 'name'> {
  const program = names.includes('mvnw') ? './mvnw' : 'mvn';
  return { ...javaVersion(names, folder), test: `${program} --batch-mode --no-transfer-progress test` };
}

function gradle(names: readonly string[], folder: string): Omit<Toolchain, 'name'> {
  const program = names.includes('gradlew') ? './gradlew' : 'gradle';
  return { ...javaVersion(names, folder), test: `${program} --console=plain test` };
}

function dotnet(names: readonly string[], folder: string): Omit<Toolchain, 'name'> {
  const place = names.some((name) => /\.(?:sln|slnx|csproj|fsproj)$/.test(name)) ? '' : ` ${DOTNET_SOURCES}`;
  return {
    ...(names.includes('global.json')
      ? { 'dotnet-version-file': posix.join(folder, 'global.json') }
      : { 'dotnet-version': DOTNET }),
    install: `dotnet build${place}`,
    test: `dotnet test --no-build${place}`,
  };
}

function pythonVersion(names: readonly string[], folder: string): Partial<Toolchain> {
  return names.includes('.python-version')
    ? { 'python-version-file': posix.join(folder, '.python-version') }
    : { 'python-version': PYTHON };
}

function uv(names: readonly string[], folder: string, files: Files): Omit<Toolchain, 'name'> {
  const tested = /^name = "pytest"$/m.test(files.read(posix.join(folder, 'uv.lock')) ?? '');
  return {
    ...pythonVersion(names, folder),
    // The app's command in cdk.json is most often a bare `python`: it has to be that of the environment.
    install: 'uv sync --locked\necho "$PWD/.venv/bin" >> "$GITHUB_PATH"',
    ...(tested ? { test: 'uv run pytest' } : {}),
  };
}

function pip(names: readonly string[], folder: string, files: Files): Omit<Toolchain, 'name'> {
  const lists = ['requirements.txt', 'requirements-dev.txt'].filter((name) => names.includes(name));
  const packages = lists.length > 0 ? lists.map((name) => `-r ${name}`).join(' ') : '.';
  const tested = lists.some((name) => /^pytest\b/m.test(files.read(posix.join(folder, name)) ?? ''));
  return {
    ...pythonVersion(names, folder),
    install: `python -m pip install ${packages}`,
    ...(tested ? { test: 'python -m pytest' } : {}),
  };
}
