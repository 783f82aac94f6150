/** What somebody altered by hand is marked where the plan overwrites it. Each test goes on where the one before it ended. */
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan, StackPlan } from '../../src/plan/model.js';
import type { ActionRun } from '../emulators/runner/action.js';
import { ACCOUNT, REGION } from './consumer.js';
import { API_KEY, RELAY, writeSettings } from './relay.js';
import { setScene, type Scene } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
  await scene.bootstrap();
});
afterAll(() => scene.end());

/** Asks a service of the engine as somebody at a console does, past the action and past CloudFormation. */
async function byHand(service: string, target: string, body: object): Promise<void> {
  const credential = `Credential=${ACCOUNT}/20260101/${REGION}/${service}/aws4_request`;
  const response = await fetch(scene.world.aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.text()).toBe(200);
}

const diff = (inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> =>
  scene.onPullRequest({ command: 'diff', comment: 'false', ...inputs });

function planOf(run: ActionRun): Plan {
  return JSON.parse(readFileSync(run.outputs['plan-file']!, 'utf8')) as Plan;
}

const stackOf = (run: ActionRun, id: string): StackPlan => planOf(run).stacks.find((stack) => stack.id === id)!;
const inbox = (run: ActionRun) => stackOf(run, 'Relay').changes.find(({ logicalId }) => logicalId.startsWith('Inbox'));
const detections = () => scene.world.sts.calls.filter(({ action }) => action === 'DetectStackDrift').length;

let unasked: ActionRun;

test('nobody is asked without the input', async () => {
  const deployed = await scene.onPush({ command: 'deploy' });
  expect(deployed, deployed.log).toMatchObject({ exitCode: 0 });
  const { outputs } = (await scene.stack(RELAY))!;
  const queue = { QueueUrl: outputs['InboxUrl'], Attributes: { MessageRetentionPeriod: '100000' } };
  await byHand('sqs', 'AmazonSQS.SetQueueAttributes', queue);

  writeSettings(scene.workspace, { retentionDays: 9 });
  scene.world.sts.clear();
  unasked = await diff();
  expect(unasked, unasked.log).toMatchObject({ exitCode: 0 });
  expect(detections()).toBe(0);
  expect(inbox(unasked)).not.toHaveProperty('drift');
  expect(stackOf(unasked, 'Relay')).not.toHaveProperty('drift');
});

test('with it the change is marked in plan, summary and log, and the fingerprint stays', async () => {
  scene.world.sts.clear();
  const run = await diff({ drift: 'true' });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { fingerprint: unasked.outputs['fingerprint'] } });
  expect(inbox(run)).toMatchObject({
    action: 'update',
    drift: [{ path: 'MessageRetentionPeriod', expected: '345600', actual: '100000' }],
  });
  const states = planOf(run).stacks.map(({ id, drift }) => [id, drift?.status]);
  expect(states).toEqual([
    ['Relay', 'drifted'],
    [expect.stringMatching(/^Relay\/Archive/), 'in-sync'],
    ['Alarm', 'in-sync'],
  ]);
  expect(detections()).toBe(3);
  expect(run.summary).toContain('**altered by hand**<br>');
  expect(run.summary).toContain('altered by hand: MessageRetentionPeriod is 100000 now');
  expect(run.log).toContain('overwrites what was altered by hand');
});

test('the gate asks by itself and stops it, with report and plan written', async () => {
  const run = await diff({ 'fail-on': 'drift' });
  expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { result: 'failure' } });
  expect(run.log).toMatch(
    /plan: Relay[^:]*: Inbox\w+ \(AWS::SQS::Queue\) overwrites what was altered by hand: MessageRetentionPeriod: change/,
  );
  expect(run.summary).toContain('altered by hand');
  expect(inbox(run)).toHaveProperty('drift');
});

test('what cannot be asked is a note, and fails only where the gate has to know', async () => {
  const denied = { status: 403, code: 'AccessDenied', message: 'is not authorized to perform: DetectStackDrift' };
  const fault = { service: 'cloudformation', action: 'DetectStackDrift', times: 3, answer: denied };
  scene.world.sts.fail(fault);
  const noted = await diff({ drift: 'true' });
  expect(noted, noted.log).toMatchObject({ exitCode: 0 });
  expect(stackOf(noted, 'Relay').notes).toContainEqual(
    expect.stringMatching(/^what was altered by hand is not known: AccessDenied: is not authorized/),
  );

  scene.world.sts.fail(fault);
  const failed = await diff({ 'fail-on': 'drift' });
  expect(failed, failed.log).toMatchObject({ exitCode: 1 });
  expect(failed.log).toMatch(/plan: Relay.*: it is not known what was altered by hand \(AccessDenied/);
});

test('what the plan leaves alone is counted, and its secret is kept', async () => {
  const client = new CloudFormationClient({
    ...{ region: REGION, endpoint: scene.world.aws.endpoint },
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'none' },
  });
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: RELAY }));
  const parameter = StackResources?.find(({ LogicalResourceId }) => LogicalResourceId === 'ApiKey');
  const value = { Name: parameter?.PhysicalResourceId, Value: 'altered', Overwrite: true };
  await byHand('ssm', 'AmazonSSM.PutParameter', value);
  const run = await diff({ drift: 'true' });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  expect(stackOf(run, 'Relay').notes).toContain('altered by hand, and not touched by this plan: 1 resource (ApiKey)');
  expect(readFileSync(run.outputs['plan-file']!, 'utf8')).not.toContain(API_KEY);
});

test('a plan with marks is deployed as any other that was reviewed', async () => {
  const reviewed = await diff({ drift: 'true' });
  cpSync(reviewed.outputs['plan-file']!, path.join(scene.workspace, 'plan.json'));
  const run = await scene.onPush({ command: 'deploy', plan: 'plan.json' });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
});
