import { expect, test } from 'vitest';
import type { Lifted } from '../../src/plan/model.js';
import { COMMENT_BUDGET, renderComment } from '../../src/report/comment.js';
import { liftedLines } from '../../src/report/lifted.js';
import { renderSummary } from '../../src/report/summary.js';
import { aPlan, aReport, planOf, RISKY_STACK } from './fixtures.js';
import { html } from './parse.js';

const byLabel: Lifted = {
  ...{ gate: 'data-loss', changes: ['app: Table (AWS::DynamoDB::Table) is deleted'], by: 'mona' },
  exception: { kind: 'label', value: 'accept' },
};
const plan = (lifted: readonly Lifted[]) => aPlan({ stacks: [RISKY_STACK], lifted });
const summary = (...all: readonly (readonly Lifted[])[]) =>
  renderSummary(aReport(...all.map((lifted) => planOf(plan(lifted))))).markdown;

test('a label says who, and pings nobody', () => {
  expect(summary([byLabel])).toContain(
    '- data-loss gate lifted by `@mona` through label `accept`, for 1 change; app: Table `(AWS::DynamoDB::Table)` is deleted',
  );
});

test('an exception says which, and changes beyond three are counted', () => {
  const changes = ['a', 'b', 'c', 'd', 'e'];
  expect(summary([{ gate: 'delete', changes, exception: { kind: 'id', value: 'Jobs' } }])).toContain(
    '- delete gate lifted by the exception for id `Jobs`, for 5 changes; a; b; c; and 2 more',
  );
});

test('beyond ten they are counted', () => {
  const many = Array.from({ length: 13 }, () => byLabel);
  expect(summary(many)).toContain('… and 3 more of these.');
  expect(summary(many).match(/gate lifted/g)).toHaveLength(10);
});

test.each(['</details>', '@everyone', '<img src=x>', '`'.repeat(9), '-->', '\u202e', 'a\nb\n\n# c', '\ud800'])(
  '%j stays text, within the budget',
  (hostile) => {
    const lifted = Array.from({ length: 40 }, () => ({
      ...{ gate: 'delete', changes: Array.from({ length: 9 }, () => hostile.repeat(500)), by: hostile },
      exception: { kind: 'label', value: hostile } as const,
    }));
    const { markdown } = renderComment(aReport(planOf(plan(lifted))), { summaryUrl: 'https://x', keepPlans: true });
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(COMMENT_BUDGET);
    expect(html(markdown)).not.toMatch(/<img src=x>|<h1>/);
    expect(liftedLines(lifted).every((line) => !/[\n\u202e]/.test(line))).toBe(true);
  },
);

test('what was said of the review stands in the report of a deployment', () => {
  const target = { environment: 'prod', release: 'app', version: '', region: 'eu-west-1' };
  const notes = ['Reviewed on #7, approved by mona.'];
  const { markdown } = renderSummary(aReport({ kind: 'deployment', target, stacks: [], notes }));
  expect(markdown).toContain('- Reviewed on `#7,` approved by mona.');
});
