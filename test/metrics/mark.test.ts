import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markText, parseMark, WORDS } from '../../src/metrics/mark.js';

const mark = { release: 'webapp', region: 'eu-central-1', word: 'succeeded' } as const;

test.each([
  ['', 'deploy-action: webapp eu-central-1 succeeded'],
  ['2 updated', 'deploy-action: webapp eu-central-1 succeeded: 2 updated'],
  ['  a\n b ', 'deploy-action: webapp eu-central-1 succeeded: a b'],
])('a note %j', (note, text) => {
  expect(markText(mark, note)).toBe(text);
  expect(parseMark(text)).toEqual(mark);
});

test.each([
  '',
  'deployed',
  'deploy-action: webapp succeeded',
  'deploy-action: webapp eu-central-1 done',
  ' deploy-action: a b failed',
])('%j is no mark', (text) => {
  expect(parseMark(text)).toBeUndefined();
});

test('a note that is too long is cut to the limit, and not within a character', () => {
  expect(markText(mark, 'x'.repeat(200))).toHaveLength(140);
  const before = 'deploy-action: webapp eu-central-1 succeeded: '.length;
  const cut = markText(mark, `${'x'.repeat(138 - before)}😀😀`);
  expect(cut.endsWith('x…')).toBe(true);
  expect(cut).toHaveLength(139);
});

test('property: whatever the note, a mark fits and is read back', () => {
  const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,62}$/);
  const region = fc.constantFrom('eu-central-1', 'us-gov-east-1');
  fc.assert(
    fc.property(
      name,
      region,
      fc.constantFrom(...WORDS),
      fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
      (release, region, word, note) => {
        const text = markText({ release, region, word }, note);
        expect(text.length).toBeLessThanOrEqual(140);
        expect(text.isWellFormed()).toBe(true);
        expect(parseMark(text)).toEqual({ release, region, word });
      },
    ),
  );
});
