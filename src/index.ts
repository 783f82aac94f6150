import * as core from '@actions/core';
import { randomBytes } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { exec } from './cdk/exec-adapter.js';
import type { Context } from './commands/context.js';
import { messageOf, userError } from './errors.js';
import { runner } from './github/runner-adapter.js';
import { readInputs } from './inputs.js';
import { outputText } from './outputs.js';
import { CHANGE_SETS_STATE, closePlace, openPlace, PLACE_STATE } from './place.js';
import type { Ports } from './ports.js';
import { run } from './run.js';

/** Set by the main step, so that the same file knows that it runs as the post step. */
const POST = 'post';

const ports: Ports = {
  exec,
  runner,
  clock: { now: () => new Date() },
  random: () => randomBytes(4).toString('hex'),
  aws: async () => (await import('./aws/sdk-adapter.js')).awsSdk(),
  github: async (token) => (await import('./github/comments-adapter.js')).githubComments(token, process.env),
  reviews: async (token) => (await import('./github/reviews-adapter.js')).githubReviews(token, process.env),
  records: async (token) => (await import('./github/records-adapter.js')).githubRecords(token, process.env),
  serveCredentials: async (folder, region, session) => {
    // A terminal starts a link to it.
    const script = path.join(path.dirname(realpathSync(process.argv[1] ?? '')), 'credential-process.js');
    const { serveCredentials } = await import('./aws/server-adapter.js');
    return serveCredentials(folder, script, region, session);
  },
};

/** A runner starts this file by its own name; whoever starts it by another is at a terminal. */
const atTerminal = path.basename(process.argv[1] ?? '') !== 'index.js';

async function main(): Promise<void> {
  core.saveState(POST, 'true');
  const inputs = readInputs((name) => core.getInput(name));
  if ('githubToken' in inputs && inputs.githubToken) runner.mask(inputs.githubToken);
  const place = openPlace(process.env, core.saveState);
  const context: Context = { ports, place, env: process.env, payload: payload() };
  const { outputs, failure } = await run(inputs, context).finally(() => {
    closePlace(place.temp);
  });
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, outputText(value));
  if (failure) throw failure;
}

/** What a job that was cancelled has left. */
async function post(): Promise<void> {
  closePlace(core.getState(PLACE_STATE));
  const { CONTEXT_FILE_STATE, restoreContextFile } = await import('./cdk/context-file.js');
  const restored = restoreContextFile(core.getState(CONTEXT_FILE_STATE));
  if (restored !== undefined) core.info(`put back ${restored}`);
  const leftovers = core.getState(CHANGE_SETS_STATE);
  if (leftovers) {
    const { deleteLeftovers } = await import('./commands/leftovers.js');
    const cleaned = await deleteLeftovers(leftovers, { ports, env: process.env });
    if (cleaned.length > 0) core.info(`deleted the change sets of ${cleaned.join(', ')}`);
  }
  await closeRecord();
}

/** The record of a deployment that the run has not ended. That it cannot be ended fails nothing. */
async function closeRecord(): Promise<void> {
  const { closeAbandoned, RECORD_STATE } = await import('./github/abandoned.js');
  const state = core.getState(RECORD_STATE);
  if (!state) return;
  try {
    const closed = await closeAbandoned(state, await ports.records(core.getInput('github-token')));
    if (closed) core.info('ended the deployment on GitHub that the run has left open');
  } catch (error) {
    core.warning(`the deployment on GitHub is still in progress: ${messageOf(error)}`);
  }
}

function payload(): unknown {
  const file = process.env['GITHUB_EVENT_PATH'];
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : {};
}

/** What a user can act on is one line; a defect of ours shows where it is. */
function fail(error: unknown): void {
  const known = userError(error);
  if (known) core.setFailed(`${known.code}: ${known.message}`);
  else core.setFailed(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
}

try {
  if (atTerminal) process.exitCode = await (await import('./cli.js')).cli(process.argv.slice(2), process.env, ports);
  else if (core.getState(POST)) await post();
  else await main();
} catch (error) {
  fail(error);
}
