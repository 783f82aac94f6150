/** The way into an account over several roles, as STS sees it. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { filesOf, type Machine } from '../emulators/runner/machine.js';
import type { RecordedHop } from '../emulators/sts/sts.js';
import type { TrustRule } from '../emulators/sts/trust.js';
import { ACCOUNT, REGION, writeConfig } from './consumer.js';
import { RELAY, relayConfig, snapshot } from './relay.js';
import { DEPLOY_SUBJECT, setScene, type Scene } from './scene.js';

const PLATFORM = 'arn:aws:iam::111111111111:role/platform';
const SUBSCRIBER = 'arn:aws:iam::222222222222:role/subscriber';
const HANDSHAKE = `arn:aws:iam::${ACCOUNT}:role/handshake`;
const LAST: TrustRule = { role: HANDSHAKE, trusts: SUBSCRIBER, externalId: 'handshake-3', refuseTagSession: true };

let scene: Scene;
beforeAll(async () => {
  scene = await setScene({
    trust: [
      { role: PLATFORM, subjects: [DEPLOY_SUBJECT] },
      { role: SUBSCRIBER, trusts: PLATFORM, externalId: 'subscriber-2' },
      LAST,
    ],
  });
  await scene.bootstrap();
});
afterAll(() => scene.end());
beforeEach(() => {
  scene.world.sts.clear();
  scene.world.sts.trust(LAST);
  writeConfig(scene.workspace, relayConfig({ roles: {} }));
});

const INPUTS = {
  'role-to-assume': [PLATFORM, SUBSCRIBER, HANDSHAKE].join('\n'),
  'role-external-id': ['subscriber-2', 'handshake-3'].join('\n'),
  'role-duration-seconds': '900',
};

/** The tags that follow the session, as policies ask for them. */
const TAGS = {
  GitHub: 'Actions',
  Repository: 'acme-corp/webapp',
  Workflow: 'Deploy',
  Action: '__fast-ish_deploy-action',
  Actor: 'octocat',
  Commit: 'c0ffee'.padEnd(40, '0'),
  Branch: 'refs/heads/main',
};

/** What is asked of STS for the chain, and what comes of it. */
function chain({ seconds = [900, 900, 900], tags = TAGS }: { seconds?: readonly number[]; tags?: object } = {}) {
  const shared = { action: 'AssumeRole', sessionName: 'deploy-action', subject: undefined, refused: undefined };
  const third = { ...shared, roleArn: HANDSHAKE, callerRole: SUBSCRIBER, externalId: 'handshake-3' };
  const [first, second, last] = seconds;
  const refused = { ...third, durationSeconds: last, tags, refused: 'AccessDenied' };
  return [
    {
      ...shared,
      ...{ action: 'AssumeRoleWithWebIdentity', roleArn: PLATFORM, durationSeconds: first, externalId: undefined },
      ...{ tags: {}, subject: DEPLOY_SUBJECT, callerRole: undefined },
    },
    {
      ...shared,
      ...{ roleArn: SUBSCRIBER, durationSeconds: second, externalId: 'subscriber-2', tags, callerRole: PLATFORM },
    },
    ...(Object.keys(tags).length > 0 ? [refused] : []),
    { ...third, durationSeconds: last, tags: {} },
  ];
}

/** Whose access key it was differs from run to run; the role that it belongs to does not. */
const withoutKeys = (hops: readonly RecordedHop[]) =>
  hops.map((hop) => {
    const { callerAccessKeyId: key, ...rest } = hop;
    expect(key === '').toBe(hop.action === 'AssumeRoleWithWebIdentity');
    return rest;
  });

test('three roles are taken one after the other, the last without the tags that it refuses', async () => {
  const known = scene.world.secrets();
  const run = await scene.onPush({ command: 'bootstrap', ...INPUTS });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'skipped', account: ACCOUNT } });
  expect(withoutKeys(scene.world.sts.hops)).toEqual(chain());
  // The job's token, the one to ask for an identity, the identity, and three sessions of two secrets each.
  const given = scene.world.secrets().filter((secret) => !known.includes(secret));
  expect(given).toHaveLength(9);
  expect(run.masks).toEqual(expect.arrayContaining(given));
  expect(run.annotations).toMatchObject([{ kind: 'notice', message: expect.stringContaining(HANDSHAKE) as unknown }]);
});

test('the config names the same chain, and that tags are not sent', async () => {
  const deploy = [
    PLATFORM,
    { arn: SUBSCRIBER, 'external-id': 'subscriber-2', 'session-tags': false },
    { arn: HANDSHAKE, 'external-id': 'handshake-3', 'session-tags': false },
  ];
  writeConfig(scene.workspace, relayConfig({ roles: { deploy } }));
  const run = await scene.onPush({ command: 'bootstrap', 'role-duration-seconds': '7200' });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'skipped' } });
  // An hour is AWS's limit for a session that comes from another one.
  expect(withoutKeys(scene.world.sts.hops)).toEqual(chain({ seconds: [7200, 3600, 3600], tags: {} }));
});

