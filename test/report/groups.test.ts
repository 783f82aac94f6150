import { describe, expect, test } from 'vitest';
import { groupPlans, hasChanges, matters, nameList, noiseNote, targetName } from '../../src/report/groups.js';
import { paragraph } from '../../src/report/markdown.js';
import { aChange, aPlan, aReport, aStack, planOf, RISKY_STACK } from './fixtures.js';

const target = { environment: 'production', release: 'webapp', version: 'v1', region: 'eu-west-1' };

test.each([
  ['alone', [], 'production'],
  ['beside another environment', [{ environment: 'prototype' }], 'production'],
  ['beside another release', [{ release: 'network' }], 'production webapp'],
  ['beside another region', [{ region: 'us-east-1' }], 'production eu-west-1'],
  ['beside both', [{ region: 'us-east-1', release: 'network' }], 'production webapp eu-west-1'],
])('the name of a target %s', (_, others, expected) => {
  expect(targetName(target, [target, ...others.map((other) => ({ ...target, ...other }))])).toBe(expected);
});

describe('plans of several targets', () => {
  const one = aPlan({ stacks: [RISKY_STACK] }, 'prototype');
  const same = aPlan({ stacks: [RISKY_STACK] }, 'staging');
  test.each([
    ['that show the same are one group', same, [['prototype', 'staging']]],
    ['of another fingerprint are not', { ...same, fingerprint: 'sha256:other' }, [['prototype'], ['staging']]],
    ['that show other changes are not', { ...same, stacks: [aStack()] }, [['prototype'], ['staging']]],
  ])('%s', (_, other, expected) => {
    expect(groupPlans(aReport(planOf(one), planOf(other))).map(({ names }) => names)).toEqual(expected);
  });
});

test.each([
  [['a'], '`a`'],
  [['a', 'b', 'c'], '`a`, `b`, `c`'],
  [['a', 'b', 'c', 'd', 'e'], '`a`, `b`, `c` and 2 more'],
])('the list of %j', (names, expected) => {
  expect(paragraph(...nameList(names))).toBe(expected);
});

describe('noise', () => {
  const noise = [
    aChange({ noise: 'asset-hash' }),
    aChange({ noise: 'asset-hash' }),
    aChange({ noise: 'metadata' }),
    aChange({ noise: 'order', risk: 'access' }),
  ];

  test('is counted by its kind, and does not cover a risk', () => {
    expect(noise.map(matters)).toEqual([false, false, false, true]);
    expect(noiseNote([aStack({ changes: noise })])).toBe('2 asset hashes, 1 change of metadata folded');
    expect(noiseNote([aStack({ changes: [aChange()] })])).toBeUndefined();
  });

  test('alone is no change', () => {
    expect(hasChanges(aPlan({ hasChanges: true, stacks: [aStack({ changes: noise.slice(0, 3) })] }))).toBe(false);
    expect(hasChanges(aPlan({ stacks: [aStack({ changes: noise })] }))).toBe(true);
  });
});

test('what a change set keeps from happening is there to be read, and is no change', () => {
  const kept = aChange({ action: 'none', risk: 'none' });
  expect(matters(kept)).toBe(true);
  expect(hasChanges(aPlan({ hasChanges: false, stacks: [aStack({ changes: [kept] })] }))).toBe(false);
  expect(hasChanges(aPlan({ stacks: [aStack({ changes: [kept, aChange()] })] }))).toBe(true);
});
