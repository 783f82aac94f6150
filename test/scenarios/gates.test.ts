/** A pull request cannot widen its own gates: they are read from the branch that it goes into. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { failure } from '../emulators/github/answers.js';
import type { Team } from '../emulators/github/team.js';
import type { ActionRun } from '../emulators/runner/action.js';
import { pullRequest } from '../emulators/runner/events.js';
import { writeConfig } from './consumer.js';
import { relayConfig, writeSettings } from './relay.js';
import { setScene, type Scene } from './scene.js';

let scene: Scene;
let team: Team;

const FILE = '.github/deploy.yml';
const HEAD = 'beef'.padEnd(40, '1');
const LABEL = 'accept-deletion';

/** What the base branch says of the environment; the checkout is the pull request's own. */
function onBase(prototype: Readonly<Record<string, unknown>>): void {
  team.commit('main', 'ba5e'.padEnd(40, '1'), { [FILE]: stringify(relayConfig(prototype)) });
}

async function diff(inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
  scene.world.sts.clear();
  return scene.onPullRequest({ command: 'diff', ...inputs }, { event: pullRequest({ headSha: HEAD }) });
}

function expectStopped(run: ActionRun, note: RegExp): void {
  expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { result: 'failure' } });
  const errors = run.annotations.filter(({ kind }) => kind === 'error').map(({ message }) => message);
  expect(errors).toEqual([expect.stringMatching(/^plan: Relay.*DeadLetters\w* \(AWS::SQS::Queue\) /)]);
  expect(errors[0]).toMatch(note);
  expect(scene.world.sts.calls.filter(({ action }) => /^(?:Create|Execute)ChangeSet$/.test(action))).toEqual([]);
}

beforeAll(async () => {
  scene = await setScene();
  team = scene.world.github.team;
  team.permissions.set('hubot', 'read');
  await scene.bootstrap();
  writeSettings(scene.workspace, { retentionDays: 4, deadLetters: true });
  const run = await scene.onPush({ command: 'deploy' });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  // From here on the pull request takes a queue away.
  writeSettings(scene.workspace, { retentionDays: 4 });
});
afterAll(() => scene.end());
beforeEach(() => {
  team.events.length = 0;
  team.push(12, HEAD, 'octocat');
  writeConfig(scene.workspace, relayConfig());
});

test('gates that the pull request takes out still stop it', async () => {
  onBase({ gates: ['delete'] });
  const run = await diff();
  expectStopped(run, /take the word out of fail-on or the environment's gates$/);
  expect(run.log).toContain('gates of prototype on main (ba5e111): delete');
});

test('exceptions that it gives itself do not count, those of the base do', async () => {
  writeConfig(scene.workspace, relayConfig({ gates: ['delete'], exceptions: { types: ['AWS::SQS::Queue'] } }));
  onBase({});
  expectStopped(await diff(), /gates$/);
  onBase({ gates: ['delete'], exceptions: { types: ['AWS::SQS::Queue'] } });
  const run = await diff();
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  expect(run.summary).toMatch(/delete gate lifted by the exception for type `AWS::SQS::Queue`, for 1 change; /);
});

test.each<[string, () => void, RegExp]>([
  [
    'no label',
    () => undefined,
    /or have somebody with write permission, other than the author, set the label 'accept-deletion'$/,
  ],
  [
    'a label of the author’s own',
    () => {
      team.label(12, LABEL, 'octocat');
    },
    /the label 'accept-deletion' does not count: it was set by octocat, the author$/,
  ],
  [
    'a reader’s label',
    () => {
      team.label(12, LABEL, 'hubot');
    },
    /does not count: hubot, who set it, has no write permission \(read\)$/,
  ],
  [
    'a label from before the newest push',
    () => {
      team.label(12, LABEL, 'mona');
      team.push(12, HEAD, 'octocat');
    },
    /does not count: it was set before the newest push$/,
  ],
])('%s does not lift the gates', async (_, label, note) => {
  onBase({ gates: ['delete'], exceptions: { label: LABEL } });
  label();
  expectStopped(await diff(), note);
});

test('a writer’s label after the newest push lifts them, and comment, summary and log say who', async () => {
  onBase({ gates: ['delete'], exceptions: { label: LABEL } });
  team.label(12, LABEL, 'mona');
  const run = await diff({ 'fail-on': 'delete' });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  const said = /delete gate lifted by `@mona` through label `accept-deletion`, for 1 change; /;
  expect(run.summary).toMatch(said);
  expect(scene.world.github.comments(12).at(-1)?.body).toMatch(said);
  expect(run.log).toMatch(/delete gate lifted by @mona through label accept-deletion: Relay.*DeadLetters/);
});

test('a base that cannot be read is told, and the gates of the checkout count, without exceptions', async () => {
  writeConfig(scene.workspace, relayConfig({ gates: ['delete'], exceptions: { types: ['AWS::SQS::Queue'] } }));
  scene.world.github.fail({ path: /\/git\/ref\//, answer: failure(403, 'Resource not accessible by integration') });
  const run = await diff();
  expectStopped(run, /gates$/);
  expect(run.annotations.filter(({ kind }) => kind === 'warning')).toMatchObject([
    {
      message: expect.stringMatching(
        /^gates of main: .* add "contents: read" to the job's permissions; until then only/,
      ) as string,
    },
  ]);
});
