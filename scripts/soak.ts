/** Twenty times as many runs of every property as in `npm test`: `npm run soak`, or `SEED=… npm run soak` to repeat. */
import { spawnSync } from 'node:child_process';

const seed = process.env['SEED'] ?? String(Date.now() % 2 ** 31);
console.log(`seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--testTimeout', '1200000'],
  { stdio: 'inherit', env: { ...process.env, SOAK: '20', SEED: seed } },
);
process.exitCode = status ?? 1;
