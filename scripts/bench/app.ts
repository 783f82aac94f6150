import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runAction } from '../../test/emulators/runner/action.js';
import { jobEnvironment } from '../../test/emulators/runner/environment.js';
import { pullRequest } from '../../test/emulators/runner/events.js';
import { makeFileCommands, writeEvent, type Machine } from '../../test/emulators/runner/machine.js';
import { inputVariables, readManifest } from '../../test/emulators/runner/manifest.js';
import type { World } from '../../test/emulators/world.js';
import { ACCOUNT, REGION, ROOT } from '../../test/scenarios/consumer.js';
import type { ForeignApp } from '../../test/scenarios/foreign/model.js';

type Timed = (round: number) => Promise<void>;

/** The things that are timed, over one app that is deployed. */
export interface BenchApp {
  readonly start: Timed;
  readonly emptyScript: Timed;
  readonly diff: Timed;
  readonly bareDiff: Timed;
  readonly chain: Timed;
  readonly bareChain: Timed;
}

/** Bootstraps and deploys, so that every diff has something to compare with. */
export async function benchApp(world: World, app: ForeignApp, machine: Machine): Promise<BenchApp> {
  const workspace = app.folder;
  const aws = world.sts.env(ACCOUNT, REGION);
  const action = async (inputs: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> => {
    const event = pullRequest();
    const options = { dist: path.join(ROOT, 'dist'), event, workspace, machine, aws, post: false };
    const run = await runAction({ ...options, inputs: { comment: 'false', summary: 'false', ...inputs } });
    if (run.exitCode !== 0) throw new Error(run.log);
    return run.outputs;
  };
  // The runner's own part (the event's file, inputs as variables) is made ready before the clock starts.
  const manifest = readManifest(path.join(ROOT, 'action.yml'));
  const step = (inputs: Readonly<Record<string, string>>): (() => Promise<void>) => {
    const event = pullRequest();
    const variables = {
      ...jobEnvironment({ event, workspace, machine, eventPath: writeEvent(machine, event.payload) }),
      ...aws,
      ...inputVariables(manifest, { comment: 'false', summary: 'false', ...inputs }, { 'github.token': '' }),
      ...makeFileCommands(machine),
    };
    return () => program(process.execPath, [path.join(ROOT, 'dist/index.js')], workspace, variables);
  };
  const env = {
    ...aws,
    PATH: process.env['PATH'] ?? '',
    HOME: machine.home,
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  const cdk = (...args: string[]): Promise<void> =>
    program(path.join(workspace, 'node_modules/.bin/cdk'), [...args, '--no-notices'], workspace, env);

  await action({ command: 'bootstrap' });
  const { assembly = '' } = await action({ command: 'deploy' });
  await app.change.apply();
  const steps = {
    diff: step({ command: 'diff' }),
    chain: [step({ command: 'synth' }), step({ command: 'diff', assembly }), step({ command: 'deploy', assembly })],
  };
  const changeAgain = changes(workspace);

  return {
    start: () => program(process.execPath, [path.join(ROOT, 'dist/index.js')], workspace, { INPUT_COMMAND: '?' }, 1),
    emptyScript: () => program(process.execPath, [emptyScript(machine)], workspace, {}),
    diff: steps.diff,
    bareDiff: () => cdk('diff', '--method', 'template'),
    // Each has an update of its own to make.
    chain: async () => {
      changeAgain();
      for (const run of steps.chain) await run();
    },
    bareChain: async () => {
      changeAgain();
      await cdk('synth', '--quiet');
      await cdk('diff', '--method', 'template');
      await cdk('deploy', '--require-approval', 'never');
    },
  };
}

/** Another visibility timeout with every call. */
function changes(folder: string): () => void {
  const file = path.join(folder, 'lib/sample-typescript-stack.ts');
  let seconds = 120;
  return () => {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(`seconds(${seconds})`, `seconds(${++seconds})`));
  };
}

function emptyScript(machine: Machine): string {
  const file = path.join(machine.folder, 'empty.mjs');
  writeFileSync(file, '');
  return file;
}

function program(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  expected = 0,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === expected) resolve();
      else reject(new Error(`${file} ${args.join(' ')} ended with ${String(code)}: ${errors}`));
    });
  });
}
