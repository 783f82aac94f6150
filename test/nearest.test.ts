import { expect, test } from 'vitest';
import { nearest } from '../src/nearest.js';

test.each([
  ['acount', ['region', 'account'], 'account'],
  ['Region', ['region'], 'region'],
  ['versoin', ['version', 'versions'], 'version'],
  ['x', ['account'], undefined],
  ['region', ['account', 'domain'], undefined],
  ['region', [], undefined],
])('%s among %j: %s', (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});
