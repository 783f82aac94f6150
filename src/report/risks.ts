import type { Action, Change, PropertyChange, Risk, StackPlan } from '../plan/model.js';
import { RISKS } from '../plan/model.js';
import { type Section, tableSection } from './budget.js';
import { isGrave, matters, overwrites, place, type PlanGroup } from './groups.js';
import { bold, type Cell, heading, LINE, name, prose, type Row } from './markdown.js';
import { shownValue } from './text.js';

/** A change that could hurt, and where it is. */
export interface Hurt {
  readonly group: PlanGroup;
  readonly stack: StackPlan;
  readonly change: Change;
}

/** How a change is said in one word or two. */
export function actionWord({ action, conditional }: Pick<Change, 'action' | 'conditional'>): string {
  return action === 'replace' && conditional === true ? 'may replace' : ACTION_WORDS[action];
}

export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  none: 'none',
  add: 'add',
  update: 'update',
  address: 'address',
  access: 'access',
  'data-loss': 'data loss',
};

export const riskRank = (risk: Risk): number => RISKS.indexOf(risk);

/** Everything that is destroyed, replaced, opened or lost, the worst first. */
export function hurts(groups: readonly PlanGroup[]): Hurt[] {
  return groups
    .flatMap((group) =>
      group.plan.stacks.flatMap((stack) => stack.changes.filter(couldHurt).map((change) => ({ group, stack, change }))),
    )
    .sort((a, b) => riskRank(b.change.risk) - riskRank(a.change.risk));
}

export function riskSection(groups: readonly PlanGroup[], beyond: (what: string) => string): Section {
  return tableSection({
    title: heading(3, 'What could hurt'),
    // Two columns, because more of them do not fit on a phone, nor on a desk with the paths that constructs have.
    head: ['What, and where', 'Why, and before → after'],
    items: hurts(groups),
    row: ({ group, stack, change }, limit): Row => [
      [...whatCell(change, limit), LINE, 'in ', ...place(group, stack, groups, limit)],
      lines([...whyLines(change, limit), ...valueLines(change, limit)]),
    ],
    beyond: (count) => beyond(`${count.toLocaleString('en-US')} more of what could hurt`),
  });
}

const ACTION_WORDS: Readonly<Record<Action, string>> = {
  none: 'keep',
  add: 'add',
  update: 'update',
  replace: 'replace',
  delete: 'delete',
  import: 'import',
};

function couldHurt(change: Change): boolean {
  const destructive = change.subject === 'resource' && (change.action === 'delete' || change.action === 'replace');
  return isGrave(change) || (destructive && matters(change)) || overwrites(change);
}

function whatCell(change: Change, limit: number): Cell {
  const kind = change.type ?? change.subject;
  return [bold(actionWord(change)), ' ', name(change.path ?? change.logicalId, limit), LINE, name(kind, limit)];
}

function whyLines(change: Change, limit: number): readonly Cell[] {
  const texts = change.reasons.slice(0, 3).map(({ text }) => prose(text, limit * 2, name));
  const reasons = [...texts, ...(change.reasons.length > 3 ? [[`and ${change.reasons.length - 3} more`]] : [])];
  if (!isGrave(change)) return [...reasons, ...driftLines(change, limit)];
  const [first = [], ...others] = reasons;
  const worst = [bold(RISK_WORDS[change.risk]), ...(first.length > 0 ? [': ', ...first] : [])];
  return [worst, ...others, ...driftLines(change, limit)];
}

/** What somebody altered by hand and this overwrites. */
function driftLines({ drift = [] }: Change, limit: number): readonly Cell[] {
  if (drift.length === 0) return [];
  const altered = drift
    .filter(({ path }) => path !== '')
    .slice(0, 2)
    .map(({ path, actual }) => [name(path, limit), ' is ', name(shownValue(actual), limit), ' now']);
  return [[bold('altered by hand')], ...altered, ...(drift.length > 2 ? [[`and ${drift.length - 2} more`]] : [])];
}

function valueLines(change: Change, limit: number): readonly Cell[] {
  const replacing = change.properties.filter(({ replacement }) => replacement !== 'never');
  const relevant = replacing.length > 0 ? replacing : change.properties;
  const values = relevant.slice(0, 2).map((property) => valueLine(property, limit));
  const policy = change.deletionPolicy;
  if (policy && policy.before !== policy.after) {
    values.push(valueLine({ path: 'DeletionPolicy', before: policy.before, after: policy.after }, limit));
  }
  return [...values, ...(relevant.length > 2 ? [[`and ${relevant.length - 2} more`]] : [])];
}

function valueLine({ path, before, after }: Pick<PropertyChange, 'path' | 'before' | 'after'>, limit: number): Cell {
  return [name(path, limit), ': ', name(shownValue(before), limit), ' → ', name(shownValue(after), limit)];
}

function lines(cells: readonly Cell[]): Cell {
  return cells.flatMap((cell, index) => [...(index > 0 ? [LINE] : []), ...cell]);
}
