/** The main job, from a new account to the second version: each test goes on where the one before it ended. */
import { appendFileSync, cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parsePlan } from '../../src/plan/schema.js';
import { marker } from '../../src/report/marker.js';
import { makeMachine } from '../emulators/runner/machine.js';
import { ACCOUNT, DEPLOY_ROLE, PLAN_ROLE, REGION, writeConfig } from './consumer.js';
import { ALARM, API_KEY, RELAY, relayConfig } from './relay.js';
import { DEPLOY_SUBJECT, PLAN_SUBJECT, setScene, type Scene } from './scene.js';

const ID = `prototype-relay-${REGION}`;
/** Of somebody who has seen ours. */
const FOREIGN = `${marker('Deploy')}\nthis is what the bot would say`;
/** More than a page of any size that GitHub has. */
const SEEDED = 120;

let scene: Scene;
beforeAll(async () => {
  const talk = Array.from({ length: SEEDED - 1 }, (_, index) => ({ pullRequest: 12, body: `remark ${index}` }));
  scene = await setScene({ github: { comments: [{ pullRequest: 12, body: FOREIGN }, ...talk] } });
});
afterAll(() => scene.end());
beforeEach(() => {
  scene.world.sts.clear();
});

/** The comments that were not there before, oldest first. */
const ours = () => scene.world.github.comments(12).slice(SEEDED);
/** Which services' actions were called. */
const called = () => scene.world.sts.calls.map(({ service, action }) => `${service} ${action}`);

test('an account is bootstrapped, and not twice', async () => {
  const first = await scene.onPush({ command: 'bootstrap' });
  expect(first, first.log).toMatchObject({ exitCode: 0, outputs: { result: 'success', account: ACCOUNT } });
  expect(await scene.stack('CDKToolkit')).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(scene.world.sts.hops[0]).toMatchObject({ roleArn: DEPLOY_ROLE, subject: DEPLOY_SUBJECT });

  scene.world.sts.clear();
  const again = await scene.onPush({ command: 'bootstrap' });
  expect(again, again.log).toMatchObject({ exitCode: 0, outputs: { result: 'skipped' } });
  expect(again.log).toMatch(/CDKToolkit in 111122223333 eu-central-1 has version \d+, .*: nothing to do/);
  expect(called()).not.toContainEqual(expect.stringMatching(/cloudformation (?:Create|Update|Execute)/));
});

describe('the first pull request', () => {
  test('its diff is a plan, and one comment behind all the others', async () => {
    const run = await scene.onPullRequest({ command: 'diff' });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true', risk: 'add' } });
    expect(scene.world.sts.hops[0]).toMatchObject({ roleArn: PLAN_ROLE, subject: PLAN_SUBJECT });
    const plan = parsePlan(readFileSync(run.outputs['plan-file']!, 'utf8'), 'plan.json');
    expect(plan).toMatchObject({
      target: { id: ID, environment: 'prototype', version: 'v1', account: ACCOUNT, region: REGION },
      fingerprint: run.outputs['fingerprint'],
      assembly: { digest: run.outputs['assembly-digest'] },
      stacks: [
        { id: 'Relay', name: RELAY, counts: { add: 3, update: 0, replace: 0, delete: 0 } },
        { id: 'Relay/ArchiveNestedStackArchiveNestedStackResourceCB0E4F37', counts: { add: 1 } },
        { id: 'Alarm', name: ALARM, counts: { add: 1 } },
      ],
    });
    expect(ours()).toMatchObject([{ author: 'github-actions[bot]', edits: 0 }]);
    expect(run.outputs['comment-url']).toContain(`#issuecomment-${ours()[0]!.id}`);
    expect(ours()[0]!.body).toContain('| `Relay` | add | 3 to add');
    expect(run.summary).toContain('| `Relay` | add | 3 to add');
    expect(await scene.stacks()).toEqual(['CDKToolkit']);
  });

  test('run again there is still one comment, and nobody else’s was touched', async () => {
    const run = await scene.onPullRequest({ command: 'diff' });
    expect(run, run.log).toMatchObject({ exitCode: 0 });
    expect(ours()).toHaveLength(1);
    expect(scene.world.github.comments(12)[0]).toMatchObject({ body: FOREIGN, edits: 0 });
  });

  test('merged, it is deployed by the role for that', async () => {
    const run = await scene.onPush({ command: 'deploy', 'outputs-file': 'out/outputs.json' });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success', 'has-changes': 'true' } });
    expect(scene.world.sts.hops[0]).toMatchObject({ roleArn: DEPLOY_ROLE, subject: DEPLOY_SUBJECT });
    const [relay, alarm] = [await scene.stack(RELAY), await scene.stack(ALARM)];
    expect([relay?.status, alarm?.status]).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);

    const outputs = { [RELAY]: { ...relay!.outputs, ApiToken: '***' }, [ALARM]: alarm!.outputs };
    expect(relay!.outputs['ApiToken']).toBe(API_KEY);
    expect(JSON.parse(run.outputs['stack-outputs']!)).toEqual(outputs);
    expect(JSON.parse(readFileSync(path.join(scene.workspace, 'out/outputs.json'), 'utf8'))).toEqual(outputs);
    rmSync(path.join(scene.workspace, 'out'), { recursive: true });
    expect(run.summary).toMatch(/\| `Relay` \| created \| \d+ s \| .*`ApiToken`: `\*\*\*`/);
    expect(ours()).toHaveLength(1);
  });
});

