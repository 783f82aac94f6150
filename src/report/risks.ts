import type { Action, Change, PropertyChange, Risk, StackPlan } from '../plan/model.js';
import { RISKS } from '../plan/model.js';
import { type Section, tableSection } from './budget.js';
import { isGrave, matters, overwrites, place, type PlanGroup } from './groups.js';
import { bold, type Cell, code, heading, type Inline, LINE, prose, type Row } from './markdown.js';
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
    head: ['What', 'Where', 'Why', 'Before → after'],
    items: hurts(groups),
    row: ({ group, stack, change }, limit): Row => [
      whatCell(change, limit),
      place(group, stack, groups, limit),
      whyCell(change, limit),
      valuesCell(change, limit),
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
  return [bold(actionWord(change)), ' ', code(change.path ?? change.logicalId, limit), LINE, code(kind, limit)];
}

function whyCell(change: Change, limit: number): Cell {
  const texts = change.reasons.slice(0, 3).map(({ text }) => prose(text, limit * 2));
  const more = change.reasons.length > 3 ? [[`and ${change.reasons.length - 3} more`]] : [];
  const reasons = [...texts, ...more].flatMap((text, index) => [...(index > 0 ? [LINE] : []), ...text]);
  const told = isGrave(change)
    ? [bold(RISK_WORDS[change.risk]), ...(reasons.length > 0 ? [': ', ...reasons] : [])]
    : reasons;
  const drift = driftCell(change, limit);
  return [...told, ...(told.length > 0 && drift.length > 0 ? [LINE] : []), ...drift];
}

/** What somebody altered by hand and this overwrites. */
function driftCell({ drift = [] }: Change, limit: number): Inline[] {
  if (drift.length === 0) return [];
  const lines = drift
    .filter(({ path }) => path !== '')
    .slice(0, 2)
    .map(({ path, actual }) => [code(path, limit), ' is ', code(shownValue(actual), limit), ' now']);
  const more = drift.length > 2 ? [[`and ${drift.length - 2} more`]] : [];
  return [bold('altered by hand'), ...[...lines, ...more].flatMap((line) => [LINE, ...line])];
}

function valuesCell(change: Change, limit: number): Cell {
  const replacing = change.properties.filter(({ replacement }) => replacement !== 'never');
  const relevant = replacing.length > 0 ? replacing : change.properties;
  const lines = relevant.slice(0, 2).map((property) => valueLine(property, limit));
  const policy = change.deletionPolicy;
  if (policy && policy.before !== policy.after) {
    lines.push(valueLine({ path: 'DeletionPolicy', before: policy.before, after: policy.after }, limit));
  }
  if (relevant.length > 2) lines.push([`and ${relevant.length - 2} more`]);
  return lines.flatMap((line, index) => [...(index > 0 ? [LINE] : []), ...line]);
}

function valueLine(
  { path, before, after }: Pick<PropertyChange, 'path' | 'before' | 'after'>,
  limit: number,
): Inline[] {
  return [code(path, limit), ': ', code(shownValue(before), limit), ' → ', code(shownValue(after), limit)];
}
