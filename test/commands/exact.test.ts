import { afterEach, describe, expect, test } from 'vitest';
import type { AssemblyStack } from '../../src/cdk/assembly/model.js';
import { deployExactly, type Made } from '../../src/commands/exact.js';
import type { FakeChangeSet } from '../fakes/change-sets.js';
import { arnOf, changeSetOf, planned, stackOf, worldOf, type World } from './change-set-world.js';

let world: World;
afterEach(() => {
  world.end();
});

const { a, b } = { a: stackOf('a'), b: stackOf('b', { wave: 2, dependsOn: ['a'] }) };
const TOPIC = { logicalId: 'Topic', type: 'AWS::SNS::Topic', action: 'Add', details: [] } as const;

/** Deploys with a `cdk` whose executions make the stacks. */
async function deploy(make?: (stack: AssemblyStack) => FakeChangeSet, ready = new Map<string, Made>()) {
  world = worldOf([a, b], make);
  const { fakes, context, request, reviewed, now } = world;
  const cloudFormation = fakes.aws.in('eu-west-1');
  fakes.exec.on(/execute-change-set/, {
    act: ({ args }) => {
      cloudFormation.put({ name: `acme-${args[1] ?? ''}` });
    },
  });
  const access = world.access;
  return deployExactly({ ...request, access, reviewed, now, ready }, context);
}

/** `prepare a`, `execute <ARN>`, as the CDK was called. */
const steps = () =>
  world.fakes.exec.runs.map(({ args }) => {
    const changeSet = args[args.indexOf('--change-set-name') + 1] ?? '';
    return args.includes('prepare-change-set') ? `prepare ${args[1] ?? ''}` : `execute ${changeSet}`;
  });

test('wave by wave: made, compared, executed by its ARN', async () => {
  const { stacks, failure } = await deploy();
  expect(failure).toBeUndefined();
  expect(steps()).toEqual(['prepare a', `execute ${arnOf('a')}`, 'prepare b', `execute ${arnOf('b')}`]);
  expect(stacks).toMatchObject([
    { id: 'a', result: 'created' },
    { id: 'b', result: 'created' },
  ]);
  const { calls } = world.fakes.aws.fakeChangeSets;
  expect(calls.indexOf(`template ${arnOf('a')}`)).toBeGreaterThan(-1);
  expect(calls.filter((call) => call.startsWith('delete'))).toEqual([]);
});

describe('refused before anything of its wave is touched', () => {
  test.each([
    ['more than was reviewed', { changes: [...changeSetOf(a).changes, TOPIC] }, /Topic/],
    ['another template', { template: '{"Resources":{}}' }, /a: its change set is made of another template/],
    ['failed', { status: 'FAILED', executionStatus: 'UNAVAILABLE', reason: 'no' }, /its change set is FAILED \(no\)/],
    ['obsolete', { executionStatus: 'OBSOLETE' }, /the stack was changed after its change set was made/],
    [
      'a name that is taken',
      {
        ...{ status: 'FAILED', executionStatus: 'UNAVAILABLE' },
        validation: [{ logicalId: 'Queue', severity: 'error' as const, reason: 'it is there' }],
      },
      /its change set is FAILED \(Queue: it is there\)/,
    ],
  ])('%s', async (_, more: Partial<FakeChangeSet>, message) => {
    const { stacks, failure } = await deploy((stack) => changeSetOf(stack, more));
    expect(failure?.code).toBe('plan');
    expect(failure?.message).toMatch(message);
    expect(failure?.message).toMatch(/plan and review anew\. not deployed: acme-a, acme-b/);
    expect(steps()).toEqual(['prepare a']);
    expect(stacks.map(({ result }) => result)).toEqual(['not-started', 'not-started']);
    expect(world.fakes.aws.fakeChangeSets.left).toEqual([]);
    expect(world.fakes.aws.fakeChangeSets.calls).toContain('delete stack acme-a');
  });

  test('a later wave: the earlier one is told as deployed', async () => {
    const { stacks, failure } = await deploy((stack) =>
      stack.id === 'a' ? changeSetOf(stack) : changeSetOf(stack, { changes: [TOPIC] }),
    );
    expect(failure?.message).toMatch(/b: .*Topic.*not deployed: acme-b/s);
    expect(stacks.map(({ result }) => result)).toEqual(['created', 'not-started']);
  });
});

test('a template of a nested stack that is another one', async () => {
  const inner = { body: { Resources: { T: { Type: 'AWS::SNS::Topic' } } }, file: '', constructs: {}, nested: {} };
  const outer = stackOf('a', { nested: { Api: inner } });
  const below = changeSetOf(a, { id: arnOf('nested'), stackName: 'acme-a-Api', changes: [] });
  world = worldOf([outer], (stack) => changeSetOf(stack, { nested: { Api: below } }));
  const { fakes, request, access, reviewed, context } = world;
  const child = planned([{ ...outer, body: inner.body }]).map((plan) => ({ ...plan, id: 'a/Api', parent: 'a' }));
  const now = [...world.now, ...child];
  fakes.aws.fakeChangeSets.put({ ...below, template: '{}' });
  const { failure } = await deployExactly({ ...request, access, reviewed, now, ready: new Map() }, context);
  expect(failure?.message).toMatch(/a\/Api: its change set is made of another template/);
});

test('one with nothing to do is deleted, and no execution is tried', async () => {
  const reason = "The submitted information didn't contain changes. Submit different information.";
  await deploy((stack) =>
    changeSetOf(stack, { status: 'FAILED', executionStatus: 'UNAVAILABLE', reason, changes: [] }),
  );
  expect(steps()).toEqual(['prepare a', 'prepare b']);
  expect(world.fakes.aws.fakeChangeSets.left).toEqual([]);
});

test('a change set that waits already is not made again', async () => {
  world = worldOf([a]);
  const ready = new Map([['a', { stack: a, answer: changeSetOf(a), sets: world.fakes.aws.fakeChangeSets }]]);
  world.end();
  const { failure } = await deploy(undefined, ready);
  expect(failure).toBeUndefined();
  expect(steps()).toEqual([`execute ${arnOf('a')}`, 'prepare b', `execute ${arnOf('b')}`]);
});

test('a stack that fails ends it, and what waits is deleted', async () => {
  const c = stackOf('c');
  world = worldOf([a, c, b]);
  const { fakes, context, request, access, reviewed, now } = world;
  fakes.exec.on(/execute-change-set/, { exitCode: 1, stderr: '‣ Error: it broke' });
  const { failure } = await deployExactly({ ...request, access, reviewed, now, ready: new Map() }, context);
  expect(failure?.code).toBe('deploy');
  expect(failure?.message).toMatch(/it broke.*not deployed: acme-a, acme-c, acme-b/);
  expect(steps()).toEqual(['prepare a', `execute ${arnOf('a')}`]);
  // What was begun is CloudFormation's; what was not is deleted.
  expect(fakes.aws.fakeChangeSets.left).toEqual([arnOf('a')]);
});
