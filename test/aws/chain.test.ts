import { describe, expect, test } from 'vitest';
import { takeRoles, type ChainOptions } from '../../src/aws/chain.js';
import type { RoleHop } from '../../src/environment/model.js';
import { ActionError } from '../../src/errors.js';
import { FakeRunner } from '../fakes/runner.js';
import { awsError, FakeSts } from '../fakes/sts.js';

const arn = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const OPTIONS: ChainOptions = {
  sessionName: 'deploy-action',
  durationSeconds: 900,
  audience: 'sts.amazonaws.com',
  tags: { Repository: 'acme/app' },
};
const THREE: readonly RoleHop[] = [
  { arn: arn('platform') },
  { arn: arn('subscriber') },
  { arn: arn('handshake'), externalId: 'x-1' },
];

function world() {
  const sts = new FakeSts();
  const runner = new FakeRunner();
  const take = (hops: readonly RoleHop[], options: Partial<ChainOptions> = {}) =>
    takeRoles(hops, { ...OPTIONS, ...options }, sts, runner);
  return { sts, runner, take };
}

/** A token as GitHub makes it; nobody checks its signature here. */
const token = (claims: unknown): string =>
  ['{}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');

test('three hops, each with the session of the one before', async () => {
  const { sts, runner, take } = world();
  const session = await take(THREE);
  expect(runner.audiences).toEqual(['sts.amazonaws.com']);
  const shared = { sessionName: 'deploy-action', durationSeconds: 900 };
  const from = (n: number) => expect.objectContaining({ accessKeyId: `ASIAFAKE00000000000${n}` }) as unknown;
  expect(sts.hops).toEqual([
    { ...shared, roleArn: arn('platform'), token: 'header.payload.signature' },
    { ...shared, roleArn: arn('subscriber'), tags: OPTIONS.tags, from: from(1) },
    { ...shared, roleArn: arn('handshake'), tags: OPTIONS.tags, externalId: 'x-1', from: from(2) },
  ]);
  expect(session.accessKeyId).toBe('ASIAFAKE000000000003');
});

test('a long session is as long as AWS allows: an hour from the second hop on', async () => {
  const { sts, take } = world();
  await take(THREE, { durationSeconds: 43_200 });
  expect(sts.hops.map(({ durationSeconds }) => durationSeconds)).toEqual([43_200, 3600, 3600]);
});

test('everything that is taken is masked', async () => {
  const { runner, take } = world();
  await take(THREE);
  const taken = [1, 2, 3].flatMap((n) => {
    const key = `ASIAFAKE00000000000${n}`;
    return [key, `secret-${key}`, `session-${key}`];
  });
  expect(runner.secrets()).toEqual(['header.payload.signature', ...taken]);
  expect(runner.log()).toBe('');
});

test('no role at all', async () => {
  await expect(world().take([])).rejects.toThrow(new ActionError('credentials', 'there is no role to take'));
});

describe('session tags', () => {
  const noTags = awsError('AccessDenied', 'User is not authorized to perform: sts:TagSession on resource: x');

  test('are left out where a role refuses them, with a word', async () => {
    const { sts, runner, take } = world();
    sts.refuse.set(arn('handshake'), [noTags]);
    await take(THREE);
    expect(sts.hops.slice(2).map(({ roleArn, tags, externalId }) => [roleArn, tags, externalId])).toEqual([
      [arn('handshake'), OPTIONS.tags, 'x-1'],
      [arn('handshake'), undefined, 'x-1'],
    ]);
    expect(runner.log('notice')).toBe(`role ${arn('handshake')} allows no sts:TagSession: taken without session tags`);
  });

  test.each([
    ['a hop has none', [{ arn: arn('a') }, { arn: arn('b'), sessionTags: false }], OPTIONS.tags],
    ['there are none', THREE, {}],
  ])('are not sent when %s', async (_, hops, tags) => {
    const { sts, take } = world();
    await take(hops, { tags });
    expect(sts.hops.filter((hop) => 'tags' in hop)).toEqual([]);
  });

  test('a role that refuses without them as well is asked twice, not more', async () => {
    const { sts, take } = world();
    sts.refuse.set(arn('subscriber'), [noTags, awsError('AccessDenied', 'no'), awsError('AccessDenied', 'no')]);
    await expect(take(THREE)).rejects.toThrow(`role ${arn('subscriber')} cannot be taken: no;`);
    expect(sts.hops).toHaveLength(3);
  });
});

describe('a refusal', () => {
  const DENIED = awsError('AccessDenied', 'Not authorized to perform sts:AssumeRole');

  test('of the token tells the subject in both forms, and the audience', async () => {
    const { sts, runner, take } = world();
    runner.identity = token({
      sub: 'repo:acme@1/app@2:environment:production',
      repository: 'acme/app',
      repository_id: '2',
      repository_owner_id: '1',
    });
    sts.refuse.set(arn('platform'), [DENIED]);
    await expect(take(THREE, { audience: 'sts.example.com' })).rejects.toThrow(
      new ActionError(
        'credentials',
        `role ${arn('platform')} refuses GitHub's token: Not authorized to perform sts:AssumeRole; this job's subject ` +
          `is 'repo:acme@1/app@2:environment:production' (in its other form 'repo:acme/app:environment:production'), ` +
          `its audience 'sts.example.com': the trust policy needs both, as token.actions.githubusercontent.com:sub and :aud`,
      ),
    );
    expect(sts.hops).toHaveLength(1);
  });

  test('of a token that is none', async () => {
    const { sts, take } = world();
    sts.refuse.set(arn('platform'), [DENIED]);
    await expect(take(THREE)).rejects.toThrow(
      /; check that its trust policy accepts the audience 'sts\.amazonaws\.com'$/,
    );
  });

  test.each([
    ['without external id', THREE[1], / and that it asks for no external id$/],
    ['with one', THREE[2], / and the external id$/],
  ])('of a later role %s', async (_, hop, end) => {
    const { sts, take } = world();
    sts.refuse.set(hop!.arn, [DENIED]);
    const error: unknown = await take(THREE).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'credentials', cause: DENIED });
    expect((error as Error).message).toMatch(end);
    expect((error as Error).message).toContain(`role ${hop!.arn} cannot be taken: Not authorized`);
  });

  test('of the runner to give a token names the line to add', async () => {
    const { sts, runner, take } = world();
    runner.identity = new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
    await expect(take(THREE)).rejects.toThrow(
      new ActionError(
        'credentials',
        'GitHub gives this job no OIDC token (Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable): add ' +
          "'id-token: write' to the job's permissions; a pull request from a fork never gets one",
      ),
    );
    expect(sts.hops).toEqual([]);
  });
});
