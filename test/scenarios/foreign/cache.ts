import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../emulators/programs.js';

const CACHE = join(ROOT, '.cache/foreign');

/** Installed packages: hundreds of megabytes, never written to by an app, so that one copy is enough for all tests. */
const SHARED = ['node_modules', '.venv'];

const underway = new Map<string, Promise<string>>();

/**
 * The folder of a finished app, made on first use and kept for later runs.
 * @param name becomes the folder's name while the app is made: `cdk init` calls stacks after it
 * @param recipe all that decides what comes out; another recipe is another app
 * @param cook fills the folder; what it leaves behind after a failure is thrown away
 */
export function cached(name: string, recipe: unknown, cook: (folder: string) => Promise<void>): Promise<string> {
  const target = join(CACHE, `${name}-${hash(recipe)}`);
  const known = underway.get(target);
  if (known) return known;
  const app = finished(target, name, cook);
  underway.set(target, app);
  return app;
}

async function finished(target: string, name: string, cook: (folder: string) => Promise<void>): Promise<string> {
  if (await isThere(target)) return target;
  await mkdir(CACHE, { recursive: true });
  const kitchen = await mkdtemp(join(CACHE, '.making-'));
  try {
    const folder = join(kitchen, name);
    await mkdir(folder);
    await cook(folder);
    // A rename is whole or not at all; where another test run was faster, its app is as good as this one.
    await rename(folder, target).catch(async (error: unknown) => {
      if (!(await isThere(target))) throw error;
    });
    return target;
  } finally {
    await rm(kitchen, { recursive: true, force: true });
  }
}

/** Copies a finished app into a folder that a test may change; installed packages are linked, not copied. */
export async function copyApp(app: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(app)) {
    const [from, to] = [join(app, entry), join(folder, entry)];
    if (SHARED.includes(entry)) await symlink(from, to, 'dir');
    else await cp(from, to, { recursive: true, preserveTimestamps: true });
  }
}

/** First 12 hex digits of the SHA-256 of a value's JSON: enough to tell recipes apart. */
export function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
