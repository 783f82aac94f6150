import { afterEach, describe, expect, test } from 'vitest';
import { changeSetRun } from '../../src/commands/change-sets.js';
import { deleteLeftovers } from '../../src/commands/leftovers.js';
import { CHANGE_SETS_STATE } from '../../src/place.js';
import { arnOf, changeSetOf, NAME, stackOf, worldOf, type World } from './change-set-world.js';

let world: World;
afterEach(() => {
  world.end();
});

const state = () => world.fakes.runner.state.get(CHANGE_SETS_STATE) ?? '';
const { a, b } = { a: stackOf('a'), b: stackOf('b', { wave: 2, dependsOn: ['a'] }) };

test('one call of the CDK makes them all, remembered before and forgotten when they are gone', async () => {
  world = worldOf([a, b]);
  const { fakes, context, request } = world;
  let during = '';
  fakes.exec.on(/prepare-change-set/, {
    act: () => {
      during = state();
      for (const stack of [a, b]) fakes.aws.fakeChangeSets.put(changeSetOf(stack));
    },
  });
  const run = changeSetRun(request, context);
  const prepared = await run.prepare([a, b]);
  expect(prepared.map((one) => 'answer' in one && one.answer.id)).toEqual([arnOf('a'), arnOf('b')]);
  expect(fakes.exec.commands).toHaveLength(1);
  expect(fakes.exec.commands[0]).toContain(`cdk deploy a b --app`);
  expect(fakes.exec.commands[0]).toContain(`--change-set-name ${NAME}`);
  expect(JSON.parse(during)).toMatchObject({
    leftovers: [
      { stack: 'acme-a', changeSet: NAME, isNew: true },
      { stack: 'acme-b', changeSet: NAME, isNew: true },
    ],
  });
  fakes.aws.fakeChangeSets.uncreated.add('acme-a').add('acme-b');
  await run.discard();
  expect(fakes.aws.fakeChangeSets.left).toEqual([]);
  expect([...fakes.aws.fakeChangeSets.uncreated]).toEqual([]);
  expect(state()).toBe('');
});

test('what is kept is neither deleted nor remembered', async () => {
  world = worldOf([a, b]);
  const run = changeSetRun(world.request, world.context);
  await run.prepare([a, b]);
  run.keep([a]);
  expect(JSON.parse(state())).toMatchObject({ leftovers: [{ stack: 'acme-b' }] });
  await run.discard();
  expect(world.fakes.aws.fakeChangeSets.left).toEqual([arnOf('a')]);
});

test('a stack that was there is never deleted', async () => {
  world = worldOf([a]);
  world.fakes.aws.in('eu-west-1').put({ name: 'acme-a' });
  const run = changeSetRun(world.request, world.context);
  await run.prepare([a]);
  await run.discard();
  expect(world.fakes.aws.fakeChangeSets.calls.filter((call) => call.startsWith('delete'))).toEqual([
    `delete acme-a ${NAME}`,
  ]);
});

test('one that cannot be deleted is told, stays remembered, and does not keep the other', async () => {
  world = worldOf([a, b]);
  const { fakes, context, request } = world;
  const run = changeSetRun(request, context);
  await run.prepare([a, b]);
  fakes.aws.fakeChangeSets.refuse.set('delete acme-a', new Error('not now'));
  await run.discard();
  expect(fakes.runner.log('warning')).toBe(`change set ${NAME} of acme-a is left: not now`);
  expect(fakes.aws.fakeChangeSets.left).toEqual([arnOf('a')]);
  expect(JSON.parse(state())).toMatchObject({ leftovers: [{ stack: 'acme-a' }] });

  fakes.aws.fakeChangeSets.refuse.clear();
  expect(await deleteLeftovers(state(), context)).toEqual(['acme-a']);
  expect(fakes.aws.fakeChangeSets.left).toEqual([]);
});

