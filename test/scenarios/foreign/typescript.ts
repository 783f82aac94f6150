import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../emulators/programs.js';
import { cached, copyApp } from './cache.js';
import { replaceIn } from './edit.js';
import type { ForeignApp } from './model.js';
import { make } from './programs.js';

/** `cdk` of this checkout, for `cdk init` alone. */
export const CDK = join(ROOT, 'node_modules/.bin/cdk');

/**
 * What `cdk init` 2.1148.1 of November 2026 leaves open, as npm resolved it then. The library's manifest asks for a
 * command line (2.1148.2) that does not exist, while its schema (55) is one that 2.1148.1 reads: users have just that.
 */
const PINS: Readonly<Record<string, string>> = {
  '@swc/core': '1.16.22',
  '@swc/jest': '0.2.39',
  '@types/jest': '30.0.0',
  '@types/node': '24.19.2',
  jest: '30.5.2',
  'aws-cdk': '2.1148.1',
  tsx: '4.23.15',
  typescript: '7.0.2',
  'aws-cdk-lib': '2.276.0',
  constructs: '10.8.1',
};

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/**
 * `cdk init sample-app --language typescript`, installed as `cdk init` does it, in a folder of a test's own.
 * @param folder is made when it is not there
 * @throws Error naming npm when there is none
 */
export async function sampleTypeScript(folder: string): Promise<ForeignApp> {
  const app = await cached('sample-typescript', { version: 1, PINS }, async (kitchen) => {
    await make(CDK, ['init', 'sample-app', '--language', 'typescript', '--generate-only'], kitchen);
    const file = join(kitchen, 'package.json');
    await writeFile(file, JSON.stringify(pinned(await readFile(file, 'utf8')), null, 2));
    await make('npm', ['install', '--no-audit', '--no-fund'], kitchen);
  });
  await copyApp(app, folder);
  return {
    folder,
    env: {},
    inputs: {},
    stack: { id: 'SampleTypescriptStack', name: 'SampleTypescriptStack' },
    change: {
      before: '300',
      after: '120',
      apply: () => replaceIn(join(folder, 'lib/sample-typescript-stack.ts'), 'seconds(300)', 'seconds(120)'),
    },
  };
}

/**
 * Pure: the package file with exact versions.
 * @throws Error naming a package that has no pin, so that a new one does not slip in open
 */
export function pinned(packageJson: string): Manifest {
  const manifest = JSON.parse(packageJson) as Manifest;
  for (const group of [manifest.dependencies, manifest.devDependencies]) {
    for (const name of Object.keys(group)) {
      const pin = PINS[name];
      if (!pin) throw new Error(`cdk init brought ${name}, which has no pinned version: add it`);
      group[name] = pin;
    }
  }
  return manifest;
}
