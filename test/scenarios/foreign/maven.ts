import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../emulators/programs.js';
import { cached, copyApp } from './cache.js';
import { replaceIn } from './edit.js';
import type { ForeignApp, Place } from './model.js';
import { make } from './programs.js';

const FIXTURE = join(ROOT, 'test/fixtures/foreign/maven');

/**
 * A Maven app in Java with the habits of those that are deployed already: an object as `build`, colours and log lines on
 * standard output, nested stacks two levels deep, templates on the class path, zones looked up long ago.
 * @param folder is made when it is not there
 * @param place the zones of just this account and region are cached
 * @throws Error naming mvn or java when there is none
 */
export async function mavenApp(folder: string, place: Place): Promise<ForeignApp> {
  // Asked for by itself: without Java, Maven complains of a variable instead.
  const java = await make('java', ['--version'], ROOT);
  await make('mvn', ['--version'], ROOT);
  const app = await cached('maven', { version: 1, java, sources: await sources() }, async (kitchen) => {
    await cp(FIXTURE, kitchen, { recursive: true });
    await make('mvn', ['--quiet', '--batch-mode', 'compile'], kitchen);
  });
  await copyApp(app, folder);
  await writeFile(join(folder, 'cdk.context.json'), JSON.stringify(lookedUp(place), null, 2));
  await replaceIn(join(folder, '.github/deploy.yml'), '111122223333', place.account);
  await replaceIn(join(folder, '.github/deploy.yml'), 'us-west-2', place.region);
  return {
    folder,
    env: {},
    inputs: { environment: 'prototype' },
    stack: { id: 'notes.v1', name: 'fff-notes' },
    change: {
      before: '30',
      after: '45',
      apply: () =>
        replaceIn(
          join(folder, 'src/main/resources/prototype/v1/conf.mustache'),
          'visibilitySeconds: 30',
          'visibilitySeconds: 45',
        ),
    },
  };
}

/** Pure: the look-up of the zones, as the CDK keeps it. */
export function lookedUp({ account, region }: Place): Record<string, readonly string[]> {
  return { [`availability-zones:account=${account}:region=${region}`]: ['a', 'b', 'c'].map((zone) => region + zone) };
}

/** The fixture's files, by path: another content is another app. */
async function sources(): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(FIXTURE, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async (file) => [file.slice(FIXTURE.length), await readFile(file, 'utf8')] as const),
  );
}