test('the post step takes the roles again', async () => {
  world = worldOf([]);
  const { fakes, context } = world;
  const way = {
    ...{ region: 'eu-west-1', sessionName: 's', durationSeconds: 900, sessionTags: false, audience: 'a' },
    hops: [{ arn: 'arn:aws:iam::111122223333:role/plan' }],
  };
  const role = { arn: 'arn:aws:iam::111122223333:role/cdk-deploy', externalId: 'x' };
  fakes.aws.fakeChangeSets.put(changeSetOf(a));
  const leftovers = [{ stack: 'acme-a', changeSet: NAME, isNew: false, role }];
  expect(await deleteLeftovers(JSON.stringify({ way, leftovers }), context)).toEqual(['acme-a']);
  expect(fakes.aws.fakeSts.hops.map(({ roleArn, externalId }) => [roleArn, externalId])).toEqual([
    [way.hops[0]!.arn, undefined],
    [role.arn, 'x'],
  ]);
  expect(fakes.aws.fakeChangeSets.left).toEqual([]);
});

test.each(['', '{"way":{"hops":[]},"leftovers":[]}'])(
  'with nothing remembered nothing is deleted: %j',
  async (text) => {
    world = worldOf([]);
    expect(await deleteLeftovers(text, world.context)).toEqual([]);
  },
);

describe('no change set is asked for', () => {
  const importing = stackOf('b', {
    body: { Resources: { R: { Type: 'T', Properties: { V: { 'Fn::ImportValue': 'vpc' } } } } },
  });
  const exporting = stackOf('a', { body: { ...a.body, Outputs: { O: { Value: 1, Export: { Name: 'vpc' } } } } });

  test('of a stack that imports what another has yet to export, until it has', async () => {
    world = worldOf([exporting, importing]);
    const run = changeSetRun(world.request, world.context);
    expect(await run.prepare([importing])).toEqual([
      { stack: importing, reason: 'it imports vpc, which another stack has yet to export', failed: false },
    ]);
    expect(world.fakes.exec.commands).toEqual([]);
    world.fakes.aws.in('eu-west-1').put({ name: 'acme-a', state: { exports: { vpc: 'vpc-1' } } });
    expect(await run.prepare([importing])).toMatchObject([{ answer: { id: arnOf('b') } }]);
  });

  test.each([
    ['without a resource, which the CDK would delete', stackOf('a', { body: {} }), 'CREATE_COMPLETE'],
    ['that failed to be created, which the CDK would delete', a, 'ROLLBACK_COMPLETE'],
  ])('of a stack %s', async (_, stack, status) => {
    world = worldOf([stack]);
    world.fakes.aws.in('eu-west-1').put({ name: 'acme-a', state: { status } });
    expect(await changeSetRun(world.request, world.context).prepare([stack])).toMatchObject([{ failed: false }]);
    expect(world.fakes.exec.commands).toEqual([]);
  });
});

test('one that fails does not keep the others from being made', async () => {
  world = worldOf([a, b]);
  const { fakes, context, request } = world;
  fakes.exec.on(/cdk deploy a /, { exitCode: 1, stderr: '‣ AccessDenied: not this one' });
  expect(await changeSetRun(request, context).prepare([a, b])).toMatchObject([
    { stack: { id: 'a' }, reason: 'not this one', failed: true },
    { stack: { id: 'b' }, answer: { id: arnOf('b') } },
  ]);
  expect(fakes.exec.commands.map((line) => line.split(' --')[0])).toEqual([
    'cdk deploy a b',
    'cdk deploy a',
    'cdk deploy b',
  ]);
});

test('termination protection is left as it is: the CDK is given a copy', async () => {
  world = worldOf([a, stackOf('c', { terminationProtection: true })]);
  const { fakes, context, request } = world;
  const [, c] = request.source.stacks;
  await changeSetRun(request, context).prepare([c!]);
  expect(fakes.exec.commands[0]).toContain(`--app ${context.place.temp}/assembly-`);
  await changeSetRun(request, context).prepare([a]);
  expect(fakes.exec.commands[1]).toContain(`--app ${request.source.assembly.folder} `);
});

test('an older CLI is told with its version', () => {
  world = worldOf([a], undefined, '2.1119.0');
  expect(() => changeSetRun(world.request, world.context)).toThrow(
    /change sets need the CLI 2\.1120\.0 or newer, .*this is 2\.1119\.0 of the project: install a newer aws-cdk/,
  );
});

test('outputs that look secret are masked before the CDK shows them', async () => {
  world = worldOf([a]);
  const { fakes, context, request } = world;
  fakes.exec.on(/prepare-change-set/, { stdout: 'a.ApiToken = planted-token-5c1f8e\na.Url = https://a.example\n' });
  await changeSetRun(request, context).prepare([a]);
  expect(fakes.runner.secrets()).toEqual(['planted-token-5c1f8e']);
});
