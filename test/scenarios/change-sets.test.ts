/** CloudFormation is asked itself, and what was asked is what is executed: each test goes on where the one before ended. */
import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  UpdateStackCommand,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/model.js';
import { parsePlan } from '../../src/plan/schema.js';
import { ALARM, RELAY, writeSettings } from './relay.js';
import { setScene, type Scene } from './scene.js';

/** A resource whose replacement the templates leave open when its mode changes. */
const pool = (mode: string) => ({
  extra: { type: 'AWS::SES::DedicatedIpPool', properties: { PoolName: 'relay', ScalingMode: mode } },
});

let scene: Scene;
let client: CloudFormationClient;
beforeAll(async () => {
  scene = await setScene();
  client = scene.cloudFormation();
  await scene.bootstrap();
});
afterAll(() => scene.end());
beforeEach(() => {
  scene.world.sts.clear();
});

/** What was asked about change sets, in order: `CreateChangeSet`, `ExecuteChangeSet <ARN>`, … */
const asked = (action: string) =>
  scene.world.sts.calls.filter((call) => call.action === action).map(({ changeSet }) => changeSet);

/** Change sets that are there, by name. */
async function left(stack: string): Promise<readonly string[]> {
  const { Summaries = [] } = await client.send(new ListChangeSetsCommand({ StackName: stack }));
  return Summaries.filter(({ ExecutionStatus }) => ExecutionStatus !== 'EXECUTE_COMPLETE').map(
    ({ ChangeSetName = '' }) => ChangeSetName,
  );
}

interface Reviewed {
  readonly files: { readonly plan: string; readonly assembly: string; readonly 'assembly-digest': string };
  readonly plan: Plan;
}

/** Plans with a command, and keeps assembly and plan as artifacts. */
async function review(command: 'diff' | 'prepare', name: string): Promise<Reviewed> {
  const inputs = { command, comment: 'false' };
  const run = await (command === 'diff' ? scene.onPullRequest(inputs) : scene.onPush(inputs));
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  const [plan, assembly] = [`${name}/plan.json`, `${name}/assembly.tar`];
  cpSync(run.outputs['plan-file']!, path.join(scene.workspace, plan));
  cpSync(run.outputs['assembly']!, path.join(scene.workspace, assembly));
  return {
    files: { plan, assembly, 'assembly-digest': run.outputs['assembly-digest']! },
    plan: parsePlan(readFileSync(run.outputs['plan-file']!, 'utf8'), 'plan.json'),
  };
}

const arnsIn = ({ stacks }: Plan) => stacks.flatMap(({ changeSet }) => changeSet?.id ?? []);

test('a diff by change set leaves no change set and no stack behind, and the fingerprint is the template’s', async () => {
  const byTemplate = await scene.onPullRequest({ command: 'diff', comment: 'false' });
  expect(byTemplate, byTemplate.log).toMatchObject({ exitCode: 0 });
  expect(asked('CreateChangeSet')).toEqual([]);

  const run = await scene.onPullRequest({ command: 'diff', comment: 'false', 'diff-method': 'change-set' });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true' } });
  const { fingerprint } = byTemplate.outputs;
  expect(run.outputs).toMatchObject({ fingerprint });
  const made = asked('CreateChangeSet');
  expect(made).toHaveLength(2);
  expect(made[0]).toMatch(/^deploy-action-\w+-\w+-[0-9a-f]{8}$/);
  expect(asked('ExecuteChangeSet')).toEqual([]);
  expect([await scene.stack(RELAY), await scene.stack(ALARM)]).toEqual([undefined, undefined]);
});

test('a job that is cancelled while they are made cleans up in its post step', async () => {
  const run = await scene.onPullRequest(
    { command: 'diff', comment: 'false', 'diff-method': 'auto' },
    { cancelAt: (line) => line.includes('creating CloudFormation changeset') },
  );
  expect(run, run.log).toMatchObject({ cancelled: true, post: { exitCode: 0 } });
  expect(run.post!.log).toContain(`deleted the change sets of ${RELAY}, ${ALARM}`);
  expect([await scene.stack(RELAY), await scene.stack(ALARM)]).toEqual([undefined, undefined]);
});

test('what was prepared is executed, by its ARN and nothing else', async () => {
  const { files, plan } = await review('prepare', 'first');
  expect(await scene.stack(RELAY)).toMatchObject({ status: 'REVIEW_IN_PROGRESS' });
  expect(arnsIn(plan)).toHaveLength(2);

  scene.world.sts.clear();
  const run = await scene.onPush({ command: 'deploy', 'require-review': 'change-set', ...files });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  expect(asked('CreateChangeSet')).toEqual([]);
  expect(asked('ExecuteChangeSet')).toEqual(arnsIn(plan));
  expect([await scene.stack(RELAY), await scene.stack(ALARM)]).toMatchObject([
    { status: 'CREATE_COMPLETE' },
    { status: 'CREATE_COMPLETE' },
  ]);
});

