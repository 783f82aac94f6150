import type { Change, NoiseKind, Plan, StackPlan } from '../plan/model.js';
import { code, type Inline, name } from './markdown.js';
import type { Report, ReportTarget, TargetReport } from './model.js';
import { counted } from './text.js';

/** Plans that say the same, and the targets that they are of. */
export interface PlanGroup {
  readonly names: readonly string[];
  readonly plan: Plan;
}

/** What a target is called in this report: its environment, and what else tells it from the others. */
export function targetName(target: ReportTarget, all: readonly ReportTarget[]): string {
  const differs = (of: (one: ReportTarget) => string) => new Set(all.map(of)).size > 1;
  const parts = [target.environment];
  if (differs(({ release }) => release)) parts.push(target.release);
  if (differs(({ region }) => region)) parts.push(target.region);
  return parts.join(' ').trim();
}

export function targetOf(report: TargetReport): ReportTarget {
  return report.kind === 'plan' ? report.plan.target : report.target;
}

/** The report's plans; those of equal fingerprint that show the same changes are one group. */
export function groupPlans(report: Report): PlanGroup[] {
  const targets = report.targets.map(targetOf);
  const groups = new Map<string, { names: string[]; plan: Plan }>();
  for (const target of report.targets) {
    if (target.kind !== 'plan') continue;
    const { plan } = target;
    const name = targetName(plan.target, targets);
    const key = report.targets.length === 1 ? '' : `${plan.fingerprint} ${shown(plan)}`;
    const group = groups.get(key);
    if (group) group.names.push(name);
    else groups.set(key, { names: [name], plan });
  }
  return [...groups.values()];
}

/** A few names, and how many more there are. */
export function nameList(names: readonly string[], most = 3): Inline[] {
  const shownNames = names.slice(0, most).flatMap((name, index) => [...(index > 0 ? [', '] : []), code(name, 60)]);
  return names.length > most ? [...shownNames, ` and ${counted(names.length - most, 'more', 'more')}`] : shownNames;
}

/** Where a stack is: its name, after the targets' where there is more than one group of them. */
export function place(group: PlanGroup, stack: StackPlan, groups: readonly PlanGroup[], limit = 120): Inline[] {
  const own = name(stack.displayName || stack.id, limit);
  return groups.length > 1 ? [...nameList(group.names), ' · ', own] : [own];
}

/** What a reviewer has to look at: not noise, unless it carries a risk or undoes somebody's work all the same. */
export function matters(change: Change): boolean {
  return change.noise === undefined || isGrave(change) || overwrites(change);
}

/** Whether it would overwrite what somebody altered by hand. */
export function overwrites({ drift = [] }: Change): boolean {
  return drift.length > 0;
}

/** Others are affected, access widens or data is lost. */
export function isGrave(change: Pick<Change, 'risk'>): boolean {
  return change.risk === 'address' || change.risk === 'access' || change.risk === 'data-loss';
}

/** Whether a stack has something to look at. */
export function stackChanges({ changes, counts }: StackPlan): boolean {
  // What a change set keeps from happening is told, and is no change.
  if (changes.length > 0) return changes.some((change) => matters(change) && change.action !== 'none');
  return counts.add + counts.update + counts.replace + counts.delete + counts.import > 0;
}

export function hasChanges(plan: Plan): boolean {
  const { stacks } = plan;
  return stacks.some(stackChanges) || (plan.hasChanges && stacks.every(({ changes }) => changes.length === 0));
}

/** `12 asset hashes and 1 order folded`; undefined when nothing is. */
export function noiseNote(stacks: readonly StackPlan[]): string | undefined {
  const kinds = new Map<NoiseKind, number>();
  for (const { noise } of stacks.flatMap(({ changes }) => changes.filter((change) => !matters(change)))) {
    if (noise !== undefined) kinds.set(noise, (kinds.get(noise) ?? 0) + 1);
  }
  if (kinds.size === 0) return undefined;
  return `${[...kinds].map(([kind, count]) => counted(count, ...NOISE[kind])).join(', ')} folded`;
}

export const NOISE: Readonly<Record<NoiseKind, readonly [one: string, many: string]>> = {
  'asset-hash': ['asset hash', 'asset hashes'],
  metadata: ['change of metadata', 'changes of metadata'],
  order: ['change of order', 'changes of order'],
  'policy-equal': ['equal policy', 'equal policies'],
};

function shown({ stacks, findings, hasChanges: changed }: Plan): string {
  const seen = stacks.map(({ id, risk, counts, changes, notes }) => ({ id, risk, counts, changes, notes }));
  return JSON.stringify([changed, seen, findings]);
}
