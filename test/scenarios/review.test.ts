/** A push deploys what was approved on its pull request, and nothing else: each test goes on where the one before ended. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/model.js';
import { failure } from '../emulators/github/answers.js';
import type { Team } from '../emulators/github/team.js';
import type { ActionRun } from '../emulators/runner/action.js';
import { pullRequest, push } from '../emulators/runner/events.js';
import { RELAY, writeSettings, type RelaySettings } from './relay.js';
import { setScene, type Scene } from './scene.js';

let scene: Scene;
let team: Team;
let commits = 0;

beforeAll(async () => {
  scene = await setScene();
  team = scene.world.github.team;
  team.permissions.set('hubot', 'read').set('alice', 'write');
  await scene.bootstrap();
});
afterAll(() => scene.end());
beforeEach(() => {
  scene.world.sts.clear();
});

const sha = (): string => (++commits).toString(16).padStart(4, 'c').padEnd(40, 'd');
const deployments = () => scene.world.sts.calls.filter(({ action }) => /^(?:Create|Execute)ChangeSet$/.test(action));
const commentOn = (number: number) => scene.world.github.comments(number).at(-1)!;

/** Somebody opens a pull request. */
function open(number: number): void {
  team.open({ number, headSha: sha(), headRef: `topic-${number}`, baseRef: 'main', state: 'open' });
}

/** Plans the head of a pull request, as its workflow does. */
async function plan(number: number, settings: RelaySettings): Promise<ActionRun> {
  writeSettings(scene.workspace, settings);
  const headSha = team.pushes.find(({ ref }) => ref === `refs/heads/topic-${number}`)!.after;
  const event = pullRequest({ number, head: `topic-${number}`, headSha });
  const run = await scene.onPullRequest({ command: 'diff' }, { event });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  return run;
}

/** Merges a pull request; the push that this makes. */
function merge(number: number): string {
  const commit = sha();
  team.merge(number, commit);
  return commit;
}

/** Deploys a push to `main`. */
async function deploy(commit: string, inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
  scene.world.sts.clear();
  return scene.onPush(
    { command: 'deploy', 'require-review': 'pull-request', ...inputs },
    { event: push('refs/heads/main', commit) },
  );
}

/** One error that says why, and nothing was touched. */
function expectRefused(run: ActionRun, why: string | RegExp): void {
  expect(run, run.log).toMatchObject({ exitCode: 1 });
  const errors = run.annotations.filter(({ kind }) => kind === 'error').map(({ message }) => message);
  expect(errors).toEqual([expect.stringMatching(why)]);
  expect(deployments()).toEqual([]);
}

describe('the first pull request', () => {
  let commit = '';
  /** What is deployed is made once: only what GitHub says is another each time. */
  const assembly = 'assembly.tar';
  beforeAll(async () => {
    open(20);
    const run = await plan(20, { retentionDays: 4 });
    cpSync(run.outputs['assembly']!, path.join(scene.workspace, assembly));
  });

  test('is planned in a comment that keeps the plan on a hidden line', () => {
    expect(commentOn(20).body).toMatch(
      /^<!-- deploy-action:Deploy -->\n<!-- deploy-action-plans:v1 [0-9a-f]{40}=[\w+/.]+ -->\n/,
    );
  });

  test('is not merged: refused', async () => {
    expectRefused(
      await deploy(sha(), { assembly }),
      /^plan: no pull request was merged into main as \w{7}, and require-review asks for one: /,
    );
    commit = merge(20);
  });

  test.each<[string, () => void, string]>([
    ['nobody approved', () => undefined, 'nobody approved it'],
    ['the author approved', () => team.review(20, 'octocat'), 'octocat is the author'],
    ['a reader approved', () => team.review(20, 'hubot'), 'hubot has no write permission \\(read\\)'],
    ['an app approved', () => team.review(20, 'deployer[bot]'), 'deployer\\[bot\\] is no person'],
    ['the approval is dismissed', () => team.review(20, 'mona', 'DISMISSED'), 'mona is dismissed'],
    [
      'an older commit is approved',
      () => team.review(20, 'mona', 'APPROVED', 'f'.repeat(40)),
      'mona approved fffffff, the head is \\w{7}',
    ],
    [
      'changes were asked for afterwards',
      () => (
        team.review(20, 'mona'),
        team.review(20, 'mona', 'CHANGES_REQUESTED'),
        team.review(20, 'mona', 'COMMENTED')
      ),
      'mona asked for changes afterwards',
    ],
  ])('%s: refused', async (_, review, why) => {
    team.reviews.length = 0;
    review();
    expectRefused(
      await deploy(commit, { assembly }),
      new RegExp(`^plan: #20 is not approved \\(${why}\\): have somebody with write`),
    );
  });

  test('is approved by the one who pushed its head: refused', async () => {
    team.reviews.length = 0;
    team.review(20, 'mona');
    const [own] = team.pushes;
    team.pushes.unshift({ ...own!, by: 'mona' });
    expectRefused(await deploy(commit, { assembly }), /mona made or pushed the head commit/);
    team.pushes.shift();
  });

  test('has a comment that somebody edited: refused', async () => {
    const comment = commentOn(20);
    const { body } = comment;
    team.edit(comment, `${body}\nlooks fine`, 'octocat');
    expectRefused(
      await deploy(commit, { assembly }),
      /^plan: #20 has a plan that was edited by octocat: run diff on the pull request/,
    );
    scene.world.github.team.edit(comment, body, 'github-actions[bot]');
    // What was edited since is not what was approved.
    expectRefused(await deploy(commit, { assembly }), /mona approved before the plan was there as it is now/);
    team.review(20, 'mona');
  });

  test.each<[RegExp, string]>([
    [/\/pulls$/, 'pull-requests: read'],
    [/\/comments$/, 'pull-requests: read'],
    [/\/reviews$/, 'pull-requests: read'],
    [/\/commits\/\w+$/, 'contents: read'],
    [/\/permission$/, 'metadata: read'],
  ])('cannot be looked at (%s): refused, with the line to add', async (place, line) => {
    scene.world.github.fail({ path: place, answer: failure(403, 'Resource not accessible by integration') });
    expectRefused(
      await deploy(commit, { assembly }),
      new RegExp(`^github: .* add "${line}" to the job's permissions$`),
    );
  });

  test('is approved: deployed, and called advisory', async () => {
    const run = await deploy(commit, { assembly });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
    expect(run.log).toMatch(/what would happen is what was reviewed: sha256:\w{64}, on #20, approved by mona at \w{7}/);
    expect(run.log).toContain('this review is advisory');
    expect(run.summary).toMatch(/Reviewed on `#20,` approved by mona at .*Advisory: no attestation backs the plan/);
    expect(await scene.stack(RELAY)).toMatchObject({ status: 'CREATE_COMPLETE' });
  });

  test('changes nothing any more: deployed without a review', async () => {
    const run = await deploy(sha(), { assembly });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'no-changes' } });
    expect(run.log).toContain('nothing would change: there is nothing that a review could be about');
  });
});

