import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/plan/canonical.js';
import { holds } from '../../src/plan/conditions.js';
import { same } from '../../src/plan/equal.js';
import { referencesIn, textOf } from '../../src/plan/intrinsic.js';
import { unmangled } from '../../src/plan/mangle.js';
import { worst } from '../../src/plan/risk.js';

const PLACE = { account: '111122223333', region: 'eu-west-1' };

describe('same', () => {
  test.each<[unknown, unknown, boolean]>([
    [10, '10', true],
    [true, 'true', true],
    ['1.10', '1.1', false],
    ['', 0, false],
    [null, undefined, false],
    ['012345678901', '12345678901', false],
    [[1], ['1'], true],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [[], {}, false],
  ])('%j and %j: %s', (left, right, expected) => {
    expect(same(left, right)).toBe(expected);
    expect(same(right, left)).toBe(expected);
  });
});

test('canonical JSON reads back and does not depend on the order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

describe('textOf', () => {
  test.each<[unknown, string]>([
    ['plain', 'plain'],
    [{ Ref: 'Bucket' }, '${Bucket}'],
    [{ 'Fn::GetAtt': ['Role', 'Arn'] }, '${Role.Arn}'],
    [
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] },
      'arn:aws:iam::111122223333:root',
    ],
    [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}/*' }, 'arn:aws:s3:::${Bucket}/*'],
    [{ 'Fn::Sub': ['${A}-${B}-${!C}', { A: { Ref: 'X' } }] }, '${X}-${B}-${!C}'],
    [{ 'Fn::ImportValue': 'vpc' }, '${import vpc}'],
    [{ 'Fn::Select': [0, ['a']] }, '{"Fn::Select":[0,["a"]]}'],
  ])('%j', (value, text) => {
    expect(textOf(value, PLACE)).toBe(text);
  });
});

test('references, also those in text; not pseudo parameters nor own variables', () => {
  const value = [
    { Ref: 'A' },
    { 'Fn::GetAtt': 'B.Arn' },
    { 'Fn::Sub': ['${C.Arn} ${D} ${AWS::Region} ${!E}', { D: { Ref: 'F' } }] },
    { Ref: 'AWS::Region' },
  ];
  expect([...referencesIn(value)].sort()).toEqual(['A', 'B', 'C', 'F']);
});

describe('a condition', () => {
  const equals = (left: unknown, right: unknown): object => ({ 'Fn::Equals': [left, right] });
  const [yes, no, open] = [equals('a', 'a'), equals('a', 'b'), equals({ Ref: 'Unknown' }, 'a')];
  test.each<[unknown, boolean | undefined]>([
    [equals({ Ref: 'Stage' }, 'prod'), true],
    [equals({ Ref: 'AWS::Region' }, 'eu-west-1'), true],
    [open, undefined],
    [{ 'Fn::Not': [no] }, true],
    [{ 'Fn::Not': [open] }, undefined],
    [{ 'Fn::And': [open, no] }, false],
    [{ 'Fn::And': [open, yes] }, undefined],
    [{ 'Fn::Or': [open, yes] }, true],
    [{ 'Fn::Or': [open, no] }, undefined],
    [{ Condition: 'Other' }, true],
    [{ Condition: 'It' }, undefined],
    ['nonsense', undefined],
  ])('%j is %s', (It, expected) => {
    expect(holds({ Conditions: { It, Other: yes } }, 'It', { Stage: 'prod' }, PLACE)).toBe(expected);
  });
});

describe('unmangled', () => {
  test.each<[unknown, unknown, unknown]>([
    ['caf?', 'café', 'café'],
    ['what?', 'what!', 'what?'],
    [['?', 'x'], ['é'], ['é', 'x']],
    [{ a: '?', b: '?' }, { a: '🎉' }, { a: '🎉', b: '?' }],
  ])('%j against %j', (before, after, expected) => {
    expect(unmangled(before, after)).toEqual(expected);
  });
});

test('the worst risk', () => {
  expect(worst([])).toBe('none');
  expect(worst(['add', 'access', 'address'])).toBe('access');
});
