import { afterEach, expect, test, vi } from 'vitest';
import { ConfigError, runApp } from '../lib/errors.js';

afterEach(() => vi.restoreAllMocks());

test('a mistake is one line and exit code 1', () => {
  const print = vi.spyOn(console, 'error').mockReturnValue();
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  runApp(() => {
    throw new ConfigError('missing context key "x"');
  });
  expect(print.mock.calls).toEqual([['error: missing context key "x"']]);
  expect(exit).toHaveBeenCalledWith(1);
});

test('a defect keeps its stack trace', () => {
  const defect = new TypeError('x is not a function');
  expect(() => {
    runApp(() => {
      throw defect;
    });
  }).toThrow(defect);
});
