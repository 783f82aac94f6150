import { describe, expect, test } from 'vitest';
import { fitSections, type Section, tableSection } from '../../src/report/budget.js';
import { bytes } from '../../src/report/text.js';

function section(title: string, rows: number, width = 10): Section {
  return tableSection({
    title: `### ${title}`,
    head: ['A'],
    items: Array.from({ length: rows }, (_, index) => index),
    row: (item, limit) => [[`${item}`.padEnd(Math.min(width, limit), 'x')]],
    beyond: (count) => `and ${count} more ${title}`,
  });
}

const size = (parts: readonly string[]) => parts.reduce((sum, part) => sum + bytes(part) + 2, 0);
const rows = (markdown: string | undefined) =>
  (markdown ?? '').split('\n').filter((line) => /^\| \d/.test(line)).length;

describe('sections in a budget', () => {
  test('are whole when there is room, in a row after their head', () => {
    expect(fitSections([section('one', 2)], 1_000)).toEqual([
      '### one\n\n| A |\n| - |\n| 0xxxxxxxxx |\n| 1xxxxxxxxx |',
    ]);
  });

  test('leave out nothing but the empty', () => {
    expect(fitSections([section('none', 0)], 1_000)).toEqual([]);
  });

  test('say exactly how many rows are beyond', () => {
    const parts = fitSections([section('one', 250)], 1_000);
    expect(size(parts)).toBeLessThanOrEqual(1_000);
    expect(rows(parts[0])).toBeGreaterThan(50);
    expect(parts[0]).toMatch(new RegExp(`and ${250 - rows(parts[0])} more one$`));
  });

  test('take the tight form before they lose a row', () => {
    const [part] = fitSections([section('one', 10, 120)], 700);
    expect(rows(part)).toBe(10);
    expect(part).not.toContain('more one');
  });

  test('stay roomy with many rows as long as they fit, and are not written twice when they cannot', () => {
    const [roomy] = fitSections([section('one', 250, 100)], 30_000);
    expect([rows(roomy), roomy?.includes('x'.repeat(90))]).toEqual([250, true]);
    let written = 0;
    const counting = tableSection({
      title: '',
      head: ['A'],
      items: Array.from({ length: 10_000 }, (_, index) => index),
      row: (_, limit) => {
        written += limit === 120 ? 1 : 0;
        return [['x'.repeat(limit)]];
      },
      beyond: String,
    });
    fitSections([counting], 60_000);
    expect(written).toBe(100);
  });

  test('give what one leaves over to the other', () => {
    const parts = fitSections([section('large', 60), section('small', 1)], 1_200);
    expect(parts.map(rows)).toEqual([60, 1]);
  });

  test('have a fair share when all are too large', () => {
    const parts = fitSections([section('one', 500), section('two', 500)], 2_000);
    expect(size(parts)).toBeLessThanOrEqual(2_000);
    expect(parts.map(rows).every((count) => count > 40)).toBe(true);
  });

  test('say only their number when not even one row fits', () => {
    expect(fitSections([section('one', 500)], 20)).toEqual(['and 500 more one']);
  });
});
