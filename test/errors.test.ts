import { expect, test } from 'vitest';
import { ActionError } from '../src/errors.js';

test.each([
  ['one line', 'one line'],
  ['a\nb', 'a b'],
  ['"{\r\n  x" is not valid JSON', '"{ x" is not valid JSON'],
  ['a\u2028b\u2029c', 'a b c'],
])('the message %j is one line', (given, message) => {
  const error = new ActionError('cdk', given);
  expect(error.message).toBe(message);
  expect(error.code).toBe('cdk');
});
