import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pullRequest } from '../emulators/runner/events.js';
import { NODE_24, ROOT } from '../emulators/programs.js';
import { startWorld, type World } from '../emulators/world.js';

const PLATFORM = 'arn:aws:iam::111111111111:role/platform';
const SUBSCRIBER = 'arn:aws:iam::222222222222:role/subscriber';
const HANDSHAKE = 'arn:aws:iam::333333333333:role/handshake';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    trust: [
      { role: PLATFORM, subjects: ['repo:acme-corp@77/webapp@4242:pull_request'] },
      { role: SUBSCRIBER, trusts: PLATFORM },
      { role: HANDSHAKE, trusts: SUBSCRIBER, externalId: 'handshake-1', refuseTagSession: true },
    ],
  });
});
afterAll(() => world.stop());
beforeEach(() => {
  world.sts.clear();
});

interface Keys {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
}

function clientConfig(keys: Keys = {}) {
  const { AccessKeyId = '111111111111', SecretAccessKey = 'x', SessionToken } = keys;
  const session = SessionToken === undefined ? {} : { sessionToken: SessionToken };
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, ...session };
  return { endpoint: world.sts.url, region: 'eu-west-1', credentials, maxAttempts: 1 };
}

async function identityToken(audience = 'sts.amazonaws.com'): Promise<string> {
  const { env } = world.github.job({ event: pullRequest() });
  const answer = await fetch(`${env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? ''}&audience=${audience}`, {
    headers: { authorization: `Bearer ${env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''}` },
  });
  return ((await answer.json()) as { value: string }).value;
}

async function firstHop(token: string): Promise<Keys> {
  const sts = new STSClient(clientConfig());
  const role = { RoleArn: PLATFORM, RoleSessionName: 'first', DurationSeconds: 900 };
  return (await sts.send(new AssumeRoleWithWebIdentityCommand({ ...role, WebIdentityToken: token }))).Credentials ?? {};
}

async function nextHop(keys: Keys, RoleArn: string, more: object = {}): Promise<Keys> {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'next', DurationSeconds: 900, ...more });
  return (await new STSClient(clientConfig(keys)).send(command)).Credentials ?? {};
}

test('a chain of three roles ends in the last one, every hop remembered', async () => {
  const first = await firstHop(await identityToken());
  const second = await nextHop(first, SUBSCRIBER, { Tags: [{ Key: 'Repository', Value: 'acme-corp/webapp' }] });
  const third = await nextHop(second, HANDSHAKE, { ExternalId: 'handshake-1' });
  const { Account, Arn } = await new STSClient(clientConfig(third)).send(new GetCallerIdentityCommand({}));
  expect([Account, Arn]).toEqual(['333333333333', 'arn:aws:sts::333333333333:assumed-role/handshake/next']);
  expect(world.sts.hops).toMatchObject([
    { roleArn: PLATFORM, durationSeconds: 900, subject: 'repo:acme-corp@77/webapp@4242:pull_request' },
    { roleArn: SUBSCRIBER, callerRole: PLATFORM, tags: { Repository: 'acme-corp/webapp' } },
    { roleArn: HANDSHAKE, callerRole: SUBSCRIBER, externalId: 'handshake-1', tags: {}, refused: undefined },
  ]);
  expect(world.secrets()).toEqual(expect.arrayContaining([third.SecretAccessKey, third.SessionToken]));
});

test('refusals look like those of AWS', async () => {
  const first = await firstHop(await identityToken());
  await expect(firstHop(await identityToken('other'))).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' });
  await expect(nextHop(first, HANDSHAKE, { ExternalId: 'handshake-1' })).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(nextHop(first, SUBSCRIBER, { DurationSeconds: 7200 })).rejects.toThrow(/role chaining/);
  expect(world.sts.hops.map(({ refused }) => refused)).toEqual([
    undefined,
    'InvalidIdentityToken',
    'AccessDenied',
    'ValidationError',
  ]);
});

test('a session can be made to end early, and a call to fail', async () => {
  world.sts.trust({ role: SUBSCRIBER, trusts: PLATFORM, expiresIn: 30 });
  const keys = await nextHop(await firstHop(await identityToken()), SUBSCRIBER);
  const left = ((keys as { Expiration?: Date }).Expiration?.getTime() ?? Infinity) - Date.now();
  expect(left).toBeLessThanOrEqual(30_000);
  world.sts.fail({ service: 'sts', answer: { status: 400, code: 'Throttling', message: 'Rate exceeded' } });
  const identity = () => new STSClient(clientConfig()).send(new GetCallerIdentityCommand({}));
  await expect(identity()).rejects.toMatchObject({ name: 'Throttling' });
  await expect(identity()).resolves.toMatchObject({ Account: '111111111111' });
});

