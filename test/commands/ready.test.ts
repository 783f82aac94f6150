import { afterEach, expect, test } from 'vitest';
import { readyChangeSets } from '../../src/commands/ready.js';
import { notPrepared } from '../../src/plan/change-set/preparing.js';
import type { PreparedChangeSet, StackPlan } from '../../src/plan/model.js';
import type { FakeChangeSet } from '../fakes/change-sets.js';
import { arnOf, changeSetOf, NAME, stackOf, worldOf, type World } from './change-set-world.js';

let world: World;
afterEach(() => {
  world.end();
});

const a = stackOf('a');
const OWN: PreparedChangeSet = { id: arnOf('a'), name: NAME };

/** Holds the change set that is there against a plan that names one. */
function check(there: Partial<FakeChangeSet> | undefined, named: Partial<StackPlan> = { changeSet: OWN }) {
  world = worldOf([a]);
  if (there !== undefined) world.fakes.aws.fakeChangeSets.put(changeSetOf(a, there));
  const { request, access, now, context } = world;
  const reviewed = { ...world.reviewed, stacks: world.reviewed.stacks.map((stack) => ({ ...stack, ...named })) };
  return readyChangeSets({ source: request.source, access, reviewed, now }, context);
}

test('the one that waits is taken', async () => {
  const ready = await check({});
  expect(ready.get('a')).toMatchObject({ answer: { id: arnOf('a') } });
});

const foreign = (id: string, name = NAME): Partial<StackPlan> => ({ changeSet: { id, name } });

test.each<[string, Partial<FakeChangeSet> | undefined, Partial<StackPlan> | undefined, RegExp]>([
  ['gone', undefined, undefined, /a: change set deploy-action-7-1-a1b2c3d4 is gone/],
  ['obsolete', { executionStatus: 'OBSOLETE' }, undefined, /the stack was changed after its change set was made/],
  ['failed', { status: 'FAILED', executionStatus: 'UNAVAILABLE', reason: 'x' }, undefined, /is FAILED \(x\)/],
  ['executed', { executionStatus: 'EXECUTE_COMPLETE' }, undefined, /is EXECUTE_COMPLETE/],
  ['of another stack', { stackName: 'acme-z' }, undefined, /is of stack acme-z/],
  ['with other contents', { changes: [], template: '{}' }, undefined, /made of another template/],
  [
    'with more in it',
    { changes: [{ logicalId: 'Topic', type: 'AWS::SNS::Topic', action: 'Add', details: [] }] },
    undefined,
    /Topic/,
  ],
  ['in another account', {}, foreign(arnOf('a').replace('111122223333', '444455556666')), /in account 444455556666/],
  ['in another region', {}, foreign(arnOf('a').replace('eu-west-1', 'us-east-1')), /us-east-1, this is 111122223333/],
  ['not ours', {}, foreign(arnOf('a', 'mine'), 'mine'), /change set mine is not one that command prepare has made/],
  ['named otherwise', {}, foreign(arnOf('a', 'mine')), /is not one that command prepare has made/],
  ['no ARN', {}, foreign('deploy-action-1'), /has no ARN of a change set/],
  ['not in the plan', {}, { notes: [] }, /a: the plan names no change set/],
])('one that is %s is refused, and nothing is deleted', async (_, there, named, message) => {
  const refused = check(there, named);
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toThrow(/: prepare again and have that reviewed$/);
  expect(world.fakes.aws.fakeChangeSets.calls.filter((call) => call.startsWith('delete'))).toEqual([]);
  expect(world.fakes.exec.commands).toEqual([]);
});

test('a stack of which none could be made is left for its turn', async () => {
  expect(await check(undefined, { notes: [notPrepared('it imports vpc')] })).toEqual(new Map());
});
