import { describe, expect, test } from 'vitest';
import { bytes, counted, cutMiddle, duration, oneLine, shownValue, visible } from '../../src/report/text.js';

describe('visible', () => {
  test.each([
    ['text as it is', 'a – b\tc\nd 😀', 'a – b\tc\nd 😀'],
    ['line ends of all kinds', 'a\r\nb\rc', 'a\nb\nc'],
    ['terminal colours', '\u001B[31mred\u001B[0m', 'red'],
    ['NUL and bell', 'a\u0000b\u0007', 'a\\u{0}b\\u{7}'],
    ['marks that turn the direction of writing', 'a\u202Eb\u2066', 'a\\u{202e}b\\u{2066}'],
    ['what has no width', 'ad\u200Bmin\uFEFF', 'ad\\u{200b}min\\u{feff}'],
    ['line separators', 'a\u2028b', 'a\\u{2028}b'],
    ['half a surrogate pair', 'a\uD83Db', 'a\uFFFDb'],
  ])('%s', (_, text, expected) => {
    expect(visible(text)).toBe(expected);
  });
});

test('oneLine makes one space of white space', () => {
  expect(oneLine(' a\n\n b\t\tc ')).toBe('a b c');
});

describe('cutMiddle', () => {
  test.each([
    ['short enough', 'abcdef', 6, 'abcdef'],
    ['too long', 'abcdefghij', 5, 'ab…ij'],
    ['between the halves of a pair', '😀😀😀😀', 5, '😀…😀'],
    ['in the middle of a pair', 'a😀bcd😀e', 5, 'a…e'],
  ])('%s', (_, text, limit, expected) => {
    expect(cutMiddle(text, limit)).toBe(expected);
  });
});

test.each([
  ['text', 'text'],
  [undefined, '(none)'],
  [null, 'null'],
  [{ a: [1, true] }, '{"a":[1,true]}'],
])('shownValue(%j)', (value, expected) => {
  expect(shownValue(value)).toBe(expected);
});

test.each([
  [0.4, '0 s'],
  [59, '59 s'],
  [125, '2 min 5 s'],
  [3_660, '1 h 1 min'],
])('duration(%d)', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected);
});

test('counts and sizes', () => {
  expect([counted(1, 'stack'), counted(1_200, 'stack'), counted(2, 'hash', 'hashes')]).toEqual([
    '1 stack',
    '1,200 stacks',
    '2 hashes',
  ]);
  expect(bytes('aä😀')).toBe(7);
});
