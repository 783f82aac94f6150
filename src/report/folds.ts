import type { StackPlan } from '../plan/model.js';
import { cost } from './budget.js';
import { changeWords } from './changes.js';
import { matters, noiseNote, type PlanGroup } from './groups.js';
import { bullets, code, fence, fold, paragraph, prose } from './markdown.js';
import { RISK_WORDS, riskRank } from './risks.js';
import { changeTree } from './tree.js';

/** A fold, in ways to write it from the fullest down; each says what it leaves out. */
export interface Fold {
  readonly name: string;
  /** Higher stays longer. */
  readonly rank: number;
  readonly variants: readonly { readonly leavesOut?: string; readonly render: () => string }[];
}

export interface ChosenFolds {
  readonly markdown: readonly string[];
  /** What found no room, as it is called in the note. */
  readonly dropped: readonly string[];
}

/** The folds of one group's stacks: changes by construct path, then what `cdk diff` said. */
export function stackFolds(group: PlanGroup, groups: readonly PlanGroup[], noise: boolean): Fold[] {
  const changed = changedWithin(group.plan.stacks);
  return group.plan.stacks
    .filter((stack) => changed.has(stack.id) || stack.notes.length > 0 || (noise && stack.changes.length > 0))
    .map((stack) => {
      const own = stack.displayName || stack.id;
      const name = groups.length > 1 ? `${own} (${group.names.slice(0, 3).join(', ')})` : own;
      const body = once(() => stackBody(stack, noise));
      const text =
        changed.has(stack.id) && stack.text
          ? [paragraph(code('cdk diff'), ':'), fence('diff', stack.text.trimEnd())]
          : [];
      const full = () => [body(), ...text].filter(Boolean).join('\n\n');
      const render = (content: () => string) => () => fold(name, summaryOf(stack), content());
      return {
        name,
        rank: riskRank(stack.risk),
        variants: [
          { render: render(full) },
          ...(text.length > 0 && stack.changes.length > 0
            ? [{ leavesOut: `cdk diff of ${name}`, render: render(body) }]
            : []),
        ],
      };
    });
}

/**
 * Puts as many folds as fit into `room` bytes, the riskiest first, and leaves them in the order of the report. One that
 * does not fit gives its room to the next.
 */
export function chooseFolds(folds: readonly Fold[], room: number): ChosenFolds {
  const byRank = folds.map((one, index) => ({ ...one, index })).sort((a, b) => b.rank - a.rank);
  const chosen = new Map<number, string>();
  const dropped: string[] = [];
  let left = room;
  for (const { name, index, variants } of byRank) {
    const fitting = left < SMALLEST ? undefined : firstThatFits(variants, left);
    if (fitting) {
      chosen.set(index, fitting.markdown);
      left -= cost(fitting.markdown);
    }
    const missing = fitting ? fitting.leavesOut : name;
    if (missing !== undefined) dropped.push(missing);
  }
  return { markdown: folds.flatMap((_, index) => chosen.get(index) ?? []), dropped };
}

/** Bytes that a fold takes at least; nothing is rendered for less. */
const SMALLEST = 64;

function firstThatFits(variants: Fold['variants'], room: number): { markdown: string; leavesOut?: string } | undefined {
  for (const { render, leavesOut } of variants) {
    const markdown = render();
    if (cost(markdown) <= room) return { markdown, ...(leavesOut === undefined ? {} : { leavesOut }) };
  }
  return undefined;
}

/** Ids of stacks that change, and of those that hold them, because `cdk diff` tells of a nested stack with its root. */
function changedWithin(stacks: readonly StackPlan[]): Set<string> {
  const parents = new Map(stacks.map(({ id, parent }) => [id, parent]));
  const changed = new Set<string>();
  for (const stack of stacks.filter(({ changes }) => changes.some(matters))) {
    for (let id: string | undefined = stack.id; id !== undefined && !changed.has(id); id = parents.get(id))
      changed.add(id);
  }
  return changed;
}

function stackBody(stack: StackPlan, noise: boolean): string {
  const tree = changeTree(stack.changes, noise);
  return [
    ...(stack.notes.length > 0 ? [bullets(stack.notes.map((note) => prose(note)))] : []),
    ...(tree === '' ? [] : [fence('diff', tree)]),
  ].join('\n\n');
}

function summaryOf(stack: StackPlan): string {
  const risk = riskRank(stack.risk) > riskRank('update') ? [RISK_WORDS[stack.risk]] : [];
  const noise = noiseNote([stack]);
  return [changeWords(stack), ...risk, ...(noise === undefined ? [] : [noise])].filter(Boolean).join(' · ');
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
