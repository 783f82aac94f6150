import { expect, test } from 'vitest';
import { claimsOf } from '../../src/github/identity-claims.js';

const token = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

test.each([
  [
    { environment: 'production', check_run_id: '88' },
    { environment: 'production', job: '88' },
  ],
  [{ check_run_id: 88 }, { job: '88' }],
  [{ environment: 'größe ✓' }, { environment: 'größe ✓' }],
  [{}, {}],
])('%j', (claims, expected) => {
  expect(claimsOf(token(claims))).toEqual(expected);
});

test.each(['', 'a', 'a.b.c', `a.${Buffer.from('[]').toString('base64url')}.c`, token({ environment: 7 })])(
  '%j is no token that tells anything',
  (text) => {
    expect(claimsOf(text)).toBeUndefined();
  },
);