test('another commit is pushed after the review: refused until it is planned and approved itself', async () => {
  open(21);
  await plan(21, { retentionDays: 5 });
  team.review(21, 'mona');
  team.push(21, sha());
  const commit = merge(21);
  writeSettings(scene.workspace, { retentionDays: 6 });
  expectRefused(
    await deploy(commit),
    /^plan: #21 has a plan of \w{7} for prototype-relay-\S+, and its head is \w{7}: run/,
  );
  await plan(21, { retentionDays: 6 });
  expectRefused(await deploy(commit), /mona approved \w{7}, the head is \w{7}/);
});

test('a second pull request is merged first: refused, with what nobody reviewed', async () => {
  open(22);
  open(23);
  await plan(22, { retentionDays: 4, deadLetters: true });
  await plan(23, { retentionDays: 7 });
  team.review(22, 'mona');
  team.review(23, 'mona');
  merge(22);
  const commit = merge(23);
  writeSettings(scene.workspace, { retentionDays: 7, deadLetters: true });
  const run = await deploy(commit);
  expectRefused(
    run,
    /what would happen now is not what was reviewed: reviewed sha256:\w{64}, now sha256:\w{64}; now it/,
  );
  expect(run.log).toMatch(/differs: now it would do: Relay: add Relay\/DeadLetters\/Resource \(AWS::SQS::Queue\)/);
});

test('the stack is changed behind the review’s back: refused, approved anew, deployed', async () => {
  open(24);
  await plan(24, { retentionDays: 8 });
  team.review(24, 'mona');
  const commit = merge(24);

  writeSettings(scene.workspace, { retentionDays: 9 });
  const behind = await scene.onPush({ command: 'deploy' });
  expect(behind, behind.log).toMatchObject({ exitCode: 0 });

  writeSettings(scene.workspace, { retentionDays: 8 });
  const refused = await deploy(commit);
  expectRefused(refused, /what would happen now is not what was reviewed/);
  expect(refused.log).toMatch(/differs: now it would do: Relay: update Relay\/Inbox/);

  await plan(24, { retentionDays: 8 });
  expectRefused(await deploy(commit), /mona approved before the plan was there as it is now/);
  team.review(24, 'mona');
  // Planned once more without another result: what was approved stands.
  await plan(24, { retentionDays: 8 });
  const run = await deploy(commit);
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
});

describe('a plan file beside the review', () => {
  let commit = '';
  let file = '';
  beforeAll(async () => {
    open(25);
    const run = await plan(25, { retentionDays: 10 });
    file = path.join(scene.workspace, 'plan.json');
    cpSync(run.outputs['plan-file']!, file);
    team.review(25, 'mona');
    commit = merge(25);
  });

  test('that was edited: refused', async () => {
    const text = readFileSync(file, 'utf8');
    const edited = { ...(JSON.parse(text) as Plan), fingerprint: `sha256:${'0'.repeat(64)}` };
    writeFileSync(file, JSON.stringify(edited));
    expectRefused(await deploy(commit, { plan: 'plan.json' }), /plan 'plan.json' is not the one on the pull request/);
    writeFileSync(file, text);
  });

  test('tells the difference line by line', async () => {
    writeSettings(scene.workspace, { retentionDays: 11 });
    const run = await deploy(commit, { plan: 'plan.json' });
    expectRefused(run, /Relay: other values than reviewed: update Relay\/Inbox/);
  });
});
