import { expect, test } from 'vitest';
import { tokenAccess, type TokenQuestions } from '../../src/github/token-access.js';
import { httpError } from '../fakes/github.js';

const ask = (more: Partial<TokenQuestions> = {}): TokenQuestions => ({
  repository: () => Promise.resolve({ private: true }),
  blankComment: () => Promise.reject(httpError(422, 'Validation Failed')),
  ...more,
});
const refused =
  (status: number, message = 'Resource not accessible by integration') =>
  () =>
    Promise.reject(httpError(status, message));

test.each([
  ['may comment', ask(), { valid: true, privateRepository: true, mayComment: true }],
  ['may only read', ask({ blankComment: refused(403) }), { valid: true, privateRepository: true, mayComment: false }],
  ['is no token', ask({ repository: refused(401) }), { valid: false }],
  ['sees no repository', ask({ repository: refused(404) }), { valid: true, mayComment: true }],
  [
    'is over its limit',
    ask({ blankComment: refused(403, 'API rate limit exceeded') }),
    { valid: true, privateRepository: true },
  ],
  [
    'a locked conversation',
    ask({ blankComment: refused(403, 'Issue is locked') }),
    { valid: true, privateRepository: true },
  ],
  ['no such pull request', ask({ blankComment: refused(404) }), { valid: true, privateRepository: true }],
])('%s', async (_, questions, access) => {
  expect(await tokenAccess(questions, 12)).toEqual(access);
});

test('without a pull request nothing is asked about comments', async () => {
  const questions = ask({ blankComment: () => Promise.reject(new Error('asked')) });
  expect(await tokenAccess(questions)).toEqual({ valid: true, privateRepository: true });
});

test('a server in trouble is no answer', async () => {
  await expect(tokenAccess(ask({ repository: refused(502, 'Bad Gateway') }))).rejects.toThrow('Bad Gateway');
});
