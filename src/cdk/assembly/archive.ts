import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create, extract, list, type ReadEntry } from 'tar';
import { ActionError, messageOf } from '../../errors.js';
import { checkEntries, type Entry } from './entries.js';

const options = (folder: string) =>
  ({
    cwd: folder,
    portable: true,
    noMtime: true,
    noDirRecurse: true,
    // A file with several names is packed whole under each of them: a hard link is no part of an assembly's content.
    filter: (_: string, stat: object) => {
      Object.assign(stat, { nlink: 1 });
      return true;
    },
  }) as const;

/**
 * Packs a folder as one tar, the same bytes for the same content: modes, links and dot files are in, times and owners
 * are not, and the order is that of the names.
 */
export async function pack(folder: string, file: string): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  await create({ ...options(folder), file }, namesIn(folder));
}

/** Digest of a tar, or of a folder as if it were packed: `sha256:<hex>`. */
export async function digestOf(source: string): Promise<string> {
  const hash = createHash('sha256');
  if (statSync(source).isDirectory()) {
    for await (const chunk of create(options(source), namesIn(source))) hash.update(chunk);
  } else {
    await pipeline(createReadStream(source), hash);
  }
  return `sha256:${hash.digest('hex')}`;
}

/**
 * Unpacks a tar into a new folder. Nothing is written when an entry would land, or a link would lead, outside of it.
 * @param name what a user calls the tar, for messages
 * @throws ActionError `assembly`
 */
export async function unpack(file: string, folder: string, name = file): Promise<void> {
  const entries: Entry[] = [];
  const onReadEntry = ({ path: entry, type, linkpath }: ReadEntry): void => {
    entries.push({ path: entry, type, linkpath });
  };
  await readable(name, async () => {
    await list({ file, strict: true, onReadEntry });
  });
  checkEntries(entries, name);
  const made = mkdirSync(folder, { recursive: true });
  try {
    await readable(name, async () => {
      await extract({ file, cwd: folder, strict: true, preserveOwner: false });
    });
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    throw error;
  }
}

async function readable(name: string, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    throw new ActionError(
      'assembly',
      `${name} is not a tar of an assembly (${messageOf(error)}): give what synth or diff has left`,
      { cause: error },
    );
  }
}

/**
 * Every file, folder and link below, parents first, in an order that is the same on every machine. A link is not walked
 * into (`recursive` of `readdir` would), and no name begins with `@`, which `tar` would take for an archive to copy from.
 */
function namesIn(folder: string, below = '.'): string[] {
  return readdirSync(path.join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const name = `${below}/${entry.name}`;
      return entry.isDirectory() ? [name, ...namesIn(folder, name)] : name;
    })
    .sort();
}
