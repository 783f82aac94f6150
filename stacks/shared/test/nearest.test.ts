import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest, suggestion } from '../lib/nearest.js';

describe('nearest', () => {
  test.each([
    ['deployment:acount', ['deployment:account', 'deployment:region'], 'deployment:account'],
    ['prod', ['production', 'prototype'], undefined],
    ['prodution', ['production', 'prototype'], 'production'],
    ['anything', [], undefined],
  ])('%s among %j is %s', (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
  });

  test('a name is nearest to itself', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (candidates) => {
        for (const candidate of candidates) expect(nearest(candidate, candidates)).toBe(candidate);
      }),
    );
  });

  test('a suggestion is empty when nothing is near', () => {
    expect(suggestion('zzzz', ['account'])).toBe('');
    expect(suggestion('acount', ['account'])).toBe('; did you mean "account"?');
  });
});
