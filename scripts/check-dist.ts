/** Builds the bundle anew and compares it with `dist/`, which is committed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const fresh = path.join(mkdtempSync(path.join(tmpdir(), 'dist-')), 'dist');
try {
  execFileSync(process.execPath, [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/build.ts', fresh], {
    cwd: root,
  });
  const names = new Set([...readdirSync(fresh), ...(existsSync(dist) ? readdirSync(dist) : [])]);
  const read = (folder: string, name: string): string | undefined =>
    existsSync(path.join(folder, name)) ? readFileSync(path.join(folder, name), 'utf8') : undefined;
  const stale = [...names].filter((name) => read(fresh, name) !== read(dist, name));
  if (stale.length > 0) {
    console.error(`dist/ is stale (${stale.join(', ')}): run npm run build and commit it`);
    process.exitCode = 1;
  }
} finally {
  rmSync(path.dirname(fresh), { recursive: true, force: true });
}
