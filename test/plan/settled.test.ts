import { expect, test } from 'vitest';
import { settled } from '../../src/plan/settled.js';

const statement = (Action: unknown, more: object = {}): object => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const policy = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });
const call = { 'Fn::Join': ['', ['b', 'a']] };

test.each<[string, unknown, unknown, boolean]>([
  ['statements in another order', policy(statement('a'), statement('b')), policy(statement('b'), statement('a')), true],
  ['names of statements', policy(statement('a', { Sid: 'X' })), policy(statement('a')), true],
  ['a list of one', policy(statement(['a'])), policy(statement('a')), true],
  ['another action', policy(statement('a')), policy(statement('b')), false],
  [
    'a policy within',
    { Policies: [{ P: policy(statement(['a', 'b'])) }] },
    { Policies: [{ P: policy(statement(['b', 'a'])) }] },
    true,
  ],
  [
    'a call',
    policy(statement('a', { Resource: call })),
    policy(statement('a', { Resource: { 'Fn::Join': ['', ['a', 'b']] } })),
    false,
  ],
  ['tags', { Tags: [{ Key: 'a' }, { Key: 'b' }] }, { Tags: [{ Key: 'b' }, { Key: 'a' }] }, true],
  ['a list with an order', { Layers: ['a', 'b'] }, { Layers: ['b', 'a'] }, false],
])('%s: %#', (_, left, right, equal) => {
  expect(JSON.stringify(settled(left, '')) === JSON.stringify(settled(right, ''))).toBe(equal);
});
