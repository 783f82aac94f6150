import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimsOf, forms, trustAdvice } from '../../src/aws/trust.js';

const IDS = { repository_id: '22', repository_owner_id: '11' };

describe('forms', () => {
  test.each([
    [
      { sub: 'repo:acme/app:pull_request', repository: 'acme/app', ...IDS },
      ['repo:acme/app:pull_request', 'repo:acme@11/app@22:pull_request'],
    ],
    [
      { sub: 'repo:acme@11/app@22:ref:refs/heads/main', repository: 'acme/app', ...IDS },
      ['repo:acme/app:ref:refs/heads/main', 'repo:acme@11/app@22:ref:refs/heads/main'],
    ],
    [{ sub: 'repo:acme@11/app@22:environment:a:b', repository: 'acme/app' }, ['repo:acme/app:environment:a:b']],
    [{ sub: 'my-own-subject', repository: 'acme/app', ...IDS }, ['my-own-subject']],
    [{ sub: 'repo:acme/app:x', ...IDS }, ['repo:acme/app:x']],
    [{ sub: 'repo:acme/app:x', repository: 'odd', ...IDS }, ['repo:acme/app:x']],
  ])('%j', (claims, expected) => {
    expect(forms(claims)).toEqual(expected);
  });
});

describe('claimsOf', () => {
  const token = (payload: string): string => `h.${Buffer.from(payload).toString('base64url')}.s`;

  test('reads what a token says', () => {
    expect(claimsOf(token('{"sub":"a","repository":"b/c","other":1}'))).toMatchObject({ sub: 'a', repository: 'b/c' });
  });

  test.each(['', 'x', 'a.b.c', token('[]'), token('{}'), token('{"sub":1}'), token('null')])('%j is none', (text) => {
    expect(claimsOf(text)).toBeUndefined();
  });

  test('whatever it is given, it throws nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(token)), (text) => {
        const claims = claimsOf(text);
        if (claims !== undefined) expect(typeof claims.sub).toBe('string');
      }),
    );
  });
});

describe('trustAdvice', () => {
  test('one form only is told when there is no other', () => {
    expect(trustAdvice({ sub: 'mine' }, 'aud')).toBe(
      "this job's subject is 'mine', its audience 'aud': the trust policy needs both, as " +
        'token.actions.githubusercontent.com:sub and :aud',
    );
  });

  test('the other form', () => {
    const advice = trustAdvice({ sub: 'repo:acme/app:pull_request', repository: 'acme/app', ...IDS }, 'aud');
    expect(advice).toContain("'repo:acme/app:pull_request' (in its other form 'repo:acme@11/app@22:pull_request')");
  });
});
