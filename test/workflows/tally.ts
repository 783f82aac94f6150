/** Counts the jobs that ran under act in all files of the check, and says so once at its end. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const VARIABLE = 'WORKFLOWS_TALLY';

/** Adds to the count. Files of tests run in processes of their own, so it is a file. Does nothing outside of the check. */
export function tally(jobs: number): void {
  const file = process.env[VARIABLE];
  if (file !== undefined) appendFileSync(file, `${jobs}\n`);
}

/** Sum of what was added. */
export function total(file: string): number {
  return readFileSync(file, 'utf8')
    .split('\n')
    .reduce((sum, line) => sum + Number(line), 0);
}

/** Vitest's global set-up of the project; what it returns is its end. */
export function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'tally-'));
  const file = path.join(folder, 'jobs');
  writeFileSync(file, '');
  process.env[VARIABLE] = file;
  return () => {
    console.log(`\n${total(file)} jobs ran under act`);
    rmSync(folder, { recursive: true });
  };
}
