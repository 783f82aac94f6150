/** What a user sees when something goes wrong outside of the action: in AWS, in the app, in GitHub's permissions. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { marker } from '../../src/report/marker.js';
import { pullRequest, push } from '../emulators/runner/events.js';
import { ACCOUNT, PLAN_ROLE, REGION, writeConfig } from './consumer.js';
import { ALARM, RELAY, relayConfig, writeSettings, type RelaySettings } from './relay.js';
import { PLAN_SUBJECT, setScene, type Scene } from './scene.js';

const GOOD: RelaySettings = { retentionDays: 4 };
/** CloudFormation finds out when it makes the resource. */
const BROKEN: RelaySettings = {
  retentionDays: 4,
  extra: { type: 'AWS::CodeArtifact::Repository', properties: { RepositoryName: 'relay', DomainName: 'd', Colour: 1 } },
};
const OTHER_ACCOUNT = '444455556666';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
  await scene.bootstrap();
});
afterAll(() => scene.end());
beforeEach(() => {
  scene.world.sts.clear();
});
afterEach(() => {
  writeSettings(scene.workspace, GOOD);
  writeConfig(scene.workspace, relayConfig());
});

/** The job's own credentials are used: the config names no role. */
function withoutRoles(): void {
  writeConfig(scene.workspace, relayConfig({ roles: {} }));
}

/** Calls of anything but the service that tells who one is. */
const calledBeyondSts = () => scene.world.sts.calls.filter(({ service }) => service !== 'sts');

test('a deployment that CloudFormation rolls back names the resource, its reason and the way out', async () => {
  writeSettings(scene.workspace, BROKEN);
  const run = await scene.onPush({ command: 'deploy', 'pull-request': '12', 'comment-tag': 'deploy' });
  expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { result: 'failure', 'has-changes': 'false' } });
  expect(await scene.stack(RELAY)).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
  expect(await scene.stack(ALARM)).toBeUndefined();

  const reason = 'extraneous key [Colour] is not permitted';
  const wayOut = `delete it (aws cloudformation delete-stack --stack-name ${RELAY}) and deploy again`;
  const [annotation, failed] = run.annotations.filter(({ kind }) => kind === 'error');
  expect(annotation).toMatchObject({ title: 'Relay: Extra failed' });
  for (const part of ['Relay/Extra (AWS::CodeArtifact::Repository)', reason, wayOut]) {
    expect(annotation!.message).toContain(part);
  }
  expect(failed!.message).toMatch(/^deploy: acme-corp-prototype-relay is ROLLBACK_COMPLETE: Relay\/Extra: /);
  expect(failed!.message).toContain(`not deployed: ${ALARM}`);

  const [comment] = scene.world.github.comments(12);
  for (const text of [comment!.body, run.summary]) {
    expect(text).toContain('## Failed deployment for `prototype`');
    expect(text).toContain('`Relay/Extra` (`AWS::CodeArtifact::Repository`) in `Relay` failed');
    expect(text).toContain(reason);
    expect(text).toContain('| `Relay` | **failed** `ROLLBACK_COMPLETE` |');
    expect(text).toContain('| `Alarm` | not started |');
    expect(text).toContain(`delete-stack --stack-name ${RELAY}`);
  }
});

test('a diff that fails says why in the comment there is', async () => {
  const good = await scene.onPullRequest({ command: 'diff' });
  expect(good, good.log).toMatchObject({ exitCode: 0 });
  const mine = () => scene.world.github.comments(12).filter(({ body }) => body.startsWith(marker('Deploy')));
  const [{ id } = { id: 0 }] = mine();

  writeSettings(scene.workspace, { ...GOOD, fail: 'no network for this relay' });
  const run = await scene.onPullRequest({ command: 'diff' });
  expect(run).toMatchObject({ exitCode: 1, outputs: {} });
  expect(run.annotations.at(-1)?.message).toBe('cdk: cdk diff failed: no network for this relay');
  expect(mine()).toMatchObject([{ id, edits: 1 }]);
  for (const text of [mine()[0]!.body, run.summary]) {
    expect(text).toContain('## Failure for `prototype`');
    expect(text).toContain('no network for this relay');
  }
});

test('a pull request from a fork has a summary and a warning, and is not failed for them', async () => {
  withoutRoles();
  const comments = scene.world.github.comments().length;
  const run = await scene.onPullRequest(
    { command: 'diff', 'comment-tag': 'fork' },
    {
      event: pullRequest({ fork: true }),
      job: { permission: 'read', idToken: false },
      aws: scene.world.sts.env(ACCOUNT, REGION),
    },
  );
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true', 'comment-url': '' } });
  expect(run.summary).toContain('## Plan for `prototype`');
  const [warning] = run.annotations.filter(({ kind }) => kind === 'warning');
  expect(warning!.message).toContain('no comment on pull request 12');
  expect(warning!.message).toContain('pull-requests: write');
  expect(scene.world.github.comments()).toHaveLength(comments);
});

test('a job that may not have an identity is told the line to add', async () => {
  const run = await scene.onPullRequest({ command: 'diff', 'comment-tag': 'identity' }, { job: { idToken: false } });
  expect(run).toMatchObject({ exitCode: 1, outputs: {} });
  expect(run.annotations.at(-1)?.message).toMatch(/^credentials: .*add 'id-token: write' to the job's permissions/);
  expect(scene.world.sts.calls).toEqual([]);
});

test.each([
  { form: 'new', subject: 'repo:acme-corp@77/webapp@4242:ref:refs/heads/main', other: 'repo:acme-corp/webapp:ref' },
  { form: 'old', subject: 'repo:acme-corp/webapp:ref:refs/heads/main', other: 'repo:acme-corp@77/webapp@4242:ref' },
] as const)('a role that refuses a subject in its $form form sees both', async ({ form, subject, other }) => {
  const run = await scene.onPush({ command: 'diff', summary: 'false' }, { job: { subjectForm: form } });
  expect(run).toMatchObject({ exitCode: 1, outputs: {} });
  const { message = '' } = run.annotations.at(-1) ?? {};
  expect(message).toContain(`role ${PLAN_ROLE} refuses GitHub's token`);
  expect(message).toContain(`this job's subject is '${subject}' (in its other form '${other}:refs/heads/main')`);
  expect(message).toContain("its audience 'sts.amazonaws.com'");
  expect(message).toContain('token.actions.githubusercontent.com:sub and :aud');
  expect(scene.world.sts.hops).toMatchObject([{ subject, refused: 'AccessDenied' }]);
  expect(calledBeyondSts()).toEqual([]);
});

test('the trust that is told about is the one that helps', async () => {
  const old = { subjectForm: 'old' } as const;
  const refused = await scene.onPullRequest({ command: 'diff', comment: 'false' }, { job: old });
  expect(refused.exitCode).toBe(1);
  expect(refused.annotations.at(-1)?.message).toContain(PLAN_SUBJECT);
});

test.each(['diff', 'deploy', 'bootstrap', 'synth'])(
  '%s with credentials of another account does nothing',
  async (command) => {
    withoutRoles();
    const aws = scene.world.sts.env(OTHER_ACCOUNT, REGION);
    const run = await scene.onPush({ command }, { event: push(), aws });
    expect(run).toMatchObject({ exitCode: 1, outputs: {} });
    expect(run.annotations.at(-1)?.message).toBe(
      `credentials: the credentials are of account ${OTHER_ACCOUNT}, environment prototype is account ${ACCOUNT}: ` +
        `take a role of ${ACCOUNT}`,
    );
    expect(calledBeyondSts()).toEqual([]);
  },
);
