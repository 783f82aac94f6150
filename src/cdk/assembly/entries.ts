import path from 'node:path';
import { ActionError } from '../../errors.js';

/** What a tar says of one of its entries. */
export interface Entry {
  readonly path: string;
  readonly type: string;
  readonly linkpath: string | undefined;
}

/** Types of tar entries that an assembly may hold; hard links, devices and pipes are nobody's asset. */
const TYPES = new Set(['File', 'OldFile', 'ContiguousFile', 'Directory', 'SymbolicLink']);

/** More links in a row than this lead nowhere: Linux's own limit (path_resolution(7)). */
const MOST_LINKS = 40;

/**
 * Checks the entries of a tar before any of them is written: none may land, and no link may lead, outside, whichever
 * other links it goes through.
 * @throws ActionError `assembly`, naming the tar and the entry
 */
export function checkEntries(entries: readonly Entry[], archive: string): void {
  const refuse = (entry: Entry, why: string): ActionError =>
    new ActionError('assembly', `${archive}: '${entry.path}' ${why}`);
  const byName = new Map<string, Entry>();
  for (const entry of entries) {
    if (!TYPES.has(entry.type)) throw refuse(entry, `is a ${entry.type}, which no assembly holds`);
    const name = nameOf(entry.path);
    if (name === undefined) throw refuse(entry, OUT);
    const other = byName.get(name);
    if (other !== undefined && (other.type !== 'Directory' || entry.type !== 'Directory')) {
      throw refuse(entry, 'is in it twice: pack the assembly anew');
    }
    byName.set(name, entry);
  }
  const links = new Map(
    [...byName].flatMap(([name, { type, linkpath = '' }]) => (type === 'SymbolicLink' ? [[name, linkpath]] : [])),
  );
  for (const [name, entry] of byName) {
    const above = foldersOf(name).find((folder) => links.has(folder));
    if (above !== undefined) throw refuse(entry, `lies below the link '${above}': synthesise it anew`);
    const end = entry.type === 'SymbolicLink' ? endOf(name, links) : 'inside';
    if (end !== 'inside')
      throw refuse(entry, end === 'outside' ? OUT : 'leads nowhere but to itself: synthesise it anew');
  }
}

const OUT = 'leads out of the assembly: synthesise it anew';

/** The name of an entry below the assembly, or undefined where it is not below. */
function nameOf(entryPath: string): string | undefined {
  if (isAbsolute(entryPath) || entryPath.split('/').includes('..')) return undefined;
  return path.posix.normalize(entryPath).replace(/\/$/, '').replace(/^\.$/, '');
}

/** A drive's letter makes a path absolute on Windows, and `tar` takes it for such everywhere. */
function isAbsolute(name: string): boolean {
  return path.posix.isAbsolute(name) || path.win32.isAbsolute(name);
}

function foldersOf(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Follows a link as the system would, through the links that the tar brings. */
function endOf(name: string, links: ReadonlyMap<string, string>): 'inside' | 'outside' | 'nowhere' {
  const at: string[] = [];
  const rest = name.split('/');
  let followed = 0;
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (at.pop() === undefined) return 'outside';
      continue;
    }
    at.push(part);
    const target = links.get(at.join('/'));
    if (target === undefined) continue;
    if (isAbsolute(target)) return 'outside';
    if (++followed > MOST_LINKS) return 'nowhere';
    at.pop();
    rest.unshift(...target.split('/'));
  }
  return 'inside';
}
