import { type Section, tableSection } from './budget.js';
import type { Fold } from './folds.js';
import { targetName, targetOf } from './groups.js';
import { bold, type Cell, code, fold, heading, LINE, type Row, tableLines } from './markdown.js';
import type { Report, StackOutcome } from './model.js';
import { counted, duration } from './text.js';

interface DeployedStack {
  readonly target: string;
  readonly stack: StackOutcome;
}

/** Outputs that stand in the table; a stack with more has a fold for all of them. */
const INLINE_OUTPUTS = 3;

export function deploymentSection(report: Report, beyond: (what: string) => string): Section {
  const items = deployedStacks(report);
  const several = report.targets.length > 1;
  return tableSection({
    title: heading(3, 'Deployment'),
    head: [...(several ? ['Target'] : []), 'Stack', 'Result', 'Duration', 'Outputs'],
    items,
    row: ({ target, stack }, limit): Row => [
      ...(several ? [[code(target, limit)]] : []),
      [code(stack.id, limit)],
      resultCell(stack),
      [duration(stack.seconds)],
      outputsCell(stack, limit),
    ],
    beyond: (count) => beyond(counted(count, 'more stack')),
  });
}

/** The outputs that had no place in the table. */
export function outputFolds(report: Report): Fold[] {
  return deployedStacks(report)
    .filter(({ stack }) => Object.keys(stack.outputs).length > INLINE_OUTPUTS)
    .map(({ target, stack }) => {
      const name = report.targets.length > 1 ? `${stack.id} (${target})` : stack.id;
      const rows = Object.entries(stack.outputs).map(([key, value]): Row => [[code(key)], [code(value, 1_000)]]);
      const note = counted(rows.length, 'output');
      const render = () => fold(name, note, tableLines(['Output', 'Value'], rows).join('\n'));
      return { name: `outputs of ${name}`, rank: 0, variants: [{ render }] };
    });
}

function deployedStacks(report: Report): DeployedStack[] {
  const all = report.targets.map(targetOf);
  return report.targets.flatMap((target) =>
    target.kind === 'deployment'
      ? target.stacks.map((stack) => ({ target: targetName(target.target, all), stack }))
      : [],
  );
}

function resultCell({ result, status }: StackOutcome): Cell {
  const word = result.replace('-', ' ');
  if (result !== 'failed') return [word];
  return [bold(word), ...(status === undefined ? [] : [' ', code(status, 60)])];
}

function outputsCell({ outputs }: StackOutcome, limit: number): Cell {
  const entries = Object.entries(outputs);
  if (entries.length > INLINE_OUTPUTS) return [`${entries.length}, below`];
  return entries.flatMap(([key, value], index) => [
    ...(index > 0 ? [LINE] : []),
    code(key, limit),
    ': ',
    code(value, limit),
  ]);
}
