import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerOf, atLeast, root, run } from './programs.mjs';

const requirements = join(root, 'test/emulators/aws/requirements.txt');
const venv = join(root, '.cache/venv');
const stamp = join(venv, '.requirements');
const python = join(venv, 'bin/python');
const CANDIDATES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

/**
 * Makes the virtual environment with the AWS engine and the template linter unless it is there.
 * @returns path of its Python
 * @throws Error saying which Python was found and which one is needed
 */
export async function setupPython(log) {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const present = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (present && answerOf(python, ['--version'])) return python;
  const base = findPython();
  log(`${base} -m venv .cache/venv, with test/emulators/aws/requirements.txt`);
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