test('a deployment goes over the chain, and leaves no way in', async () => {
  const before = snapshot(scene.workspace);
  const run = await scene.onPush({ command: 'deploy', ...INPUTS });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  expect(await scene.stack(RELAY)).toMatchObject({ status: 'CREATE_COMPLETE' });

  const hops = withoutKeys(scene.world.sts.hops);
  expect(hops.slice(0, 4)).toEqual(chain());
  // All that follow are roles of the CDK's bootstrap, taken out of the last role's session.
  const bootstrap = new RegExp(`^arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-\\w[\\w-]*-role-${ACCOUNT}-${REGION}$`);
  for (const hop of hops.slice(4)) {
    expect(hop).toMatchObject({ action: 'AssumeRole', callerRole: HANDSHAKE, refused: undefined });
    expect(hop.roleArn).toMatch(bootstrap);
  }
  expect(hops.map(({ sessionName }) => sessionName)).toContain('aws-cdk-root');
  expectNoWayIn(scene.machine);
  expect(snapshot(scene.workspace)).toEqual(before);
});

test('a session that ends while the action runs is renewed, with a new token of GitHub', async () => {
  // Half of a session's life is too little to begin anything with, and a synthesis takes longer than that.
  scene.world.sts.trust({ ...LAST, expiresIn: 1 });
  const tokens = () => scene.world.github.requests.filter(({ path: name }) => name === '/token').length;
  const before = tokens();
  // GitHub's record of a deployment asks for a token as well, to learn the job's environment.
  const run = await scene.onPush({ command: 'deploy', ...INPUTS, deployment: 'false' });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'no-changes' } });
  const { hops } = scene.world.sts;
  const firsts = hops.filter(({ roleArn }) => roleArn === PLATFORM);
  expect(firsts.length).toBeGreaterThan(1);
  expect(hops.filter(({ roleArn, refused }) => roleArn === HANDSHAKE && !refused)).toHaveLength(firsts.length);
  expect(tokens() - before).toBe(firsts.length);
  const keys = hops.filter(({ callerRole }) => callerRole === HANDSHAKE).map((hop) => hop.callerAccessKeyId);
  expect(new Set(keys).size).toBeGreaterThan(1);
  expectNoWayIn(scene.machine);
});

test('where a socket’s path would be too long the way in is elsewhere, and taken away as well', async () => {
  const temp = path.join(scene.machine.folder, 'long'.repeat(25));
  const elsewhere = mkdtempSync(path.join('/tmp', 'short-'));
  mkdirSync(temp);
  const machine: Machine = { ...scene.machine, temp };
  const options = { machine, env: { TMPDIR: elsewhere } };
  const refused = await scene.onPullRequest({ command: 'diff', ...INPUTS }, options);
  expect(refused.annotations.at(-1)?.message).toContain(`role ${PLATFORM} refuses`);
  const run = await scene.onPush({ command: 'diff', ...INPUTS }, options);
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'no-changes' } });
  expectNoWayIn(machine);
  expect(readdirSync(elsewhere)).toEqual([]);
  rmSync(elsewhere, { recursive: true });
});

test.each([
  { what: 'a wrong external id', inputs: { 'role-external-id': 'subscriber-2\nhandshake-4' }, role: HANDSHAKE },
  {
    what: 'a role left out',
    inputs: { 'role-to-assume': `${PLATFORM}\n${HANDSHAKE}`, 'role-external-id': 'handshake-3' },
    role: HANDSHAKE,
  },
])('$what stops at the role that refuses, and names it', async ({ inputs, role }) => {
  const run = await scene.onPush({ command: 'bootstrap', ...INPUTS, ...inputs });
  expect(run).toMatchObject({ exitCode: 1, outputs: {} });
  expect(run.annotations.at(-1)?.message).toContain(`credentials: role ${role} cannot be taken: `);
  expect(scene.world.sts.hops.at(-1)).toMatchObject({ roleArn: role, refused: 'AccessDenied' });
  expect(scene.world.sts.calls.filter(({ service }) => service !== 'sts')).toEqual([]);
});

/** Neither a private folder, nor a file with keys or the way to them, in the runner's folders. */
function expectNoWayIn(machine: Machine): void {
  expect(readdirSync(machine.temp).filter((name) => name.includes('private'))).toEqual([]);
  expect(filesOf(machine.temp).filter((file) => !file.startsWith('deploy-action/'))).toEqual([]);
  expect(existsSync(path.join(machine.home, '.aws'))).toBe(false);
}