/** Makes a stack with one resource, or changes it; how it ends, and what `Fn::GetAtt` and `Ref` gave. */
async function settle(StackName: string, Type: string, Properties: object, attribute = 'Arn', update = false) {
  const client = new CloudFormationClient(clientConfig({ AccessKeyId: '444444444444' }));
  const outputs = { Att: { Value: { 'Fn::GetAtt': ['It', attribute] } }, Ref: { Value: { Ref: 'It' } } };
  const TemplateBody = JSON.stringify({ Resources: { It: { Type, Properties } }, Outputs: outputs });
  const input = { StackName, TemplateBody };
  await (update ? client.send(new UpdateStackCommand(input)) : client.send(new CreateStackCommand(input)));
  for (;;) {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    const { StackStatus: status = '', Outputs = [] } = Stacks?.[0] ?? {};
    const value = (key: string) => Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue ?? '';
    if (!status.endsWith('IN_PROGRESS')) return { status, att: value('Att'), ref: value('Ref') };
    await pause(50);
  }
}

test('a stack of any registered type is made; what breaks its schema rolls back', async () => {
  const type = 'AWS::CodeArtifact::Repository';
  const good = await settle('good', type, { DomainName: 'd', RepositoryName: 'r' });
  expect(good.status).toBe('CREATE_COMPLETE');
  expect(good.att).toMatch(/^arn:aws:codeartifact:eu-west-1:444444444444:repository\//);
  expect((await settle('missing', type, { DomainName: 'd' })).status).toBe('ROLLBACK_COMPLETE');
  const unknown = { DomainName: 'd', RepositoryName: 'r', Colour: 'red' };
  expect((await settle('unknown', type, unknown)).status).toBe('ROLLBACK_COMPLETE');
  expect(world.sts.calls.map(({ service, action }) => `${service} ${action}`)).toContain('cloudformation CreateStack');
});

test('a changed property keeps the resource or replaces it, as its schema says', async () => {
  const type = 'AWS::EC2::TransitGateway';
  const first = await settle('gateway', type, { AmazonSideAsn: 64512, Description: 'a' }, 'Id');
  const described = await settle('gateway', type, { AmazonSideAsn: 64512, Description: 'b' }, 'Id', true);
  expect(described).toMatchObject({ status: 'UPDATE_COMPLETE', ref: first.ref });
  const replaced = await settle('gateway', type, { AmazonSideAsn: 64513, Description: 'b' }, 'Id', true);
  expect(replaced.status).toBe('UPDATE_COMPLETE');
  expect(replaced.ref).not.toBe(first.ref);
});

test('a custom resource whose function cannot run here is recorded, with any attribute', async () => {
  const properties = { ServiceToken: 'arn:aws:lambda:eu-west-1:444444444444:function:kubectl' };
  const { status, att } = await settle('cluster', 'Custom::AWSCDK-EKS-Cluster', properties, 'OpenIdConnectIssuerUrl');
  expect(status).toBe('CREATE_COMPLETE');
  expect(att).toMatch(/^https:\/\/eks\.eu-west-1\.amazonaws\.com\//);
});

test('nothing is left after a stop', async () => {
  const other = await startWorld();
  const { endpoint } = other.aws;
  await other.stop();
  await other.stop();
  await expect(fetch(`${endpoint}/_ministack/health`)).rejects.toThrow();
  await expect(fetch(other.github.url)).rejects.toThrow();
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('a world ends with its process by %s', async (signal) => {
  const hold = spawn(NODE_24, ['--import', 'tsx', join(ROOT, 'test/emulators/hold.ts')], { cwd: ROOT });
  const [printed] = (await once(hold.stdout, 'data')) as [Buffer];
  const [aws = '', action = ''] = printed.toString().trim().split(' ');
  const answers = (url: string): Promise<boolean> =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  const health = `${aws}/_ministack/health`;
  expect([await answers(health), await answers(action)]).toEqual([true, true]);
  hold.kill(signal);
  expect(await once(hold, 'exit')).toEqual([null, signal]);
  // Nobody can clean up after SIGKILL. The emulator sees it by itself; a running action does not, nor does it on GitHub.
  if (signal === 'SIGKILL') await answers(`${action}/end`);
  // Both end a moment later: a test that waits in vain runs out of time.
  while ((await answers(health)) || (await answers(action))) await pause(20);
});
