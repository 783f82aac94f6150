import { describe, expect, test } from 'vitest';
import { lookup, names, shows, type Scope } from '../../src/template/scope.js';

const outer: Scope = { value: { team: 'outer', tags: { owner: 'ann', none: undefined }, 'a.b': 1, a: { b: 2, c: 3 } } };
const inner: Scope = { value: { team: 'inner' }, parent: outer };

test.each([
  ['team', 'inner'],
  ['tags.owner', 'ann'],
  ['a.b', 1],
  ['a.c', 3],
  ['.', { team: 'inner' }],
])('%s is found', (name, value) => {
  expect(lookup(inner, name)).toStrictEqual({ value });
});

test.each(['', 'Team', 'tags.none', 'tags.toString', 'constructor', '__proto__', 'team.length', 'a.b.c'])(
  '%j is not found',
  (name) => {
    expect(lookup(inner, name)).toBeUndefined();
  },
);

test('names come from every scope', () => {
  expect(names(inner)).toStrictEqual(['a', 'a.b', 'a.c', 'tags', 'tags.none', 'tags.owner', 'team']);
});

describe('a section of', () => {
  test.each([[true], ['x'], [1], [{}], [[0]]])('%j is shown', (value) => {
    expect(shows(value)).toBe(true);
  });
  test.each([[undefined], [null], [false], [''], [0], [[]]])('%j is not', (value) => {
    expect(shows(value)).toBe(false);
  });
});
