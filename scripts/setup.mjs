/**
 * Brings what the checkout needs, before there is any npm package: `node scripts/setup.mjs [node] [python] [lint] [go]
 * [java] [maven]`. What is there already is left alone, so that it can run in front of every command.
 */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setupNode } from './setup/node.mjs';
import { setupLint, setupPython } from './setup/python.mjs';
import { bin, checkJava, checkMaven, setupGo } from './setup/tools.mjs';

const PARTS = {
  node: setupNode,
  python: setupPython,
  lint: setupLint,
  go: setupGo,
  java: checkJava,
  maven: checkMaven,
};

/**
 * Sets up the named parts, `node` first of all.
 * @param {{need?: string[], log?: (line: string) => void}} options `need` @default node and python
 * @returns paths: `node24` and `python` to run with, `bin` the folder of built tools
 * @throws Error naming the tool that is missing or too old
 */
export async function setup({ need = ['node', 'python'], log = (line) => console.log(`setup: ${line}`) } = {}) {
  const unknown = need.find((part) => !(part in PARTS));
  if (unknown) throw new Error(`unknown part "${unknown}": use ${Object.keys(PARTS).join(', ')}`);
  const paths = {};
  for (const part of Object.keys(PARTS)) if (need.includes(part)) paths[part] = await PARTS[part](log);
  return { node24: paths.node, python: paths.python, bin };
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const need = process.argv.slice(2);
  try {
    await setup(need.length > 0 ? { need } : {});
    console.log('setup: all is there');
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}
