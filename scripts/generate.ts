/**
 * Regenerates what is generated: `npm run generate`. With `--check` nothing is written, and it fails with the names of
 * the files that are stale.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles } from './generate/files.js';

const root = path.resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const stale = (await generatedFiles(root)).filter((file) => file.stale);
for (const { file, content } of check ? [] : stale) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
  console.log(`wrote ${file}`);
}
if (check && stale.length > 0) {
  console.error(`stale: ${stale.map(({ file }) => file).join(', ')}; run npm run generate and commit them`);
  process.exitCode = 1;
}
