import { expect, test } from 'vitest';
import { renderSummary, SUMMARY_BUDGET } from '../../src/report/summary.js';
import { aChange, aPlan, aReport, aStack, planOf } from './fixtures.js';

test('has no marker, lists what is folded, and holds what a comment cannot', () => {
  const changes = [aChange(), aChange({ noise: 'asset-hash', path: 'webapp/Other' })];
  const text = 'x'.repeat(200_000);
  const { markdown, dropped } = renderSummary(aReport(planOf(aPlan({ stacks: [aStack({ changes, text })] }))));
  expect(markdown).not.toContain('<!--');
  expect(markdown).toContain('folded: webapp/Other');
  expect(markdown).toContain(text);
  expect(dropped).toEqual([]);
});

test('stays within its own limit and says where the rest is', () => {
  const text = 'x'.repeat(2_000_000);
  const stacks = [aStack({ changes: [aChange()], text })];
  const { markdown, dropped } = renderSummary(aReport(planOf(aPlan({ stacks }))));
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(SUMMARY_BUDGET);
  expect(dropped).toEqual(['cdk diff of webapp']);
  expect(markdown).toContain('Left out for want of room: `cdk diff of webapp`, in the plan file and the log.');
});
