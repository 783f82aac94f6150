/** GitHub's records of deployments, through dist/index.js: each test has a target that is deployed anew. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PAPER_FIGURES, paperHistory } from '../metrics/history.js';
import { push } from '../emulators/runner/events.js';
import { startGitHub } from '../emulators/github/github.js';
import { runAction } from '../emulators/runner/action.js';
import { ACCOUNT, REGION, writeConfig } from './consumer.js';
import { RELAY, relayConfig, writeSettings } from './relay.js';
import { setScene, type Scene } from './scene.js';

const MARK = `deploy-action: relay ${REGION}`;
const STARTED = `in_progress ${MARK} started`;
const RUN = 'https://github.com/acme-corp/webapp/actions/runs/7001';

let scene: Scene;
let seen = 0;
beforeAll(async () => {
  scene = await setScene();
  await scene.bootstrap();
});
afterAll(() => scene.end());
beforeEach(() => {
  // The job's own credentials: a job with an environment has another subject than the roles of this scene trust.
  const url = `https://relay.acme.example/{{version}}?queue={{outputs.${RELAY}.InboxUrl}}`;
  writeConfig(scene.workspace, relayConfig({ roles: {}, url }));
  seen = scene.world.github.deployments.length;
});

const aws = () => scene.world.sts.env(ACCOUNT, REGION);
const deploy = (inputs = {}, options = {}) =>
  scene.onPush({ command: 'deploy', comment: 'false', ...inputs }, { aws: aws(), ...options });
/** Deployments of this test: their environment, and their lives. */
const made = () =>
  scene.world.github.deployments.slice(seen).map(({ environment, statuses }) => ({
    environment,
    life: statuses.map(({ state, description }) => `${state} ${description}`.trim()),
  }));

test('a deployment: in progress, then a success with the address that an output tells', async () => {
  writeSettings(scene.workspace, { retentionDays: 4 });
  const lives: (readonly string[])[] = [];
  const run = await deploy(
    {},
    {
      onLine: (line: string) => {
        if (line.includes('start: Building')) lives.push(made()[0]?.life ?? []);
      },
    },
  );
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  expect(lives[0]).toEqual([STARTED]);
  expect(made()).toEqual([{ environment: 'prototype', life: [STARTED, `success ${MARK} succeeded: 2 created`] }]);
  const { outputs } = (await scene.stack(RELAY))!;
  const address = `https://relay.acme.example/v1?queue=${outputs['InboxUrl']!}`;
  const [record] = scene.world.github.deployments.slice(seen);
  expect(record?.statuses[1]).toMatchObject({ environmentUrl: address });
  expect(record?.statuses[1]?.logUrl).toMatch(new RegExp(`^${RUN}/job/\\d+$`));
  expect(run.outputs).toMatchObject({ 'environment-url': address, 'deployment-id': String(record?.id) });
  expect(record).toMatchObject({ creator: 'github-actions[bot]', task: 'deploy', sha: push().sha });
  expect(record?.payload).toMatchObject({ tool: 'deploy-action', target: `prototype-relay-${REGION}`, run: '7001' });
  expect(record?.payload).toMatchObject({ assembly: run.outputs['assembly-digest'] });
  expect(run.post).toMatchObject({ exitCode: 0, log: '' });
});

test('nothing to change: a record says so, and the one before is replaced', async () => {
  const run = await deploy({}, { env: { GITHUB_RUN_ATTEMPT: '2' } });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'no-changes' } });
  expect(made()).toMatchObject([{ life: [STARTED, `success ${MARK} unchanged: 2 unchanged`] }]);
  expect(scene.world.github.deployments[seen - 1]?.statuses.at(-1)).toMatchObject({ state: 'inactive' });
});

test('a failure', async () => {
  const extra = { type: 'AWS::CodeArtifact::Repository', properties: { Colour: 'red' } };
  writeSettings(scene.workspace, { retentionDays: 4, extra });
  const run = await deploy({}, { env: { GITHUB_RUN_ATTEMPT: '3' } });
  expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { result: 'failure', 'environment-url': '' } });
  expect(made()[0]?.life).toEqual([STARTED, expect.stringMatching(new RegExp(`^failure ${MARK} failed: ${RELAY} `))]);
  expect(scene.world.github.deployments[seen - 1]?.statuses.at(-1)).toMatchObject({ state: 'success' });
});

test('a deployment that is refused before it begins leaves no record', async () => {
  const run = await deploy({ plan: 'nowhere.json' });
  expect(run, run.log).toMatchObject({ exitCode: 1 });
  expect(made()).toEqual([]);
});

