import { afterEach, expect, test } from 'vitest';
import { makeChangeSets, type Making } from '../../src/commands/making.js';
import { isNotPrepared } from '../../src/plan/change-set/preparing.js';
import type { FakeChangeSet } from '../fakes/change-sets.js';
import { arnOf, changeSetOf, NAME, stackOf, worldOf, type World } from './change-set-world.js';

let world: World;
afterEach(() => {
  world.end();
});

const { a, b } = { a: stackOf('a'), b: stackOf('b') };

/** Makes the change sets of two stacks, the second of which may be otherwise. */
async function make(second: Partial<FakeChangeSet> = {}) {
  world = worldOf([a, b], (stack) => changeSetOf(stack, stack.id === 'b' ? second : {}));
  const { source, ...request } = world.request;
  const making: Making = makeChangeSets(request, world.context);
  return { making, ...(await making.show(world.now, source)) };
}

test('the plan names each by its ARN, and they stay', async () => {
  const { making, stacks } = await make({ createdAt: new Date('2026-11-01T12:00:00Z') });
  expect(stacks.map(({ changeSet }) => changeSet)).toEqual([
    { id: arnOf('a'), name: NAME },
    { id: arnOf('b'), name: NAME, createdAt: '2026-11-01T12:00:00.000Z' },
  ]);
  expect(making.failure()).toBeUndefined();
  making.keep();
  await making.discard();
  expect(world.fakes.aws.fakeChangeSets.left).toEqual([arnOf('a'), arnOf('b')]);
});

test('one that failed is named, and none is left', async () => {
  const { making, stacks } = await make({ status: 'FAILED', executionStatus: 'UNAVAILABLE', reason: 'name is taken' });
  expect(stacks.map(({ changeSet }) => changeSet?.id)).toEqual([arnOf('a'), undefined]);
  expect(making.failure()?.message).toBe(
    'no change set that can be executed: acme-b: name is taken: mend the cause and prepare again',
  );
  await making.discard();
  expect(world.fakes.aws.fakeChangeSets.left).toEqual([]);
});

test('one with nothing to do is deleted right away, with a note by which deploy knows it', async () => {
  const reason = "The submitted information didn't contain changes.";
  const { making, stacks } = await make({ status: 'FAILED', executionStatus: 'UNAVAILABLE', reason, changes: [] });
  expect(making.failure()).toBeUndefined();
  expect(stacks[1]?.changeSet).toBeUndefined();
  expect(stacks[1]?.notes.some(isNotPrepared)).toBe(true);
  expect(world.fakes.aws.fakeChangeSets.left).toEqual([arnOf('a')]);
});

test('nothing is left when nobody says that it is to stay', async () => {
  const { making } = await make();
  await making.discard();
  expect(world.fakes.aws.fakeChangeSets.left).toEqual([]);
});
