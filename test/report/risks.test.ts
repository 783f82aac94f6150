import { describe, expect, test } from 'vitest';
import { fitSections } from '../../src/report/budget.js';
import { actionWord, hurts, riskSection } from '../../src/report/risks.js';
import type { Change } from '../../src/plan/model.js';
import { aChange, aPlan, aStack } from './fixtures.js';

const groupOf = (changes: readonly Change[]) => ({
  names: ['production'],
  plan: aPlan({ stacks: [aStack({ changes })] }),
});

describe('what could hurt', () => {
  test.each<[string, Partial<Change>, boolean]>([
    ['an update', { action: 'update', risk: 'update' }, false],
    ['an addition', { action: 'add', risk: 'add' }, false],
    ['a deletion', { action: 'delete', risk: 'update' }, true],
    ['a replacement', { action: 'replace', risk: 'update' }, true],
    ['a replacement that is noise', { action: 'replace', risk: 'update', noise: 'asset-hash' }, false],
    ['an output that nobody imports going away', { subject: 'output', action: 'delete', risk: 'update' }, false],
    ['an output that is imported going away', { subject: 'output', action: 'delete', risk: 'address' }, true],
    ['wider access', { risk: 'access' }, true],
    ['wider access called noise', { risk: 'access', noise: 'order' }, true],
    ['lost data', { risk: 'data-loss' }, true],
    ['an update over what was altered by hand', { drift: [{ path: 'A' }] }, true],
    ['noise over what was altered by hand', { drift: [{ path: 'A' }], noise: 'asset-hash' }, true],
  ])('%s', (_, change, expected) => {
    expect(hurts([groupOf([aChange(change)])])).toHaveLength(expected ? 1 : 0);
  });

  test('comes with the worst first', () => {
    const changes = (['address', 'data-loss', 'access'] as const).map((risk) => aChange({ risk }));
    expect(hurts([groupOf(changes)]).map(({ change }) => change.risk)).toEqual(['data-loss', 'access', 'address']);
  });

  test.each<[Partial<Change>, string]>([
    [{ drift: [{ path: '' }] }, '**altered by hand**'],
    [
      { drift: [{ path: 'A', actual: 9 }, { path: 'B' }] },
      '**altered by hand**<br>`A` is `9` now<br>`B` is `(none)` now',
    ],
    [
      {
        risk: 'access',
        reasons: [{ risk: 'access', text: 'opens' }],
        drift: ['A', 'B', 'C', 'D'].map((path) => ({ path, actual: 1 })),
      },
      '**access**: opens<br>**altered by hand**<br>`A` is `1` now<br>`B` is `1` now<br>and 2 more',
    ],
  ])('says what was altered by hand: %j', (change, cell) => {
    const [markdown] = fitSections([riskSection([groupOf([aChange(change)])], (what) => what)], 10_000);
    expect(markdown?.split('\n').at(-1)?.replace(/ \|$/, '').split(' | ')[1]).toBe(cell);
  });

  test('shows two values, the policy and how many more there are', () => {
    const property = { path: 'A', before: 1, after: 2, replacement: 'always', cause: 'direct' } as const;
    const change = aChange({
      action: 'replace',
      conditional: true,
      risk: 'data-loss',
      reasons: [1, 2, 3, 4, 5].map((number) => ({ risk: 'data-loss', text: `reason ${number}` })),
      properties: [{ ...property, path: 'B', replacement: 'never' }, property, property, property],
      deletionPolicy: { before: 'Retain', after: 'Delete' },
    });
    const [markdown] = fitSections([riskSection([groupOf([change])], (what) => what)], 10_000);
    expect(markdown?.split('\n').at(-1)).toMatchInlineSnapshot(
      `"| **may replace** <code>webapp/<wbr>Api/<wbr>Handler/<wbr>Resource</code><br><code>AWS::<wbr>Lambda::<wbr>Function</code><br>in \`webapp\` | **data loss**: reason 1<br>reason 2<br>reason 3<br>and 2 more<br>\`A\`: \`1\` → \`2\`<br>\`A\`: \`1\` → \`2\`<br>\`DeletionPolicy\`: \`Retain\` → \`Delete\`<br>and 1 more |"`,
    );
  });
});

test.each([
  ['replace', false, 'replace'],
  ['replace', true, 'may replace'],
  ['delete', true, 'delete'],
] as const)('%s (conditional: %s) is said as %s', (action, conditional, expected) => {
  expect(actionWord({ action, conditional })).toBe(expected);
});