test('a run that is cancelled: the post step ends the record, and a second try goes on with it', async () => {
  writeSettings(scene.workspace, { retentionDays: 5 });
  const attempt = { env: { GITHUB_RUN_ATTEMPT: '4' } };
  const run = await deploy({}, { ...attempt, cancelAt: (line: string) => line.includes('start: Building') });
  expect(run.cancelled, run.log).toBe(true);
  expect(run.post).toMatchObject({ exitCode: 0 });
  expect(run.post?.log).toContain('ended the deployment on GitHub that the run has left open');
  const cancelled = [STARTED, `error ${MARK} stopped: the run ended before the deployment did`];
  expect(made()).toEqual([{ environment: 'prototype', life: cancelled }]);
  const again = await deploy({}, attempt);
  expect(again, again.log).toMatchObject({ exitCode: 0 });
  expect(made()).toEqual([
    { environment: 'prototype', life: [...cancelled, STARTED, expect.stringContaining('success') as string] },
  ]);
});

test('the job’s own record, whatever its environment is called, is adopted and ended by GitHub alone', async () => {
  const job = scene.world.github.job({ event: push(), environment: 'the prototype' });
  const other = scene.world.github.job({ event: push(), environment: 'the prototype' });
  const run = await runAction({
    ...{ dist: path.join(scene.action, 'dist'), event: push(), workspace: scene.workspace, machine: scene.machine },
    ...{
      github: job,
      aws: { ...scene.world.sts.place(REGION), ...aws() },
      inputs: { command: 'deploy', comment: 'false' },
    },
  });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'no-changes' } });
  expect(run.log).toContain("the job's own deployment to the prototype on GitHub is the record of this one");
  job.end('success');
  other.end('failure');
  expect(made()).toEqual([
    {
      environment: 'the prototype',
      life: ['queued', 'in_progress', STARTED, `in_progress ${MARK} unchanged: 2 unchanged`, 'success'],
    },
    { environment: 'the prototype', life: ['queued', 'in_progress', 'failure'] },
  ]);
  expect(run.outputs['environment-url']).toMatch(/^https:\/\/relay\.acme\.example\/v1\?queue=/);
});

test('without deployments: write the deployment goes on, with a warning that has the line', async () => {
  const run = await deploy({}, { job: { permission: 'read' } });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'no-changes', 'deployment-id': '' } });
  const [warning] = run.annotations.filter(({ kind }) => kind === 'warning');
  expect(warning?.message).toContain('add "deployments: write" to the job\'s permissions');
  expect(made()).toEqual([]);
});

test('where a record has to be, nothing is deployed without one', async () => {
  scene.world.sts.clear();
  const run = await deploy({ deployment: 'true' }, { job: { permission: 'read' } });
  expect(run, run.log).toMatchObject({ exitCode: 1 });
  expect(run.annotations.at(-1)?.message).toMatch(/^github: there is no record of this deployment on GitHub: /);
  expect(scene.world.sts.calls.filter(({ action }) => /ChangeSet$/.test(action))).toEqual([]);
});

test('deployment: false writes nothing', async () => {
  const run = await deploy({ deployment: 'false' });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  expect(made()).toEqual([]);
});

test('a diff with check gives the head a status', async () => {
  writeSettings(scene.workspace, { retentionDays: 6, deadLetters: true });
  const run = await scene.onPullRequest(
    { command: 'diff', comment: 'false', check: 'true', 'fail-on': 'any' },
    { aws: aws() },
  );
  expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { result: 'failure' } });
  expect(scene.world.github.commitStatuses).toEqual([
    {
      ...{ sha: 'beef'.padEnd(40, '1'), state: 'failure', context: `deploy-action / prototype-relay-${REGION}` },
      ...{ description: expect.stringMatching(/ in 1 stack$/) as string, url: RUN },
    },
  ]);
});

test('metrics reads 300 deployments back in a few requests, and has the figures of paper', async () => {
  // The history ends now: the action reads the clock. What it says of a day then depends on the hour, so no day is asked.
  const until = Date.now();
  const shift = until - Date.parse('2026-11-01T00:00:00Z');
  const at = (date: Date) => new Date(date.getTime() + shift).toISOString();
  const lives = paperHistory();
  const github = await startGitHub({
    deployments: lives.map(({ environment, commit, statuses }) => ({
      ...{ environment, sha: commit, createdAt: at(statuses[0]!.at) },
      statuses: statuses.map(({ state, description, at: time }) => ({ state, description, at: at(time) })),
    })),
  });
  for (const { commit, committedAt } of lives) github.dateCommit(commit, at(committedAt!));
  try {
    const run = await runAction({
      ...{ dist: path.join(scene.action, 'dist'), event: push(), workspace: scene.workspace, machine: scene.machine },
      github: github.job({ event: push(), permission: 'read' }),
      inputs: { command: 'metrics', environment: 'production', 'metrics-file': 'metrics.json' },
    });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
    const metrics = JSON.parse(run.outputs['metrics']!) as { readonly targets: readonly unknown[] };
    expect(metrics.targets).toEqual([expect.objectContaining(PAPER_FIGURES)]);
    expect(JSON.parse(readFileSync(path.join(scene.workspace, 'metrics.json'), 'utf8'))).toEqual(metrics);
    expect(run.summary).toContain('210 (7.00 a day)');
    expect(run.summary).toContain('```mermaid');
    expect(github.requests).toHaveLength(3);
  } finally {
    await github.stop();
  }
});
