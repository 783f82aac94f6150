import { spawn } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runAction } from '../../test/emulators/runner/action.js';
import { pullRequest } from '../../test/emulators/runner/events.js';
import type { Machine } from '../../test/emulators/runner/machine.js';
import type { World } from '../../test/emulators/world.js';
import { ACCOUNT, REGION, ROOT, webappConfig, writeConfig } from '../../test/scenarios/consumer.js';

type Timed = (round: number) => Promise<void>;

/** The things that are timed, over one app that is deployed in its first version. */
export interface BenchApp {
  readonly start: Timed;
  readonly emptyScript: Timed;
  readonly diff: Timed;
  readonly bareDiff: Timed;
  readonly chain: Timed;
  readonly bareChain: Timed;
}

/** Bootstraps and deploys, so that every diff has something to compare with. */
export async function benchApp(world: World, workspace: string, machine: Machine): Promise<BenchApp> {
  const app = path.join(workspace, 'stacks/webapp');
  const aws = world.sts.env(ACCOUNT, REGION);
  const action = async (inputs: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> => {
    const event = pullRequest();
    const options = { dist: path.join(ROOT, 'dist'), event, workspace, machine, aws, post: false };
    const run = await runAction({ ...options, inputs: { comment: 'false', summary: 'false', ...inputs } });
    if (run.exitCode !== 0) throw new Error(run.log);
    return run.outputs;
  };
  const env = {
    ...aws,
    PATH: process.env['PATH'] ?? '',
    HOME: machine.home,
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  const cdk = (...args: string[]): Promise<void> =>
    program(path.join(workspace, 'node_modules/.bin/cdk'), [...args, '--no-notices'], app, env);

  useVersion('v1');
  await action({ command: 'bootstrap' });
  await action({ command: 'deploy' });
  const contexts = { v1: await contextOf('v1'), v2: await contextOf('v2') };

  return {
    start: () => program(process.execPath, [path.join(ROOT, 'dist/index.js')], workspace, { INPUT_COMMAND: '?' }, 1),
    emptyScript: () => program(process.execPath, [emptyScript(machine)], workspace, {}),
    diff: async () => {
      useVersion('v2');
      await action({ command: 'diff' });
    },
    bareDiff: () => bare('v2', () => cdk('diff', '--method', 'template')),
    // Each deploys the version that the other has not, so that both always have an update to make.
    chain: async () => {
      useVersion('v2');
      const { assembly = '' } = await action({ command: 'synth' });
      await action({ command: 'diff', assembly });
      await action({ command: 'deploy', assembly });
    },
    bareChain: () =>
      bare('v1', async () => {
        await cdk('synth', '--quiet');
        await cdk('diff', '--method', 'template');
        await cdk('deploy', '--require-approval', 'never');
      }),
  };

  function useVersion(version: string): void {
    writeConfig(workspace, environmentWithoutRoles(version));
  }

  async function contextOf(version: string): Promise<string> {
    useVersion(version);
    const { assembly = '' } = await action({ command: 'synth' });
    const file = path.join(machine.folder, `context-${version}.json`);
    copyFileSync(path.join(path.dirname(assembly), 'context.json'), file);
    return file;
  }

  async function bare(version: 'v1' | 'v2', body: () => Promise<void>): Promise<void> {
    const file = path.join(app, 'cdk.context.json');
    copyFileSync(contexts[version], file);
    await body();
    rmSync(file);
  }
}

function environmentWithoutRoles(version: string): Record<string, unknown> {
  const config = webappConfig({ version: { default: version } });
  const environments = config['environments'] as Record<string, Record<string, unknown>>;
  return { ...config, environments: { prototype: { ...environments['prototype'], roles: undefined } } };
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
