import { expect, test } from 'vitest';
import type { Change } from '../../src/plan/model.js';
import { changeWords } from '../../src/report/changes.js';
import { aChange, aStack } from './fixtures.js';

const counts = { add: 0, update: 0, replace: 0, delete: 0, import: 0 };
const beside = (...subjects: Change['subject'][]): Change[] => subjects.map((subject) => aChange({ subject }));

test.each([
  ['nothing', {}, [], ''],
  ['one and many', { add: 1, update: 1_200 }, [], '1 to add, 1,200 to update'],
  [
    'every action',
    { add: 1, update: 2, replace: 3, delete: 4, import: 5 },
    [],
    '1 to add, 2 to update, 3 to replace, 4 to delete, 5 to import',
  ],
  ['a tag', {}, beside('tag'), '1 tag'],
  ['what stands beside', { add: 1 }, beside('tag', 'output', 'output'), '1 to add, 1 tag, 2 outputs'],
  ['protection', {}, beside('termination-protection'), 'termination protection'],
  ['noise', {}, [aChange({ subject: 'tag', noise: 'order' })], ''],
  ['what is not counted', {}, [aChange()], 'changes'],
] as const)('%s', (_, some, changes, expected) => {
  expect(changeWords(aStack({ counts: { ...counts, ...some }, changes }))).toBe(expected);
});
