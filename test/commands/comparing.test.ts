import { afterEach, expect, test } from 'vitest';
import { askedOfCloudFormation, rootsToAsk } from '../../src/commands/comparing.js';
import type { Change, StackPlan } from '../../src/plan/model.js';
import { stackOf, worldOf, type World } from './change-set-world.js';

let world: World;
afterEach(() => {
  world.end();
});

const { a, b } = { a: stackOf('a'), b: stackOf('b') };

test('every root with a change in it or below; smart only those with an open replacement', () => {
  world = worldOf([a, b]);
  const [first, second] = world.now as readonly [StackPlan, StackPlan];
  const open = (stack: StackPlan): StackPlan => ({
    ...stack,
    changes: stack.changes.map((change): Change => ({ ...change, action: 'replace', conditional: true })),
  });
  const nested = { ...open(second), id: 'b/Api', parent: 'b' };
  const quiet = { ...second, changes: [] };
  const ids = (stacks: readonly StackPlan[], method: 'smart' | 'change-set') =>
    rootsToAsk(stacks, [a, b], method).map(({ id }) => id);
  expect(ids([first, quiet], 'change-set')).toEqual(['a']);
  expect(ids([first, quiet, nested], 'change-set')).toEqual(['a', 'b']);
  expect(ids([first, second], 'smart')).toEqual([]);
  expect(ids([first, quiet, nested], 'smart')).toEqual(['b']);
  // Another stack's name may begin with this one's.
  expect(ids([{ ...first, id: 'ab' }], 'change-set')).toEqual([]);
});

test('nothing is left, also when reading what was made fails', async () => {
  world = worldOf([a]);
  const { fakes, request, now, context } = world;
  fakes.aws.fakeChangeSets.refuse.set('describe', new Error('throttled'));
  await expect(askedOfCloudFormation(now, 'change-set', request, context)).rejects.toThrow('throttled');
  expect(fakes.aws.fakeChangeSets.left).toEqual([]);
});

test('where none can be made, auto takes the template and says so; change-set fails', async () => {
  world = worldOf([a], () => undefined);
  const { fakes, request, now, context } = world;
  fakes.exec.on(/prepare-change-set/, { exitCode: 1, stderr: '‣ AccessDenied: no CreateChangeSet' });
  const { stacks } = await askedOfCloudFormation(now, 'auto', request, context);
  expect(stacks[0]?.notes).toEqual([
    ...now[0]!.notes,
    'no change set could be made: no CreateChangeSet; it is planned from its template',
  ]);
  await expect(askedOfCloudFormation(now, 'change-set', request, context)).rejects.toThrow(
    /no change set could be made of a: no CreateChangeSet: give the role what it lacks, or use diff-method template/,
  );
});

test('an older CLI: auto takes the templates, change-set says which one it needs', async () => {
  world = worldOf([a], undefined, '2.1100.0');
  const { request, now, context, fakes } = world;
  expect(await askedOfCloudFormation(now, 'auto', request, context)).toEqual({ stacks: now, findings: [] });
  expect(fakes.runner.log('notice')).toContain('the CLI 2.1100.0 is too old for change sets');
  await expect(askedOfCloudFormation(now, 'change-set', request, context)).rejects.toThrow(/2\.1120\.0 or newer/);
  expect(fakes.exec.commands).toEqual([]);
});

test('stacks without a change are not asked about', async () => {
  world = worldOf([a], undefined, '2.1100.0');
  const quiet = world.now.map((stack) => ({ ...stack, changes: [] }));
  const { stacks } = await askedOfCloudFormation(quiet, 'change-set', world.request, world.context);
  expect(stacks).toBe(quiet);
});
