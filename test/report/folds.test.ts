import { describe, expect, test } from 'vitest';
import type { StackPlan } from '../../src/plan/model.js';
import { chooseFolds, type Fold, stackFolds } from '../../src/report/folds.js';
import { aChange, aPlan, aStack, RISKY_STACK } from './fixtures.js';

function foldOf(name: string, rank: number, ...sizes: number[]): Fold {
  const variants = sizes.map((size, index) => ({
    render: () => name.repeat(size),
    ...(index > 0 ? { leavesOut: `part ${index} of ${name}` } : {}),
  }));
  return { name, rank, variants };
}

describe('folds in a budget', () => {
  test('stay in their order and go from the least risky up', () => {
    const folds = [foldOf('a', 1, 100), foldOf('b', 5, 100), foldOf('c', 3, 100)];
    const { markdown, dropped } = chooseFolds(folds, 250);
    expect(markdown.map((text) => text[0])).toEqual(['b', 'c']);
    expect(dropped).toEqual(['a']);
  });

  test('lose a part before they go', () => {
    expect(chooseFolds([foldOf('a', 1, 100, 50)], 99)).toEqual({
      markdown: ['a'.repeat(50)],
      dropped: ['part 1 of a'],
    });
  });

  test('that do not fit give their room to others', () => {
    expect(chooseFolds([foldOf('a', 5, 1_000), foldOf('b', 1, 100)], 500).dropped).toEqual(['a']);
  });
});

describe('the folds of a plan', () => {
  const nested = aStack({ id: 'webapp/Nested', parent: 'webapp', changes: [aChange()], risk: 'update' });
  const names = (stacks: readonly StackPlan[], noise = false) =>
    stackFolds({ names: ['production'], plan: aPlan({ stacks }) }, [], noise).map(({ name }) => name);

  test.each([
    ['a stack that does not change has none', [aStack({ text: 'no differences' })], []],
    ['a note makes one', [aStack({ notes: ['planned from its template'] })], ['webapp']],
    [
      'a nested change is told in the fold of its root, too',
      [aStack({ text: 'diff' }), nested],
      ['webapp', 'webapp/Nested'],
    ],
    ['noise makes none', [aStack({ changes: [aChange({ noise: 'order' })] })], []],
  ])('%s', (_, stacks, expected) => {
    expect(names(stacks)).toEqual(expected);
  });

  test('noise has a fold where it is wanted', () => {
    expect(names([aStack({ changes: [aChange({ noise: 'order' })] })], true)).toEqual(['webapp']);
  });

  test('hold the changes, then what cdk diff said, and can do without that', () => {
    const [fold] = stackFolds({ names: ['production'], plan: aPlan({ stacks: [RISKY_STACK] }) }, [], false);
    expect(fold?.variants.map(({ render }) => render().match(/```diff/g)?.length)).toEqual([2, 1]);
    expect(fold?.variants[1]?.leavesOut).toBe('cdk diff of webapp');
  });
});
