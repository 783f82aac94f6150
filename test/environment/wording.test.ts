import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hint, listed, quote } from '../../src/environment/wording.js';

test.each([
  ['plain', "'plain'"],
  ['a\nb\u0007', "'a\\u000ab\\u0007'"],
  ['right\u202eleft', "'right\\u202eleft'"],
  ['x'.repeat(81), `'${'x'.repeat(80)}…'`],
])('quotes %j', (value, expected) => {
  expect(quote(value)).toBe(expected);
});

test('a quoted value is one well-formed line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(quote(value)).toMatch(/^'[^\p{Cc}\p{Zl}\p{Zp}]*'$/u);
      expect(quote(value).isWellFormed()).toBe(true);
    }),
  );
});

test.each([
  [[], 'none'],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('lists %j', (names, expected) => {
  expect(listed(names)).toBe(expected);
});

test.each([
  ['regoin', ['account', 'region'], " (did you mean 'region'?)"],
  ['Region', ['region'], " (did you mean 'region'?)"],
  ['colour', ['region'], ''],
  ['x', [], ''],
])('%j among %j', (name, candidates, expected) => {
  expect(hint(name, candidates)).toBe(expected);
});
