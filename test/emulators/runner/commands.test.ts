import { expect, test } from 'vitest';
import { annotationOf, parseCommand } from './commands.js';

test.each([
  [
    '::error file=app.ts,line=3::no%0Astack',
    { name: 'error', properties: { file: 'app.ts', line: '3' }, message: 'no\nstack' },
  ],
  ['  ::group::Diff', { name: 'group', properties: {}, message: 'Diff' }],
  ['::add-mask::s%25cret%3A', { name: 'add-mask', properties: {}, message: 's%cret%3A' }],
  ['::notice title=a%3A b%2C::c', { name: 'notice', properties: { title: 'a: b,' }, message: 'c' }],
  ['maven says ##[warning]old', { name: 'warning', properties: {}, message: 'old' }],
])('obeys %s', (line, command) => {
  expect(parseCommand(line)).toEqual(command);
});

test.each(['text ::error::in the middle', '::unknown::x', 'arn:aws:iam::111111111111:role/x', '##[unknown]x', '::'])(
  'prints %s as it is',
  (line) => {
    expect(parseCommand(line)).toBeUndefined();
  },
);

test('an annotation has a place', () => {
  const command = parseCommand('::error title=Stack,file=lib/a.ts,line=7::failed')!;
  expect(annotationOf(command)).toEqual({
    kind: 'error',
    title: 'Stack',
    file: 'lib/a.ts',
    line: 7,
    message: 'failed',
  });
});
