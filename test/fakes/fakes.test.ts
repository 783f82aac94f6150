import { expect, test } from 'vitest';
import { fakePorts } from './ports.js';
import { awsError } from './sts.js';

test('a program answers by the pattern that was set last, line by line', async () => {
  const { exec, ports } = fakePorts();
  exec.on(/^cdk/, { exitCode: 1 }).on(/^cdk diff/, { stdout: 'one\n\ntwo\n', stderr: 'noise' });
  const lines: string[] = [];
  const onLine = (line: string, stream: string): number => lines.push(`${stream}: ${line}`);
  const result = await ports.exec.run('/bin/cdk', ['diff', 'Web'], { cwd: '/', env: {}, onLine });
  expect(result).toEqual({ exitCode: 0, stdout: 'one\n\ntwo\n', stderr: 'noise' });
  expect(lines).toEqual(['stdout: one', 'stdout: ', 'stdout: two', 'stderr: noise']);
  expect(exec.commands).toEqual(['cdk diff Web']);
  await expect(ports.exec.run('npm', ['ci'], { cwd: '/', env: {} })).rejects.toThrow('no script for "npm ci"');
});

test('a chain of roles ends in the account of the last one', async () => {
  const { aws, clock } = fakePorts();
  const role = 'arn:aws:iam::222222222222:role/deploy';
  aws.fakeSts.refuse.set(role, [awsError('AccessDenied', 'no')]);
  const hop = { roleArn: role, sessionName: 's', durationSeconds: 900 };
  await expect(aws.sts().assumeRole(hop)).rejects.toMatchObject({ name: 'AccessDenied' });
  const session = await aws.sts().assumeRoleWithWebIdentity(hop, 'token');
  expect(session.expiration?.getTime()).toBe(clock.now().getTime() + 900_000);
  expect(await aws.sts().callerIdentity(session)).toMatchObject({ account: '222222222222' });
  expect(await aws.sts().callerIdentity()).toMatchObject({ account: '111111111111' });
  expect(aws.calls).toEqual([`assume ${role}`, `assume ${role}`]);
});

test('stacks are found by name and by id, events until one is not wanted', async () => {
  const { aws } = fakePorts();
  const event = (id: string) => ({ id, ...{ stackId: 's', stackName: 'web', timestamp: new Date(0), logicalId: 'l' } });
  const events = ['3', '2', '1'].map((id) => ({ ...event(id), type: 't', status: 'CREATE_COMPLETE' }));
  aws.in('eu-west-1').put({ name: 'web', state: { tags: { a: 'b' } }, template: '{}', events });
  const cloudFormation = aws.cloudFormation('eu-west-1');
  const state = await cloudFormation.describeStack('web');
  expect(state).toMatchObject({ status: 'CREATE_COMPLETE', tags: { a: 'b' }, outputs: {} });
  expect(await cloudFormation.template(state?.id ?? '')).toBe('{}');
  expect(await cloudFormation.events('web', ({ id }) => id !== '1')).toHaveLength(2);
  expect(await aws.cloudFormation('us-east-1').describeStack('web')).toBeUndefined();
});

test('comments come in pages, each asked for only when it is reached', async () => {
  const { github } = fakePorts();
  for (let at = 0; at < 31; at += 1) github.add(12, `comment ${at}`, 'mona');
  for await (const { body } of github.comments(12)) if (body === 'comment 29') break;
  expect(github.requests).toEqual(['list 12 page 1']);
  expect(await Array.fromAsync(github.comments(12))).toHaveLength(31);
  const { id } = await github.createComment(12, 'mine');
  expect(await github.updateComment(id, 'changed')).toMatchObject({ author: 'github-actions[bot]', body: 'changed' });
  expect(github.on(12).at(-1)).toMatchObject({ id, body: 'changed' });
  await expect(github.updateComment(1, 'x')).rejects.toMatchObject({ status: 404 });
});

test('the runner remembers lines with their group, masks and outputs', async () => {
  const { runner } = fakePorts();
  runner.info('before');
  await runner.group('Diff', () => {
    runner.warning('inside', { file: 'a.ts' });
    return Promise.resolve();
  });
  runner.mask('secret');
  runner.output('result', 'success');
  expect(runner.lines[1]).toEqual({ level: 'warning', message: 'inside', place: { file: 'a.ts' }, group: 'Diff' });
  expect([runner.log('info'), runner.secrets(), runner.outputs.get('result')]).toEqual([
    'before',
    ['secret'],
    'success',
  ]);
});
