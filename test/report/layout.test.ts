import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMENT_BUDGET, renderComment } from '../../src/report/comment.js';
import { groupPlans, stackChanges } from '../../src/report/groups.js';
import { marker } from '../../src/report/marker.js';
import type { Report } from '../../src/report/model.js';
import { hurts } from '../../src/report/risks.js';
import { renderSummary, SUMMARY_BUDGET } from '../../src/report/summary.js';
import { hostileReport } from './hostile.js';
import { elements, html, openFolds, outsideCode, rowsUnder } from './parse.js';

/** Fewer than for small properties, and more in a soak all the same. */
const RUNS = fc.readConfigureGlobal().numRuns ?? 100;
const SUMMARY_URL = 'https://github.com/acme/shop/actions/runs/42';
const OURS = /^https:\/\/github\.com\/acme\/shop\//;
const ELEMENTS = [
  ...['a', 'br', 'code', 'details', 'h2', 'h3', 'li', 'p', 'pre', 'strong', 'summary', 'table', 'tbody', 'td', 'th'],
  ...['thead', 'tr', 'ul', 'wbr'],
];

/** Rows of a table and the number of those beyond it, as the report itself says. */
function told(page: string, heading: string, beyond: RegExp): number {
  const number = beyond.exec(page)?.[1] ?? '0';
  return rowsUnder(page, heading) + Number(number.replaceAll(',', ''));
}

function expectSound(markdown: string, report: Report): void {
  const page = html(markdown);
  expect(elements(page).filter((name) => !ELEMENTS.includes(name))).toEqual([]);
  expect(openFolds(page)).toBe(0);
  expect(page.trimEnd().endsWith('<p>the very end</p>')).toBe(true);
  expect([...page.matchAll(/href="([^"]*)"/g)].map(([, url]) => url).filter((url) => !OURS.test(url!))).toEqual([]);
  expect(outsideCode(page.replace(/<a [^>]*>/g, ''))).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\.|```|~~~|\$/);
  expect(markdown).not.toMatch(
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/,
  );
  expect(markdown.isWellFormed()).toBe(true);
  const groups = groupPlans(report);
  expect(told(page, 'What could hurt', /… and ([\d,]+) more of what could hurt/)).toBe(hurts(groups).length);
  const rows = groups.flatMap(({ plan }) => plan.stacks).filter(stackChanges).length;
  expect(told(page, 'Stacks', /… and ([\d,]+) more stacks? with changes/)).toBe(rows);
}

// Reports are large, and to shrink one takes minutes: take `endOnFailure` out to find a small one.
describe('any report, whatever its names and texts hold', () => {
  test('makes a comment within the limit that shows or counts everything and lets nothing out', () => {
    fc.assert(
      fc.property(hostileReport(2_000), (report) => {
        const { markdown } = renderComment(report, { summaryUrl: SUMMARY_URL, footer: 'the very end' });
        expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(COMMENT_BUDGET);
        expect(markdown.startsWith(marker(report.tag))).toBe(true);
        expectSound(markdown, report);
      }),
      { numRuns: Math.ceil(RUNS * 0.4), endOnFailure: true },
    );
  }, 600_000);

  test('of ten thousand changes, too', () => {
    const hostile = hostileReport(24).filter(({ targets }) => targets.every(({ kind }) => kind === 'plan'));
    fc.assert(
      fc.property(hostile, (report) => {
        const [first] = groupPlans(report);
        const changes = first?.plan.stacks.flatMap((stack) => stack.changes) ?? [];
        const all = Array.from({ length: 10_000 }, (_, index) => changes[index % changes.length]!);
        const stacks = first!.plan.stacks.slice(0, 1).map((stack) => ({ ...stack, changes: all }));
        const large = { ...report, targets: [{ kind: 'plan' as const, plan: { ...first!.plan, stacks } }] };
        const comment = renderComment(large, { summaryUrl: SUMMARY_URL, footer: 'the very end' }).markdown;
        const summary = renderSummary(large, { footer: 'the very end' }).markdown;
        expect(comment.length).toBeLessThanOrEqual(COMMENT_BUDGET);
        expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_048_576);
        expectSound(comment, large);
        expectSound(summary, large);
      }),
      { numRuns: Math.ceil(RUNS * 0.04), endOnFailure: true },
    );
  }, 600_000);

  test('makes a summary within the limit that shows or counts everything and lets nothing out', () => {
    fc.assert(
      fc.property(hostileReport(400), (report) => {
        const { markdown } = renderSummary(report, { footer: 'the very end' });
        expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(SUMMARY_BUDGET);
        expectSound(markdown, report);
      }),
      { numRuns: Math.ceil(RUNS * 0.12), endOnFailure: true },
    );
  }, 600_000);
});
