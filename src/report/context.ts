import type { ContextDiff } from '../plan/model.js';
import type { Fold } from './folds.js';
import { targetName, targetOf } from './groups.js';
import { code, fold, paragraph, prose, type Row, tableLines } from './markdown.js';
import type { Report } from './model.js';
import { riskRank } from './risks.js';
import { counted, shownValue } from './text.js';

/** Rows that stay when there is no room for all. */
const FEW = 20;

/** What a pull request changes in the rendered context; targets in which it is the same share a fold. */
export function contextFolds(report: Report): Fold[] {
  const all = report.targets.map(targetOf);
  const alike = new Map<string, { names: string[]; diff: ContextDiff }>();
  for (const target of report.targets) {
    if (target.kind !== 'plan' || target.plan.context === undefined) continue;
    const { context: diff } = target.plan;
    const key = JSON.stringify(diff);
    const name = targetName(target.plan.target, all);
    const known = alike.get(key);
    if (known) known.names.push(name);
    else alike.set(key, { names: [name], diff });
  }
  return [...alike.values()].map(({ names, diff }) => {
    const name = all.length > 1 ? `context (${names.slice(0, 3).join(', ')})` : 'context';
    const render = (rows: number, limit: number) => () => fold(name, summaryOf(diff), body(diff, rows, limit));
    return {
      name,
      rank: riskRank('add'),
      variants: [
        { render: render(diff.changes.length, 500) },
        { leavesOut: `part of ${name}`, render: render(FEW, 120) },
      ],
    };
  });
}

function summaryOf({ base, changes, more = 0, note }: ContextDiff): string {
  // A plan file may say anything, and this stands outside of code.
  const commit = /^[0-9a-f]{7,}$/.test(base) ? base.slice(0, 7) : 'the base';
  if (note !== undefined) return `not compared with ${commit}`;
  return `${counted(changes.length + more, 'value')} changed since ${commit}`;
}

function body({ changes, more = 0, note }: ContextDiff, most: number, limit: number): string {
  const shown = changes.slice(0, most);
  const rows = shown.map((change): Row => [
    [code(change.key, limit)],
    [code(shownValue(change.before), limit)],
    [code(shownValue(change.after), limit)],
  ]);
  const beyond = changes.length - shown.length + more;
  return [
    ...(note === undefined ? [] : [paragraph(...prose(note, 1_000))]),
    ...(rows.length === 0 ? [] : [tableLines(['Key', 'Before', 'After'], rows).join('\n')]),
    ...(beyond > 0 ? [paragraph(`… and ${counted(beyond, 'more value')}.`)] : []),
  ].join('\n\n');
}
