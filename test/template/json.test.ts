import { expect, test } from 'vitest';
import { brokenAt } from '../../src/template/json.js';

test.each([
  ['', 'it ends too early'],
  ['{ "a":', 'it ends too early'],
  ['hunter2', "at 'h'"],
  ['{ "token": hunter2 }', "at 'h'"],
  ['{ "token": "hunter2", }', 'line 1 column 23'],
  ['{\n  "token": "hunter2\n}', 'line 2 column 20'],
  ['\n\u0001hunter2', "at '\\u0001'"],
])('%j is broken', (text, place) => {
  let error: unknown;
  try {
    JSON.parse(text);
  } catch (thrown) {
    error = thrown;
  }
  expect(brokenAt(error)).toBe(place);
});
