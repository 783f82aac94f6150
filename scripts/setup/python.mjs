import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerOf, atLeast, root, run } from './programs.mjs';

const CANDIDATES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

/**
 * Makes the virtual environment with the AWS engine and the template linter unless it is there.
 * @returns path of its Python
 * @throws Error saying which Python was found and which one is needed
 */
export const setupPython = (log) => makeVenv('.cache/venv', 'test/emulators/aws/requirements.txt', log);

/**
 * The same with the linters of workflows, apart from the engine, whose packages have versions of their own.
 * @returns path of its Python; the linters stand beside it
 */
export const setupLint = (log) => makeVenv('.cache/lint', 'scripts/setup/lint-requirements.txt', log);

async function makeVenv(folder, list, log) {
  const venv = join(root, folder);
  const requirements = join(root, list);
  const stamp = join(venv, '.requirements');
  const python = join(venv, 'bin/python');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const present = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (present && answerOf(python, ['--version'])) return python;
  const base = findPython();
  log(`${base} -m venv ${folder}, with ${list}`);
  await run(base, ['-m', 'venv', '--clear', venv]);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  writeFileSync(stamp, wanted);
  return python;
}

function findPython() {
  const found = CANDIDATES.map((name) => ({ name, version: versionOf(name) })).filter(({ version }) => version);
  const fit = found.find(({ version }) => atLeast(version, '3.10'));
  if (fit) return fit.name;
  const instead = found.map(({ name, version }) => `${name} is ${version}`).join(', ') || 'none was found';
  throw new Error(`Python 3.10 or newer is needed, with venv: ${instead}`);
}

function versionOf(name) {
  return /^Python (\d+\.\d+\.\d+)/.exec(answerOf(name, ['--version']) ?? '')?.[1];
}
