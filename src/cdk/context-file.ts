import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ActionError, messageOf } from '../errors.js';
import type { Runner } from '../ports.js';
import { brokenAt, isRecord } from '../template/json.js';
import { lookupsAdded } from '../template/merge.js';
import { lookupPatch } from '../template/patch.js';
import { backupPath, loadBackup, putBack, saveBackup, writeAtomically, type Backup } from './context-backup.js';
import { resolveInside } from './workspace.js';

type Context = Readonly<Record<string, unknown>>;

/** Gets what stands in the file, `{}` when there is none, and returns what it has to hold. */
export type Merge = (existing: Context) => Context;

export interface ContextFilePlace {
  readonly workspace: string;
  /** Folder of `cdk.json`, relative to the workspace or absolute. */
  readonly appFolder: string;
}

export interface ContextFileOptions extends ContextFilePlace, Pick<Runner, 'saveState'> {
  /** For the backup, outside of the checkout (`RUNNER_TEMP`). */
  readonly backupFolder: string;
}

export interface WithContextFile<T> {
  readonly result: T;
  /** What the CDK looked up and cached meanwhile. */
  readonly lookups: Context;
  /** The look-ups as a patch to commit; empty when there are none. */
  readonly patch: string;
}

/** Under this name the post step finds the path of the backup. */
export const CONTEXT_FILE_STATE = 'context-file';

/** Files that this process has written to. Two at a time would put back each other's. */
const inUse = new Set<string>();

/**
 * Whether a context can go to `cdk.context.json`; nothing is written.
 * @throws ActionError('context') when the file is no JSON object or leads out of the workspace, and what `merge` throws
 */
export function checkContextFile(place: ContextFilePlace, merge: Merge): void {
  const { file, name } = locate(place);
  merge(parse(readBefore(file, name)?.content.toString('utf8') ?? '{}', name));
}

/**
 * Writes `cdk.context.json`, runs the body, and puts back what was before, also when the body fails. Before anything is
 * touched the backup's path is in the state, so that the post step of a cancelled job can do it. What an earlier run
 * left behind (the machine went down) is put back first.
 * @throws ActionError('context') when the file is no JSON object, leads out of the workspace or cannot be written
 */
export async function withContextFile<T>(
  options: ContextFileOptions,
  merge: Merge,
  body: () => Promise<T>,
): Promise<WithContextFile<T>> {
  const { file, name } = locate(options);
  if (inUse.has(file)) throw new Error(`${name} is written already`);
  const backup = backupPath(options.backupFolder, file);
  recover(backup, name);

  const before = readBefore(file, name);
  const merged = merge(parse(before?.content.toString('utf8') ?? '{}', name));
  const wrote = `${JSON.stringify(merged, null, 2)}\n`;
  const base64 = before?.content.toString('base64');
  const record = { file, wrote, ...(before && { before: { base64: base64 ?? '', mode: before.mode } }) };

  inUse.add(file);
  let outcome: WithContextFile<T>;
  try {
    options.saveState(CONTEXT_FILE_STATE, backup);
    saveBackup(backup, record);
    write(file, wrote, before?.mode, name);
    const result = await body();
    const lookups = lookupsAdded(merged, readAfter(file, name));
    const patch = lookupPatch({ path: name, before: before?.content.toString('utf8'), lookups });
    outcome = { result, lookups, patch };
  } catch (error) {
    restore(options, backup, record, error);
    throw error;
  }
  restore(options, backup, record);
  return outcome;
}

/**
 * For the post step: puts `cdk.context.json` back if the job ended before `withContextFile` did.
 * @param state what was saved under `CONTEXT_FILE_STATE`
 * @returns the file that was put back; undefined when there was nothing to do
 */
export function restoreContextFile(state: string): string | undefined {
  const backup = state === '' ? undefined : loadBackup(state);
  if (backup === undefined) return undefined;
  putBack(state, backup);
  return backup.file;
}

function write(file: string, text: string, mode: number | undefined, name: string): void {
  try {
    // Rendered values may be secret: a file of ours is for us alone.
    writeAtomically(file, text, mode ?? 0o600);
  } catch (error) {
    throw new ActionError('context', `${name}: cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

/** When this fails as well, neither failure hides the other. */
function restore(options: ContextFileOptions, path: string, backup: Backup, earlier?: unknown): void {
  inUse.delete(backup.file);
  try {
    putBack(path, backup);
  } catch (error) {
    if (earlier === undefined) throw error;
    throw new ActionError('context', `${messageOf(error)}; before that: ${messageOf(earlier)}`, { cause: earlier });
  }
  options.saveState(CONTEXT_FILE_STATE, '');
}

/** The file itself, at the end of a link; and what it is called in messages and patches. */
function locate({ workspace, appFolder }: ContextFilePlace): { file: string; name: string } {
  const root = resolveInside(workspace, '.', 'workspace');
  const path = join(resolveInside(workspace, appFolder, 'app folder'), 'cdk.context.json');
  const name = relative(root, path).replaceAll(sep, '/');
  const there = lstatSync(path, { throwIfNoEntry: false });
  const file = there === undefined ? path : resolveInside(root, name, 'the context file', 'context');
  if (there !== undefined && !statSync(file).isFile()) throw new ActionError('context', `${name}: is not a file`);
  return { file, name };
}

/** Only what the earlier run wrote is undone: a fresh checkout has replaced it, and is to stay. */
function recover(path: string, name: string): void {
  const left = loadBackup(path);
  if (left === undefined) return;
  const now = readBefore(left.file, name)?.content.toString('utf8');
  if (now !== undefined && holds(now, left.wrote, name)) putBack(path, left);
}

/** Whether the file is what was written, look-ups that the CDK has added since apart. */
function holds(now: string, wrote: string, name: string): boolean {
  if (now === wrote) return true;
  try {
    const written = parse(wrote, name);
    return Object.keys(written).length > 0 && Object.keys(lookupsAdded(parse(now, name), written)).length === 0;
  } catch {
    return false;
  }
}

function readBefore(file: string, name: string): { content: Buffer; mode: number } | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  try {
    return { content: readFileSync(file), mode: stat.mode & 0o777 };
  } catch (error) {
    throw new ActionError('context', `${name}: cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** An app may have removed the file: then nothing was looked up. */
function readAfter(file: string, name: string): Context {
  const after = readBefore(file, name);
  return after === undefined ? {} : parse(after.content.toString('utf8'), name);
}

function parse(text: string, name: string): Record<string, unknown> {
  const advice = 'mend it, or delete it and let the CDK look its values up again';
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ActionError('context', `${name}: is not valid JSON (${brokenAt(error)}): ${advice}`, { cause: error });
  }
  if (isRecord(value)) return value;
  throw new ActionError('context', `${name}: is not a JSON object: ${advice}`);
}
