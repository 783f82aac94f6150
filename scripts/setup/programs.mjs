import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a program prints on both its streams; undefined when there is no such program or it fails. */
export function answerOf(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? `${stdout}${stderr}` : undefined;
}

/**
 * Runs a program in the checkout; what it prints is shown only if it fails.
 * @throws Error naming the command and its exit code
 */
export function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed = [];
    child.stdout.on('data', (chunk) => printed.push(chunk));
    child.stderr.on('data', (chunk) => printed.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(printed));
      reject(new Error(`"${program} ${args.join(' ')}" ended with ${code}: see the lines above`));
    });
  });
}

/** Whether a version (`3.11.7`) is at least as high as a bound (`3.10`), number by number. */
export function atLeast(version, bound) {
  const [have, want] = [version, bound].map((text) => text.split('.').map(Number));
  const index = want.findIndex((number, at) => (have[at] ?? 0) !== number);
  return index === -1 || (have[index] ?? 0) > want[index];
}
