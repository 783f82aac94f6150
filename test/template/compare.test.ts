import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareContexts } from '../../src/template/compare.js';

describe('what differs between two contexts', () => {
  test.each([
    ['nothing', { a: 1, b: [{ c: 'x' }] }, { b: [{ c: 'x' }], a: 1 }, []],
    ['a new key', {}, { a: 1 }, [{ key: 'a', after: 1 }]],
    ['a key that is gone', { a: 1 }, {}, [{ key: 'a', before: 1 }]],
    ['another value', { a: 1 }, { a: '1' }, [{ key: 'a', before: 1, after: '1' }]],
    [
      'values within values',
      { 'deployment:eks:users': [{ name: 'a' }, { name: 'b' }], kept: { x: true } },
      { 'deployment:eks:users': [{ name: 'a' }, { name: 'c' }, { name: 'd' }], kept: { x: true } },
      [
        { key: 'deployment:eks:users.1.name', before: 'b', after: 'c' },
        { key: 'deployment:eks:users.2.name', after: 'd' },
      ],
    ],
    [
      'a list that becomes empty',
      { a: [1] },
      { a: [] },
      [
        { key: 'a', after: [] },
        { key: 'a.0', before: 1 },
      ],
    ],
    ['null', { a: null }, { a: {} }, [{ key: 'a', before: null, after: {} }]],
    [
      'keys that look alike',
      { 'a.b': 1 },
      { a: { b: 1 } },
      [
        { key: 'a.b', before: 1 },
        { key: 'a.b', after: 1 },
      ],
    ],
    ['a key of every object', {}, JSON.parse('{"__proto__": 1}'), [{ key: '__proto__', after: 1 }]],
    ['a secret', { password: 'hunter2' }, { password: 'hunter3' }, [{ key: 'password', before: '***', after: '***' }]],
    [
      'a secret within another',
      { database: { credentials: { pin: 'one' } } },
      { database: { credentials: { pin: 'two' } } },
      [{ key: 'database.credentials.pin', before: '***', after: '***' }],
    ],
  ] as const)('%s', (_, before, after, expected) => {
    expect(compareContexts(before, after as Record<string, unknown>)).toEqual(expected);
  });

  test('is nothing between equals, and every secret is masked', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(value, value, (before, after) => {
        expect(compareContexts(before, structuredClone(before))).toEqual([]);
        const secret = { dbPassword: 'planted-secret' };
        const shown = JSON.stringify(compareContexts({ ...before, ...secret }, { ...after, x: [secret] }));
        expect(shown).not.toContain('planted-secret');
      }),
    );
  });
});
