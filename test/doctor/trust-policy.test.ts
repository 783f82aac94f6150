import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conditionLine, lets, trustedSubjects } from '../../src/doctor/trust-policy.js';

const SUB = 'token.actions.githubusercontent.com:sub';
const statement = (Condition: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition,
  ...more,
});

test.each([
  ['one', { Statement: statement({ StringEquals: { [SUB]: 'repo:a/b:x' } }) }, ['repo:a/b:x']],
  [
    'several',
    { Statement: [statement({ StringLike: { [SUB]: ['repo:a/*', 'repo:c/*'] } })] },
    ['repo:a/*', 'repo:c/*'],
  ],
  ['a set', { Statement: [statement({ 'ForAnyValue:StringLike': { [SUB]: 'repo:a/*' } })] }, ['repo:a/*']],
  ['no condition', { Statement: [statement(undefined)] }, ['*']],
  ['every action', { Statement: [statement(undefined, { Action: ['sts:*'] })] }, ['*']],
  ['a refusal', { Statement: [statement(undefined, { Effect: 'Deny' })] }, undefined],
  ['another action', { Statement: [statement(undefined, { Action: 'sts:AssumeRole' })] }, undefined],
  ['nothing', {}, undefined],
])('%s', (_, policy, subjects) => {
  expect(trustedSubjects(JSON.stringify(policy))).toEqual(subjects);
});

test('what is no policy trusts nobody', () => {
  expect(trustedSubjects('no JSON')).toBeUndefined();
});

test.each([
  ['repo:acme/web:*', 'repo:acme/web:ref:refs/heads/main', true],
  ['repo:acme/web:*', 'repo:acme@7/web@42:ref:refs/heads/main', false],
  ['repo:acme/w?b:*', 'repo:acme/web:x', true],
  ['repo:acme/web', 'repo:acme/web:x', false],
  ['repo:a.c/web:*', 'repo:abc/web:x', false],
])('%s lets %s in: %s', (pattern, subject, good) => {
  expect(lets(pattern, subject)).toBe(good);
});

test('a subject without wild cards lets itself in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      const plain = text.replaceAll(/[*?\n]/g, '');
      expect(lets(plain, plain)).toBe(true);
    }),
  );
});

test('the line is as a policy has it', () => {
  expect(JSON.parse(`{ ${conditionLine(['repo:a/b:x', 'repo:a@1/b@2:x'])} }`)).toEqual({
    StringLike: { [SUB]: ['repo:a/b:x', 'repo:a@1/b@2:x'] },
  });
});
