import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, root, run } from './programs.mjs';

/** The npm package `node` brings the Node that the bundle runs on, whichever one runs this. */
const node24 = join(root, 'node_modules/node/bin/node');

/**
 * Installs the npm packages of the lock file unless they are there.
 * @returns path of Node 24
 * @throws Error naming the Node that is too old, or the step of npm that failed
 */
export async function setupNode(log) {
  if (!atLeast(process.versions.node, '20')) {
    throw new Error(`node ${process.versions.node} is too old: install Node.js 20 or newer`);
  }
  if (!installed()) {
    log('npm ci');
    await run('npm', ['ci', '--no-audit', '--no-fund']);
  }
  if (!existsSync(node24)) {
    log('npm rebuild node');
    await run('npm', ['rebuild', 'node', '--ignore-scripts=false']);
  }
  if (!existsSync(node24)) throw new Error(`${node24} is missing: allow npm the install script of the package "node"`);
  return node24;
}

/** npm leaves a lock of what it installed in `node_modules`; packages of other platforms are optional and left out. */
function installed() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, { integrity, optional }]) =>
      integrity === undefined || (present[path] ? present[path].integrity === integrity : optional),
  );
}

function packagesOf(lock) {
  const file = join(root, lock);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}
