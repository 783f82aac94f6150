import { describe, expect, test } from 'vitest';
import { ActionError } from '../../src/errors.js';
import { lookupsAdded, mergeContext, type MergeRequest } from '../../src/template/merge.js';

const files = { rendered: 'app/context.yaml', extra: 'the context input', cdkJson: 'app/cdk.json' };

describe('mergeContext', () => {
  test.each<[string, Omit<MergeRequest, 'files'>, unknown]>([
    ['look-ups stay', { existing: { zones: ['a'] }, rendered: { id: 'x' } }, { zones: ['a'], id: 'x' }],
    ['rendered over existing', { existing: { id: 'old', k: 1 }, rendered: { id: 'new' } }, { id: 'new', k: 1 }],
    ['input over template', { existing: {}, rendered: { id: 'a' }, extra: { id: 'b' } }, { id: 'b' }],
    ['objects are replaced', { existing: { o: { a: 1 } }, rendered: { o: { b: 2 } } }, { o: { b: 2 } }],
    ['other keys of cdk.json', { existing: {}, rendered: { a: 1 }, cdkJson: { b: 2 } }, { a: 1 }],
    [
      'the same value in cdk.json',
      { existing: {}, rendered: { a: { b: [1] } }, cdkJson: { a: { b: [1] } } },
      { a: { b: [1] } },
    ],
    ['an existing key of cdk.json is not ours', { existing: { a: 1 }, rendered: {}, cdkJson: { a: 2 } }, { a: 1 }],
    ['a name from the prototype', { existing: {}, rendered: { toString: 'x' }, cdkJson: {} }, { toString: 'x' }],
  ])('%s', (_name, request, expected) => {
    expect(mergeContext({ ...request, files })).toStrictEqual(expected);
  });

  test('a key that cdk.json sets to another value names both files, and not the value', () => {
    const request = {
      existing: {},
      rendered: { a: 1, b: 'x', c: 'secret' },
      extra: { b: 'y' },
      cdkJson: { a: '1', b: 'x', c: 2 },
    };
    const attempt = () => mergeContext({ ...request, files });
    expect(attempt).toThrow(ActionError);
    expect(attempt).toThrow(
      'set twice: "a" by app/context.yaml, "b" by the context input, "c" by app/context.yaml, ' +
        'and by the context of app/cdk.json, which would win: remove it from one of them',
    );
  });

  test('`__proto__` is merged as a key', () => {
    const rendered = JSON.parse('{"__proto__": {"x": 1}}') as Record<string, unknown>;
    const merged = mergeContext({ existing: { a: 1 }, rendered, files });
    expect(JSON.stringify(merged)).toBe('{"a":1,"__proto__":{"x":1}}');
  });
});

describe('lookupsAdded', () => {
  test.each([
    ['none', { a: 1 }, { a: 1 }, {}],
    ['a new key', { a: 1 }, { a: 1, vpc: { id: 'v' } }, { vpc: { id: 'v' } }],
    ['a new value', { a: [1], b: { c: 1 } }, { a: [2], b: { c: 1 } }, { a: [2] }],
    ['a key that is gone', { a: 1 }, {}, {}],
  ])('%s', (_name, before, after, expected) => {
    expect(lookupsAdded(before, after)).toStrictEqual(expected);
  });
});
