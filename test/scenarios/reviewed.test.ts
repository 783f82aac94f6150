/** Nothing is deployed but what was reviewed: each test goes on where the one before it ended. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/model.js';
import { RELAY, writeSettings } from './relay.js';
import { setScene, type Scene } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
  await scene.bootstrap();
});
afterAll(() => scene.end());

/** Plans as a pull request does, and keeps assembly and plan as artifacts. */
async function review(name: string): Promise<{ plan: string; assembly: string; 'assembly-digest': string }> {
  const run = await scene.onPullRequest({ command: 'diff', comment: 'false' });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  const [plan, assembly] = [`${name}/plan.json`, `${name}/assembly.tar`];
  cpSync(run.outputs['plan-file']!, path.join(scene.workspace, plan));
  cpSync(run.outputs['assembly']!, path.join(scene.workspace, assembly));
  return { plan, assembly, 'assembly-digest': run.outputs['assembly-digest']! };
}

const deployments = () => scene.world.sts.calls.filter(({ action }) => /^(?:Create|Execute)ChangeSet$/.test(action));

test('what was reviewed is deployed', async () => {
  const first = await review('first');
  const run = await scene.onPush({ command: 'deploy', ...first });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  expect(run.log).toMatch(/what would happen is what was reviewed: sha256:[0-9a-f]{64}/);
});

test('a stack that was changed behind the review’s back: refused, with the difference, until it is approved anew', async () => {
  writeSettings(scene.workspace, { retentionDays: 9 });
  const second = await review('second');

  writeSettings(scene.workspace, { retentionDays: 9, deadLetters: true });
  const behind = await scene.onPush({ command: 'deploy' });
  expect(behind, behind.log).toMatchObject({ exitCode: 0 });

  scene.world.sts.clear();
  const refused = await scene.onPush({ command: 'deploy', ...second });
  expect(refused, refused.log).toMatchObject({ exitCode: 1 });
  expect(refused.annotations.filter(({ kind }) => kind === 'error')).toHaveLength(1);
  expect(refused.log).toMatch(/what would happen now is not what was reviewed: .*: plan and review anew/);
  expect(refused.log).toContain('differs: Relay: the deployed stack was changed after the review');
  expect(refused.log).toMatch(/differs: Relay: not reviewed: delete .*AWS::SQS::Queue/);
  expect(deployments()).toEqual([]);

  const anew = await scene.onPush({
    command: 'deploy',
    ...(await (writeSettings(scene.workspace, { retentionDays: 9 }), review('third'))),
  });
  expect(anew, anew.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  expect(await scene.stack(RELAY)).toMatchObject({ status: 'UPDATE_COMPLETE' });
});

test('another assembly than the reviewed one is refused, and nothing is called but reads', async () => {
  writeSettings(scene.workspace, { retentionDays: 10 });
  const reviewed = await review('fourth');
  writeSettings(scene.workspace, { retentionDays: 11 });
  const other = await review('other');
  scene.world.sts.clear();
  const run = await scene.onPush({ command: 'deploy', ...other, plan: reviewed.plan });
  expect(run, run.log).toMatchObject({ exitCode: 1 });
  expect(run.log).toContain('give the assembly that the plan was made of, or plan and review anew');
  expect(deployments()).toEqual([]);
});

test('a plan file that was edited is refused', async () => {
  writeSettings(scene.workspace, { retentionDays: 12 });
  const reviewed = await review('fifth');
  const file = path.join(scene.workspace, reviewed.plan);
  const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
  writeFileSync(file, JSON.stringify({ ...plan, fingerprint: `sha256:${'0'.repeat(64)}` }));
  const run = await scene.onPush({ command: 'deploy', ...reviewed });
  expect(run, run.log).toMatchObject({ exitCode: 1 });
  expect(run.log).toContain('is not what was reviewed');
});

test('synthesised anew at another commit, the same change is still the reviewed one', async () => {
  writeSettings(scene.workspace, { retentionDays: 13 });
  const { plan } = await review('sixth');
  const run = await scene.onPush({ command: 'deploy', plan });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
});
