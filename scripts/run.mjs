/** Runs a TypeScript script under Node 24, after setting up what it needs: `node scripts/run.mjs <script.ts> [args]`. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './setup/programs.mjs';
import { setup } from './setup.mjs';

const [script, ...args] = process.argv.slice(2);
try {
  if (!script) throw new Error('no script was named: node scripts/run.mjs <script.ts> [args]');
  const { node24 } = await setup();
  const child = spawn(node24, ['--import', 'tsx', script, ...args], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
