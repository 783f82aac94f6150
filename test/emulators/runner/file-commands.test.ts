import { expect, test } from 'vitest';
import { parsePairs, readSummary, SUMMARY_LIMIT } from './file-commands.js';

test('values of one line and of several', () => {
  expect(parsePairs('a=1=2\n\nb<<END\nx\n\na=3\nEND\nc=\n')).toEqual({ a: '1=2', b: 'x\n\na=3', c: '' });
});

test.each([
  ['no sign', "Invalid format 'no sign'"],
  ['a<<END\nx', "Invalid value. Matching delimiter not found 'END'"],
])('refuses %j', (text, message) => {
  expect(() => parsePairs(text)).toThrow(message);
});

test('a summary of 1 MiB is kept, a byte more drops it', () => {
  expect(readSummary('x'.repeat(SUMMARY_LIMIT)).summary).toHaveLength(SUMMARY_LIMIT);
  expect(readSummary(`${'x'.repeat(SUMMARY_LIMIT - 1)}é`)).toEqual({
    summary: '',
    error: '$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got 1025k.',
  });
});
