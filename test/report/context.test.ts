import { describe, expect, test } from 'vitest';
import type { ContextDiff } from '../../src/plan/model.js';
import { renderComment } from '../../src/report/comment.js';
import { renderSummary } from '../../src/report/summary.js';
import { aChange, aPlan, aReport, aStack, planOf } from './fixtures.js';
import { html } from './parse.js';

const BASE = 'c0ffee0123456789c0ffee0123456789c0ffee01';
const SUMMARY_URL = 'https://github.com/acme/shop/actions/runs/42';
const DIFF: ContextDiff = {
  base: BASE,
  changes: [
    { key: 'deployment:eks:users.0', before: 'a', after: 'b' },
    { key: 'gone', before: { nested: [] } },
    { key: 'new', after: null },
  ],
};
const stacks = [aStack({ changes: [aChange()] })];
const comment = (...targets: Parameters<typeof aReport>) =>
  renderComment(aReport(...targets), { summaryUrl: SUMMARY_URL }).markdown;

describe('what changes in the context', () => {
  test('is a fold in comment and summary', () => {
    const report = aReport(planOf(aPlan({ stacks, context: DIFF })));
    for (const { markdown } of [renderComment(report, { summaryUrl: SUMMARY_URL }), renderSummary(report)]) {
      expect(markdown).toContain(`<summary><code>context</code> 3 values changed since c0ffee0</summary>

| Key | Before | After |
| - | - | - |
| \`deployment:eks:users.0\` | \`a\` | \`b\` |
| \`gone\` | \`{"nested":[]}\` | \`(none)\` |
| \`new\` | \`(none)\` | \`null\` |

</details>`);
    }
  });

  test('is not spoken of when it is not known or the same', () => {
    expect(comment(planOf(aPlan({ stacks })))).not.toContain('context');
  });

  test('is shown where no stack changes', () => {
    const markdown = comment(planOf(aPlan({ stacks: [aStack()], context: DIFF })));
    expect(markdown).toContain('No changes for `production`.');
    expect(markdown).toContain('3 values changed');
  });

  test('says why the base could not be compared with', () => {
    const note = "the base's context cannot be rendered: {{x}} has no value";
    const markdown = comment(planOf(aPlan({ stacks, context: { base: BASE, changes: [], note } })));
    expect(markdown).toContain('<code>context</code> not compared with c0ffee0');
    expect(html(markdown)).toContain('<code>{{x}}</code> has no value');
  });

  test('of targets in which it is the same is one fold that names them', () => {
    const other = { ...DIFF, changes: DIFF.changes.slice(1), more: 7 };
    const markdown = comment(
      planOf(aPlan({ stacks, context: DIFF })),
      planOf(aPlan({ stacks, context: DIFF }, 'prototype')),
      planOf(aPlan({ stacks, context: other }, 'sandbox')),
    );
    expect([...markdown.matchAll(/<code>(context[^<]*)</g)].map(([, name]) => name)).toEqual([
      'context (production, prototype)',
      'context (sandbox)',
    ]);
    expect(markdown).toContain('9 values changed since');
    expect(markdown).toContain('… and 7 more values.');
  });

  test('keeps its first values where there is no room for all, and says so', () => {
    const changes = Array.from({ length: 500 }, (_, index) => ({ key: `k${index}`, after: 'x'.repeat(400) }));
    const report = aReport(planOf(aPlan({ stacks, context: { base: BASE, changes } })));
    const { markdown, dropped } = renderComment(report, { summaryUrl: SUMMARY_URL });
    expect(dropped).toEqual(['part of context']);
    expect(markdown).toContain('`k19`');
    expect(markdown).not.toContain('`k20`');
    expect(markdown).toContain('… and 480 more values.');
  });
});
