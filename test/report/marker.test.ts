import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marker, retiredMarker } from '../../src/report/marker.js';

test.each([
  ['deploy', '<!-- deploy-action:deploy -->'],
  ['Deploy to prod', '<!-- deploy-action:Deploy%20to%20prod -->'],
  ['a-->b', '<!-- deploy-action:a%2D%2D%3Eb -->'],
  ['\uD800', '<!-- deploy-action:%EF%BF%BD -->'],
])('the marker of %j', (tag, expected) => {
  expect(marker(tag)).toBe(expected);
});

test('is short for a long tag, and another for each', () => {
  expect(marker('x'.repeat(5_000)).length).toBeLessThan(120);
  expect(marker('x'.repeat(5_000))).not.toBe(marker('x'.repeat(5_001)));
});

test('is one closed comment on one line for any tag, and no other tag starts with it', () => {
  const tag = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(tag, tag, (one, other) => {
      expect(marker(one)).toMatch(/^<!-- deploy-action:[\w%.=]* -->$/);
      if (one !== other) expect(marker(other).startsWith(marker(one))).toBe(false);
    }),
  );
});

test.each(['deploy', 'a:b', '', '-- >', 'x'.repeat(500)])(
  'the retired marker of %j is as long, and no marker',
  (tag) => {
    expect(retiredMarker(tag)).toHaveLength(marker(tag).length);
    expect(retiredMarker(tag)).not.toContain('deploy-action:');
    expect(retiredMarker(tag)).toMatch(/^<!-- deploy-action-[\w%.=]* -->$/);
  },
);
