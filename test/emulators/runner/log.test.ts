import { expect, test } from 'vitest';
import { StepLog } from './log.js';
import { Masks } from './masks.js';

function logOf(...lines: string[]): StepLog {
  const log = new StepLog(new Masks(['token']));
  for (const line of lines) log.line(line);
  return log;
}

test('what was masked is masked from then on, line by line', () => {
  const { log, rawLog } = logOf('first', '::add-mask::first%0Asecond', 'the first', 'the second', 'a token');
  expect(log.split('\n')).toEqual(['first', '::add-mask::***', 'the ***', 'the ***', 'a ***']);
  expect(rawLog).toContain('the second');
});

test('the longer of two masks wins', () => {
  expect(logOf('::add-mask::abc', '::add-mask::abcdef', 'abcdef abc').log).toContain('*** ***');
});

test('no command is obeyed while they are stopped', () => {
  const { commands, log } = logOf('::stop-commands::end-42', '::error::not mine', '::end-42::', '::error::mine');
  expect(commands.map(({ message }) => message)).toEqual(['end-42', 'mine']);
  expect(log).toContain('::error::not mine');
});

test('ten annotations of a kind are kept, and debug is not shown', () => {
  const { annotations, log } = logOf(...Array<string>(12).fill('::warning::w'), '::error::e', '::debug::d');
  expect(annotations.filter(({ kind }) => kind === 'warning')).toHaveLength(10);
  expect(annotations.filter(({ kind }) => kind === 'error')).toHaveLength(1);
  expect(log.match(/##\[warning\]w/g)).toHaveLength(12);
  expect(log).not.toContain('::debug');
});
