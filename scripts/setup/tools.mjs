import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answerOf, atLeast, root, run } from './programs.mjs';

/** Tools that are installed by the checkout itself. */
export const bin = join(root, '.cache/bin');

const GO_TOOLS = [
  { name: 'actionlint', module: 'github.com/rhysd/actionlint', package: '/cmd/actionlint', version: 'v1.7.12' },
  { name: 'act', module: 'github.com/nektos/act', package: '', version: 'v0.2.89' },
];

/**
 * Builds the linter of workflows and the runner of workflows, each at its pinned version, unless they are there.
 * @throws Error when there is no Go to build them with
 */
export async function setupGo(log) {
  if (!answerOf('go', ['version'])) throw new Error('go was not found: install Go 1.24 or newer');
  mkdirSync(bin, { recursive: true });
  for (const tool of GO_TOOLS) {
    const file = join(bin, tool.name);
    // The binary itself tells the version it was built from, so that no stamp can be wrong about it.
    const built = existsSync(file) ? answerOf('go', ['version', '-m', file]) : undefined;
    if (built?.includes(`${tool.module}\t${tool.version}\t`)) continue;
    log(`go install ${tool.module}${tool.package}@${tool.version}`);
    await run('go', ['install', `${tool.module}${tool.package}@${tool.version}`], { GOBIN: bin });
  }
}

/** @throws Error naming the Java that is too old or missing */
export function checkJava() {
  const printed = answerOf('java', ['-version']);
  const version = /version "(\d+[\d.]*)/.exec(printed ?? '')?.[1];
  if (!version) throw new Error('java was not found: install a JDK, 17 or newer');
  if (!atLeast(version, '17')) throw new Error(`java ${version} is too old: install a JDK, 17 or newer`);
}

/** @throws Error when there is no Maven */
export function checkMaven() {
  if (!answerOf('mvn', ['--version'])) throw new Error('mvn was not found: install Apache Maven, 3.8 or newer');
}