test('smart does not ask where the templates say all', async () => {
  writeSettings(scene.workspace, { retentionDays: 5, ...pool('STANDARD') });
  const run = await scene.onPullRequest({ command: 'diff', comment: 'false', 'diff-method': 'smart' });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true' } });
  expect(asked('CreateChangeSet')).toEqual([]);
});

test('with a plan alone exactly the change sets are executed that were compared with it', async () => {
  const { files } = await review('diff', 'second');
  scene.world.sts.clear();
  const run = await scene.onPush({ command: 'deploy', ...files });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  const [name, ...others] = asked('CreateChangeSet');
  expect(others).toEqual([]);
  const [executed, ...more] = asked('ExecuteChangeSet');
  expect(more).toEqual([]);
  expect(executed).toContain(`:changeSet/${name}/`);
  // Its template was read, and so it was compared.
  expect(asked('GetTemplate')).toContain(executed);
  expect(await scene.stack(RELAY)).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(run.summary).toMatch(/\| `Alarm` \| unchanged \|/);
  expect(await left(RELAY)).toEqual([]);
});

test('smart asks where the templates leave something open, and leaves nothing behind', async () => {
  writeSettings(scene.workspace, { retentionDays: 5, ...pool('MANAGED') });
  const run = await scene.onPullRequest({ command: 'diff', comment: 'false', 'diff-method': 'smart' });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true' } });
  expect(asked('CreateChangeSet')).toHaveLength(1);
  expect(asked('ExecuteChangeSet')).toEqual([]);
  expect(await left(RELAY)).toEqual([]);
  expect(await scene.stack(RELAY)).toMatchObject({ status: 'UPDATE_COMPLETE' });
});

test('a change set that was deleted, with another in its place, is refused with the reason, and the stack is untouched', async () => {
  writeSettings(scene.workspace, { retentionDays: 6, ...pool('STANDARD') });
  const first = await review('prepare', 'third');
  await client.send(new DeleteChangeSetCommand({ ChangeSetName: arnsIn(first.plan)[0]! }));
  const { stacks } = first.plan;
  const name = stacks.find(({ changeSet }) => changeSet !== undefined)!.changeSet!.name;
  // Somebody puts another in its place, under its name.
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: RELAY }));
  const other = TemplateBody!.replace('432000', '777600');
  expect(other).not.toBe(TemplateBody);
  await client.send(new CreateChangeSetCommand({ StackName: RELAY, ChangeSetName: name, TemplateBody: other }));

  scene.world.sts.clear();
  const refused = await scene.onPush({ command: 'deploy', 'require-review': 'change-set', ...first.files });
  expect(refused, refused.log).toMatchObject({ exitCode: 1 });
  expect(refused.log).toContain(`Relay: change set ${name} is gone: prepare again and have that reviewed`);
  expect(asked('ExecuteChangeSet')).toEqual([]);
  expect(await left(RELAY)).toEqual([name]);
  const now = await client.send(new GetTemplateCommand({ StackName: RELAY }));
  expect(now.TemplateBody).toBe(TemplateBody);
  await client.send(new DeleteChangeSetCommand({ StackName: RELAY, ChangeSetName: name }));
});

test('a stack that was changed and changed back makes its change set obsolete', async () => {
  const { files } = await review('prepare', 'fourth');
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: RELAY }));
  for (const body of [TemplateBody!.replace('432000', '777600'), TemplateBody!]) {
    const capabilities = ['CAPABILITY_IAM' as const];
    await client.send(new UpdateStackCommand({ StackName: RELAY, TemplateBody: body, Capabilities: capabilities }));
    while ((await scene.stack(RELAY))?.status !== 'UPDATE_COMPLETE') await pause(50);
  }
  scene.world.sts.clear();
  const refused = await scene.onPush({ command: 'deploy', 'require-review': 'change-set', ...files });
  expect(refused, refused.log).toMatchObject({ exitCode: 1 });
  expect(refused.log).toContain('Relay: the stack was changed after its change set was made: prepare again');
  expect(asked('ExecuteChangeSet')).toEqual([]);

  const anew = await review('prepare', 'fifth');
  scene.world.sts.clear();
  const run = await scene.onPush({ command: 'deploy', 'require-review': 'change-set', ...anew.files });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  expect(asked('ExecuteChangeSet')).toEqual(arnsIn(anew.plan));
});

test('a plan of diff names no change set, and is refused where one is asked for', async () => {
  writeSettings(scene.workspace, { retentionDays: 7, ...pool('STANDARD') });
  const { files } = await review('diff', 'sixth');
  const run = await scene.onPush({ command: 'deploy', 'require-review': 'change-set', ...files });
  expect(run, run.log).toMatchObject({ exitCode: 1 });
  expect(run.log).toContain('Relay: the plan names no change set: prepare again and have that reviewed');
});
