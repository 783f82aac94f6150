/** A stack that is held in the middle of its operation: what a second deployment does then, and what a cancelled one leaves. */
import { SignalResourceCommand } from '@aws-sdk/client-cloudformation';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMachine } from '../emulators/runner/machine.js';
import { ACCOUNT, REGION } from './consumer.js';
import { makeRelay, RELAY, relayConfig, writeSettings } from './relay.js';
import { setScene, type Scene } from './scene.js';

let scene: Scene;
/** The same repository, as another job checks it out. */
let other: string;
beforeAll(async () => {
  scene = await setScene();
  await scene.bootstrap();
  other = makeRelay(path.join(scene.action, '../other'), relayConfig());
});
afterAll(() => scene.end());

const writeBoth = (settings: Parameters<typeof writeSettings>[1]): void => {
  for (const workspace of [scene.workspace, other]) writeSettings(workspace, settings);
};
const aws = () => scene.world.sts.env(ACCOUNT, REGION);
const deploy = (options = {}) =>
  scene.onPush({ command: 'deploy', 'pull-request': '12', comment: 'true' }, { aws: aws(), ...options });

/** Waits until something is so: of the engine there is no event to wait for. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(50);
}

const status = async (): Promise<string> => (await scene.stack(RELAY))?.status ?? '';
const executed = (): number => scene.world.sts.calls.filter(({ action }) => action === 'ExecuteChangeSet').length;

async function open(gate: string): Promise<void> {
  const signal = { StackName: RELAY, LogicalResourceId: `Gate${gate}`, UniqueId: gate, Status: 'SUCCESS' } as const;
  await scene.cloudFormation().send(new SignalResourceCommand(signal));
}

const lives = () =>
  scene.world.github.deployments.map(({ statuses }) =>
    statuses.map(({ state, description }) => `${state} ${description.split(' ').slice(3).join(' ')}`.trim()),
  );

test('a deployment that is cancelled half-way: nothing is half-written, and the next one ends well', async () => {
  writeBoth({ retentionDays: 4, gate: 'One' });
  const attempt = { env: { GITHUB_RUN_ATTEMPT: '1' } };
  const run = await deploy({ ...attempt, cancelAt: (line: string) => /IN_PROGRESS.*Gate/.test(line) });
  expect(run.cancelled, run.log).toBe(true);
  expect(run.exitCode).not.toBe(0);
  expect(run.post).toMatchObject({ exitCode: 0, leftRunning: false });
  // The stack is the engine's own affair: it goes on, and nobody has touched it.
  expect(await status()).toBe('CREATE_IN_PROGRESS');
  expect(lives()).toEqual([['in_progress started', 'error stopped: the run ended before the deployment did']]);
  // A comment is one request: it is there in full, or not at all.
  expect(scene.world.github.comments(12)).toEqual([]);
  await open('One');
  await until(async () => (await status()) === 'CREATE_COMPLETE');
  const again = await deploy({ env: { GITHUB_RUN_ATTEMPT: '2' } });
  expect(again, again.log).toMatchObject({ exitCode: 0 });
  expect(lives().at(-1)?.at(-1)).toMatch(/^success/);
  expect(scene.world.github.comments(12).map(({ body }) => body)).toEqual([expect.stringContaining('relay')]);
});

test('two deployments of one target: while the first goes on the second executes nothing, and does not end green for it', async () => {
  scene.world.sts.clear();
  writeBoth({ retentionDays: 5, gate: 'Two' });
  const before = scene.world.github.deployments.length;
  const first = deploy({ env: { GITHUB_RUN_ATTEMPT: '3' } });
  await until(async () => (await status()) === 'UPDATE_IN_PROGRESS');
  expect(executed()).toBe(1);

  const machine = makeMachine();
  let told = (): void => undefined;
  const waits = new Promise<void>((resolve) => {
    told = resolve;
  });
  const onLine = (line: string): void => {
    if (/wait/i.test(line) && line.includes(RELAY)) told();
  };
  const second = deploy({ env: { GITHUB_RUN_ATTEMPT: '4' }, machine, workspace: other, onLine });
  const refused = await Promise.race([second, waits]);
  expect(executed()).toBe(1);
  expect(await status()).toBe('UPDATE_IN_PROGRESS');
  if (refused !== undefined) {
    expect(refused, refused.log).toMatchObject({ exitCode: 1, outputs: { result: 'failure' } });
    expect(refused.log).toContain('UPDATE_IN_PROGRESS');
  }

  await open('Two');
  const [one, two] = await Promise.all([first, second]);
  rmSync(machine.folder, { recursive: true });
  expect(one, one.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  // It has waited, or it was refused: what it says of itself is what it did.
  expect(two.outputs['result'], two.log).toBe(two.exitCode === 0 ? 'no-changes' : 'failure');
  expect(await status()).toBe('UPDATE_COMPLETE');
  const ends = lives()
    .slice(before)
    .map((life) => life.at(-1)?.split(' ')[0]);
  expect(ends).toEqual(['success', two.exitCode === 0 ? 'success' : 'failure']);

  const after = await deploy({ env: { GITHUB_RUN_ATTEMPT: '5' } });
  expect(after, after.log).toMatchObject({ exitCode: 0, outputs: { result: 'no-changes' } });
});
