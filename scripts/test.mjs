/**
 * Every check, in the order of how soon it tells: `npm test`. Sets up what it needs, and ends with one line that counts
 * what passed and what failed. `npm test -- unit` runs the named checks only.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/programs.mjs';
import { setup } from './setup.mjs';

const { node24 } = await setup({ need: ['node', 'python', 'lint', 'go', 'java', 'maven'] }).catch((error) => {
  console.error(`error: ${error.message}\n0 passed, 1 failed`);
  process.exit(1);
});
const env = {
  ...process.env,
  PATH: [path.dirname(node24), path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter),
};
const counts = path.join(root, '.cache', 'tests');

const bin = (name) => path.join('node_modules', name);
const vitest = (project) => [bin('vitest/vitest.mjs'), 'run', '--project', project];
const checks = {
  generated: [bin('tsx/dist/cli.mjs'), 'scripts/generate.ts', '--check'],
  types: [bin('typescript/bin/tsc'), '--noEmit'],
  'types-shared': [bin('typescript/bin/tsc'), '--noEmit', '-p', 'stacks/shared'],
  'types-webapp': [bin('typescript/bin/tsc'), '--noEmit', '-p', 'stacks/webapp'],
  lint: [bin('eslint/bin/eslint.js'), '.'],
  format: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  'workflow-lint': ['scripts/lint-workflows.mjs'],
  dist: [bin('tsx/dist/cli.mjs'), 'scripts/check-dist.ts'],
  unit: vitest('unit'),
  stacks: vitest('stacks'),
  scenarios: vitest('scenarios'),
  workflows: vitest('workflows'),
};

let [passed, failed] = [0, 0];
const asked = process.argv.slice(2);
for (const [name, args] of Object.entries(checks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n── ${name}`);
  const isTests = args[0].includes('vitest');
  const file = `${counts}-${name}.json`;
  rmSync(file, { force: true });
  const ok = await run(
    isTests ? [...args, '--reporter', 'dot', '--reporter', 'json', '--outputFile.json', file] : args,
  );
  const [good, bad] = isTests ? countsIn(file) : [ok ? 1 : 0, ok ? 0 : 1];
  passed += good;
  // A run that ended badly without a test to blame (a file that could not be loaded) has failed all the same.
  failed += !ok && bad === 0 ? 1 : bad;
}
if (passed + failed === 0) failed = 1;
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(node24, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.on('close', (code) => resolve(code === 0));
  });
}

/** A skipped test counts as failed: what a machine lacks has to be named, not passed over. */
function countsIn(file) {
  try {
    const { numTotalTests, numPassedTests } = JSON.parse(readFileSync(file, 'utf8'));
    return [numPassedTests, numTotalTests - numPassedTests];
  } catch {
    return [0, 0];
  }
}
