import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../../src/plan/access/cover.js';
import { equalPolicies, isPolicyDocument } from '../../../src/plan/access/policy.js';
import { namesItsSource, whoIs } from '../../../src/plan/access/principal.js';
import { SWITCHES } from '../../../src/plan/access/switches.js';

const one = { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: 'arn:aws:s3:::a' };
const other = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
const document = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });

describe('equal policies', () => {
  test.each<[string, unknown, unknown]>([
    ['names of statements', document({ ...one, Sid: 'A' }), document({ ...one, Sid: 'B' })],
    ['the order of statements', document(one, other), document(other, one)],
    [
      'the order of actions and their case',
      document(one),
      document({ ...one, Action: ['S3:listbucket', 's3:GetObject'] }),
    ],
    ['a statement written twice', document(one), document(one, one)],
    ['text and structure', document(one), JSON.stringify(document(one))],
    ['anyone', document(other), document({ ...other, Principal: { AWS: '*' } })],
    [
      'values of a condition',
      document({ ...one, Condition: { StringEquals: { 'aws:SourceAccount': ['1'] } } }),
      document({ ...one, Condition: { stringequals: { 'AWS:SourceAccount': '1' } } }),
    ],
  ])('differ only in %s', (_, left, right) => {
    expect(equalPolicies(left, right)).toBe(true);
  });

  test.each<[string, object]>([
    ['an action', { ...one, Action: ['s3:GetObject'] }],
    ['a resource', { ...one, Resource: 'arn:aws:s3:::b' }],
    ['the effect', { ...one, Effect: 'Deny' }],
    ['a condition', { ...one, Condition: { Bool: { 'aws:SecureTransport': true } } }],
    ['a principal', { ...one, Principal: '*' }],
    ['a NotAction', { Effect: 'Allow', NotAction: one.Action, Resource: one.Resource }],
    ['an effect that is none', { ...one, Effect: 'Allow~' }],
    ['a condition of CloudFormation', { 'Fn::If': ['Open', one, { Ref: 'AWS::NoValue' }] }],
  ])('are told apart by %s', (_, changed) => {
    expect(equalPolicies(document(one), document(changed))).toBe(false);
  });

  test('are not told where a statement cannot be read', () => {
    const without = { Effect: one.Effect, Resource: one.Resource };
    for (const odd of [{ ...one, Effect: 'Perhaps' }, without, { ...one, Action: [] }]) {
      expect(equalPolicies(document(one, odd), document(one))).toBe(false);
      expect(equalPolicies(document(one), document(one, odd))).toBe(false);
    }
  });

  test('are told apart by their version, which decides how variables are read', () => {
    expect(equalPolicies(document(one), { ...document(one), Version: '2008-10-17' })).toBe(false);
  });
});

test.each<[unknown, boolean]>([
  [document(one), true],
  [JSON.stringify(document(one)), true],
  [{ Statement: one }, true],
  [{ Statement: { 'Fn::If': ['C', one, { Ref: 'AWS::NoValue' }] } }, true],
  [{ Statement: 'SELECT 1' }, false],
  ['{"Statement"', false],
  [{}, false],
])('%j is a policy: %s', (value, expected) => {
  expect(isPolicyDocument(value)).toBe(expected);
});

describe('patterns', () => {
  test.each([
    ['*', 'anything', true],
    ['s3:get*', 's3:getobject', true],
    ['s3:get*', 's3:get*', true],
    ['s3:get*', 's3:*', false],
    ['s3:?et', 's3:get', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'axxbyy', false],
    ['arn:aws:s3:::a', 'arn:aws:s3:::ab', false],
  ])('%s takes in %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test('a text with a star in place of any part of it takes it in', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ':') }), fc.nat(), fc.nat(), (text, from, length) => {
        const start = from % (text.length + 1);
        const pattern = `${text.slice(0, start)}*${text.slice(start + (length % (text.length + 1 - start)))}`;
        expect(matches(pattern, text)).toBe(true);
      }),
    );
  });
});

test.each([
  ['AWS:*', 'anyone'],
  ['CanonicalUser:*', 'anyone'],
  ['AWS:arn:aws:iam::111122223333:root', 'inside'],
  ['AWS:arn:aws:iam::444455556666:role/x', 'other-account'],
  ['AWS:${Role.Arn}', 'inside'],
  ['Service:lambda.amazonaws.com', 'aws-service'],
  ['Federated:cognito-identity.amazonaws.com', 'identity-provider'],
] as const)('%s is %s', (principal, expected) => {
  expect(whoIs(principal, { account: '111122223333', region: 'x' })).toBe(expected);
});

test('a condition on the source names the source', () => {
  expect(namesItsSource('{"arnlike aws:sourcearn":["arn:aws:s3:::b"]}')).toBe(true);
  expect(namesItsSource('{"bool aws:securetransport":["true"]}')).toBe(false);
});

test('every switch names its page', () => {
  for (const { source } of SWITCHES) expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
});
