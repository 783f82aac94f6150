import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import { liftAll, sift } from '../../src/plan/exceptions.js';
import { tripped } from '../../src/plan/gates.js';
import { inputOf, resources } from './golden/case.js';
import { PARTS } from './parts.js';

const input = inputOf({
  before: resources({ Jobs: ['AWS::SQS::Queue'], News: ['AWS::SNS::Topic'], Files: ['AWS::S3::Bucket'] }),
  after: resources({}),
});
const paths = { Jobs: { path: 'app/Jobs/Resource' } };
const stack = planStack({ ...input, paths });
const withPath = {
  ...stack,
  changes: stack.changes.map((change) =>
    change.logicalId === 'Jobs' ? { ...change, path: 'app/Jobs/Resource' } : change,
  ),
};
const trips = tripped(makePlan({ ...PARTS, stacks: [withPath] }), ['delete', 'data-loss']);

test.each<[string, { types?: string[]; ids?: string[] }, string[]]>([
  ['nothing', {}, ['Files', 'Jobs', 'News']],
  ['a type', { types: ['AWS::SQS::Queue'] }, ['Files', 'News']],
  ['a logical id', { ids: ['News'] }, ['Files', 'Jobs']],
  ['a logical id of a stack', { ids: ['app/News'] }, ['Files', 'Jobs']],
  ['a logical id of another stack', { ids: ['other/News'] }, ['Files', 'Jobs', 'News']],
  ['a construct path', { ids: ['app/Jobs/Resource'] }, ['Files', 'News']],
  ['a construct', { ids: ['app/Jobs'] }, ['Files', 'News']],
  ['part of a name', { types: ['AWS::S3'], ids: ['File'] }, ['Files', 'Jobs', 'News']],
])('%s is listed', (_, listed, left) => {
  const sifted = sift(trips, { types: [], ids: [], ...listed });
  expect([...new Set(sifted.trips.map(({ change }) => change.logicalId))].sort()).toEqual(left);
  expect(sifted.trips.length + sifted.lifted.flatMap(({ changes }) => changes).length).toBe(trips.length);
});

test('what is lifted says by what, once for each gate', () => {
  const { lifted } = sift(trips, { types: ['AWS::S3::Bucket'], ids: ['Jobs', 'News'] });
  const told = lifted.map(({ gate, exception, changes }) => [gate, exception.kind, exception.value, changes.length]);
  expect(told.sort()).toEqual([
    ['data-loss', 'id', 'Jobs', 1],
    ['data-loss', 'type', 'AWS::S3::Bucket', 1],
    ['delete', 'id', 'Jobs', 1],
    ['delete', 'id', 'News', 1],
    ['delete', 'type', 'AWS::S3::Bucket', 1],
  ]);
});

test('a label lifts all, in the name of who set it', () => {
  expect(liftAll(trips, 'careful', 'mona').map(({ gate, by, changes }) => [gate, by, changes.length])).toEqual([
    ['delete', 'mona', 3],
    ['data-loss', 'mona', 2],
  ]);
});
