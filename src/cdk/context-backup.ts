import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { ActionError, messageOf } from '../errors.js';

/** What a `cdk.context.json` was before this run wrote to it. It lies outside of the checkout, readable by us alone. */
const Backup = z.object({
  file: z.string(),
  /** Undefined when there was no file. */
  before: z.object({ base64: z.base64(), mode: z.int() }).optional(),
  /** What this run wrote. */
  wrote: z.string(),
});
export type Backup = z.infer<typeof Backup>;

/** One backup per file, at a place that a later run finds again. */
export function backupPath(folder: string, file: string): string {
  const digest = createHash('sha256').update(file).digest('hex').slice(0, 16);
  return join(folder, `deploy-action-context-${digest}.json`);
}

export function saveBackup(path: string, backup: Backup): void {
  mkdirSync(dirname(path), { recursive: true });
  writeAtomically(path, JSON.stringify(backup), 0o600);
}

/**
 * Undefined when there is none: nothing was written, or it was put back already.
 * @throws ActionError('context') when it is damaged
 */
export function loadBackup(path: string): Backup | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return Backup.parse(JSON.parse(text));
  } catch (error) {
    const advice = 'check cdk.context.json, then delete this file';
    throw new ActionError('context', `${path}: damaged backup of a cdk.context.json: ${advice}`, { cause: error });
  }
}

/** Puts the file back, byte for byte, and forgets the backup. */
export function putBack(path: string, { file, before }: Backup): void {
  try {
    if (before === undefined) rmSync(file, { force: true });
    else writeAtomically(file, Buffer.from(before.base64, 'base64'), before.mode);
  } catch (error) {
    const problem = `${file}: cannot be put back: ${messageOf(error)}: its content is in ${path}`;
    throw new ActionError('context', problem, { cause: error });
  }
  rmSync(path, { force: true });
}

/** Readers see the old content or the new, nothing between: a new file beside it takes its name. */
export function writeAtomically(file: string, content: string | Buffer, mode: number): void {
  const beside = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    writeFileSync(beside, content, { mode, flag: 'wx' });
    chmodSync(beside, mode); // the umask may have taken bits away
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
