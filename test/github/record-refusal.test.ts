import { expect, test } from 'vitest';
import { recordRefusal } from '../../src/github/record-refusal.js';
import { httpError } from '../fakes/github.js';

test.each([
  [httpError(403, 'Resource not accessible by integration'), /add "deployments: write" to the job's permissions/],
  [httpError(403, 'API rate limit exceeded'), /^GitHub answered 403: API rate limit exceeded$/],
  [httpError(401, 'Bad credentials'), /^github-token is not valid or has expired$/],
  [httpError(502, 'Bad gateway\n<html>'), /^GitHub answered 502: Bad gateway$/],
  [new Error('socket hang up'), /^socket hang up$/],
])('%s', (error, expected) => {
  expect(recordRefusal(error, 'deployments: write')).toMatch(expected);
});