describe('the second version, in jobs of their own', () => {
  const given = { assembly: 'assembly.tar', 'assembly-digest': '' };
  let fingerprint: string | undefined;

  test('its diff shows exactly what changed, in the same comment', async () => {
    writeConfig(scene.workspace, { ...relayConfig(), version: { default: 'v2' } });
    const [{ id } = { id: 0 }] = ours();
    const run = await scene.onPullRequest({ command: 'diff' });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { version: 'v2', risk: 'update' } });
    expect(changes(run.outputs['plan-file']!)).toEqual([
      'Relay add AWS::SQS::Queue DeadLetters/Resource',
      'Relay update AWS::SQS::Queue Inbox/Resource: MessageRetentionPeriod, RedrivePolicy',
    ]);
    expect(ours()).toMatchObject([{ id, edits: 1 }]);
    expect(ours()[0]!.body).toContain('| `Relay` | update | 1 to add, 1 to update');
    fingerprint = run.outputs['fingerprint'];
  });

  test('a job without any credentials synthesises it', async () => {
    const machine = makeMachine();
    const run = await scene.onPullRequest({ command: 'synth' }, { machine, job: { idToken: false } });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success', version: 'v2' } });
    expect(run.outputs['assembly-digest']).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(called()).toEqual([]);
    // As the artifact of one job comes to another.
    cpSync(run.outputs['assembly']!, path.join(scene.workspace, given.assembly));
    given['assembly-digest'] = run.outputs['assembly-digest']!;
    rmSync(machine.folder, { recursive: true });
  });

  test('a push, which the plan’s role does not trust, synthesises without credentials and says so', async () => {
    const run = await scene.onPush({ command: 'synth' });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { 'assembly-digest': given['assembly-digest'] } });
    expect(run.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^synthesising without credentials: role .*deploy-action-plan refuses GitHub's token/),
    ]);
  });

  test('another one diffs that assembly without the app, to the same plan', async () => {
    const run = await scene.onPullRequest({ command: 'diff', comment: 'false', ...given });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true', fingerprint } });
    expect(run.outputs['assembly-digest']).toBe(given['assembly-digest']);
    expect(run.log).not.toContain('context from');
    expect(ours()).toMatchObject([{ edits: 1 }]);
  });

  test('an assembly that is not the one that was meant is refused, before anything is asked of AWS', async () => {
    const other = { ...given, 'assembly-digest': `sha256:${'0'.repeat(64)}` };
    const wrong = await scene.onPush({ command: 'deploy', ...other });
    expect(wrong).toMatchObject({ exitCode: 1, outputs: {} });
    expect(wrong.log).toContain(`digest ${given['assembly-digest']}, assembly-digest says ${other['assembly-digest']}`);

    const tampered = path.join(scene.workspace, 'tampered.tar');
    cpSync(path.join(scene.workspace, given.assembly), tampered);
    appendFileSync(tampered, Buffer.alloc(512));
    const run = await scene.onPush({ command: 'deploy', ...given, assembly: 'tampered.tar' });
    expect(run).toMatchObject({ exitCode: 1, outputs: {} });
    expect(run.log).toContain(`assembly-digest says ${given['assembly-digest']}`);
    rmSync(tampered);
    expect(called().filter((call) => !call.startsWith('sts '))).toEqual([]);
  });

  test('merged, what was diffed is deployed', async () => {
    const run = await scene.onPush({ command: 'deploy', ...given });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
    expect(run.outputs['assembly-digest']).toBe(given['assembly-digest']);
    expect(await scene.stack(RELAY)).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await scene.stack(ALARM)).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(run.summary).toMatch(/\| `Relay` \| updated \|/);
    expect(run.summary).toMatch(/\| `Alarm` \| unchanged \|/);
    rmSync(path.join(scene.workspace, given.assembly));
  });

  test('nothing is left to do, which is one line', async () => {
    const run = await scene.onPullRequest({ command: 'diff' });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'false', result: 'no-changes' } });
    expect(run.outputs['risk']).toBe('none');
    const [{ body } = { body: '' }, ...others] = ours();
    expect(others).toEqual([]);
    expect(body.trim().split(/\n+/)).toEqual([
      marker('Deploy'),
      expect.stringMatching(/^<!-- deploy-action-plans:v1 /),
      expect.stringMatching(/^\*\*No changes\*\* for /),
    ]);
  });
});

/** What a plan changes, noise apart, with the properties of an update. */
function changes(planFile: string): readonly string[] {
  const { stacks } = parsePlan(readFileSync(planFile, 'utf8'), planFile);
  return stacks.flatMap(({ id, changes }) =>
    changes
      .filter(({ noise }) => noise === undefined)
      .map(({ action, type, path: construct, properties }) => {
        const updated = action === 'update' ? `: ${properties.map(({ path: name }) => name).join(', ')}` : '';
        return `${id} ${action} ${type ?? ''} ${construct?.replace(`${id}/`, '') ?? ''}${updated}`;
      })
      .sort(),
  );
}
