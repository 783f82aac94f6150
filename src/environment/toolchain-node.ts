import { posix } from 'node:path';
import type { Files } from './toolchain.js';

/** What an app needs of Node, in the words of `actions/setup-node`. */
export interface NodeSetup {
  readonly 'node-version'?: string;
  readonly 'node-version-file'?: string;
  /** Whose cache is kept. */
  readonly 'node-cache'?: string;
  /** The lock file that the cache depends on. */
  readonly 'node-lock'?: string;
}

/** The CDK's command line runs on it, whatever the app is written in. */
const VERSION = '24';
export const NODE: NodeSetup = { 'node-version': VERSION };

const VERSION_FILES = ['.nvmrc', '.node-version'];

interface Manager {
  readonly lock: string;
  readonly install: string;
  readonly cache?: string;
}

// The caches of yarn and pnpm need the program before `setup-node` runs, and corepack brings it after.
const MANAGERS: readonly Manager[] = [
  { lock: 'package-lock.json', install: 'npm ci', cache: 'npm' },
  { lock: 'npm-shrinkwrap.json', install: 'npm ci', cache: 'npm' },
  { lock: 'pnpm-lock.yaml', install: 'corepack enable && pnpm install --frozen-lockfile' },
  { lock: 'yarn.lock', install: 'corepack enable && yarn install --frozen-lockfile' },
];

/**
 * Node as an app needs it: its version, its packages, from the lock file in the app's folder or, in a workspace of
 * several, above it.
 * @param own whether the app itself is written for Node, and so tested with it
 */
export function nodeOf(
  folder: string,
  files: Files,
  own: boolean,
): NodeSetup & { readonly install?: string; readonly test?: string } {
  const names = files.list(folder);
  if (!own && !names.includes('package.json')) return {};
  const place = lockOf(folder, files);
  const above = upwards(folder);
  const versionFile = above
    .flatMap((parent) => VERSION_FILES.map((name) => posix.join(parent, name)))
    .find((file) => files.list(posix.dirname(file)).includes(posix.basename(file)));
  const back = place === undefined ? '.' : posix.relative(folder, place.folder) || '.';
  const install = place?.manager.install ?? (names.includes('package.json') ? 'npm install' : undefined);
  return {
    ...(versionFile === undefined ? NODE : { 'node-version-file': versionFile }),
    ...(place?.manager.cache === undefined
      ? {}
      : { 'node-cache': place.manager.cache, 'node-lock': posix.join(place.folder, place.manager.lock) }),
    ...(install === undefined ? {} : { install: back === '.' ? install : `(cd ${back} && ${install})` }),
    ...(own && hasTests(files.read(posix.join(folder, 'package.json'))) ? { test: 'npm test' } : {}),
  };
}

function lockOf(folder: string, files: Files): { folder: string; manager: Manager } | undefined {
  for (const parent of upwards(folder)) {
    const names = files.list(parent);
    const manager = MANAGERS.find(({ lock }) => names.includes(lock));
    if (manager) return { folder: parent, manager: inWordsOf(manager, files.read(posix.join(parent, manager.lock))) };
  }
  return undefined;
}

/** Yarn 2 and newer write another lock file than the first one, and call the option otherwise. */
function inWordsOf(manager: Manager, lock: string | undefined): Manager {
  if (!lock?.includes('\n__metadata:')) return manager;
  return { ...manager, install: manager.install.replace('--frozen-lockfile', '--immutable') };
}

/** A folder and those above it, up to the workspace. */
function upwards(folder: string): readonly string[] {
  const parts = posix.normalize(folder).split('/');
  if (parts[0] === '.') return ['.'];
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), '.'];
}

/** `npm init` writes a test that only fails. */
function hasTests(text: string | undefined): boolean {
  try {
    const { scripts } = JSON.parse(text ?? '') as { scripts?: { test?: unknown } };
    return typeof scripts?.test === 'string' && !scripts.test.includes('no test specified');
  } catch {
    return false;
  }
}
