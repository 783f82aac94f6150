import type { StackPlan } from '../plan/model.js';
import { hasChanges, isGrave, matters, nameList, type PlanGroup, stackChanges } from './groups.js';
import { fence, heading, paragraph } from './markdown.js';
import { actionWord, RISK_WORDS } from './risks.js';
import { counted, cutMiddle, oneLine } from './text.js';

/** Boxes that can still be read on a page. */
const MOST_NODES = 50;

/** Mermaid refuses a drawing of more than 500 arrows or 50,000 characters (`maxEdges`, `maxTextSize`). */
const MOST_EDGES = 200;
const MOST_CHARACTERS = 45_000;

/** Plans that are drawn; more of them tell more from less. */
const MOST_PICTURES = 3;

/** Replaced and deleted resources that a box names. */
const NAMED = 2;

/**
 * Mermaid drawings of waves and stacks: what goes before what, what is nested in what, and in words what is replaced or
 * deleted. Empty where there is one stack and nothing is.
 */
export function pictures(groups: readonly PlanGroup[]): string {
  const worth = groups.filter(({ plan }) => hasChanges(plan) && (plan.stacks.length > 1 || plan.stacks.some(destroys)));
  const drawn = worth.slice(0, MOST_PICTURES).flatMap((group) => {
    const drawing = draw(group.plan.stacks);
    if (drawing === undefined) return [];
    return [...(groups.length > 1 ? [paragraph(...nameList(group.names), ':')] : []), drawing];
  });
  if (drawn.length === 0) return '';
  const beyond = worth.length - MOST_PICTURES;
  const more = beyond > 0 ? [paragraph(`${counted(beyond, 'more plan')} without a picture.`)] : [];
  return [heading(3, 'Order of deployment'), ...drawn, ...more].join('\n\n');
}

function draw(all: readonly StackPlan[]): string | undefined {
  const stacks = all.length > MOST_NODES ? chosen(all) : all;
  if (stacks.length === 0) return undefined;
  const edges = edgesOf(stacks);
  const shown = edges.slice(0, MOST_EDGES);
  const full = flowchart(stacks, shown, { limit: 40, named: NAMED });
  const text = full.length <= MOST_CHARACTERS ? full : flowchart(stacks, shown, { limit: 24, named: 0 });
  const missing = [
    ...(all.length > stacks.length ? [counted(all.length - stacks.length, 'more stack')] : []),
    ...(edges.length > shown.length ? [counted(edges.length - shown.length, 'more arrow')] : []),
  ];
  const note =
    missing.length > 0 ? [paragraph(`… and ${missing.join(' and ')} that found no room in the picture.`)] : [];
  return [fence('mermaid', text), ...note].join('\n\n');
}

/** Of many stacks those that destroy or lose something, then what stands next to them; else those that change. */
function chosen(stacks: readonly StackPlan[]): readonly StackPlan[] {
  const grave = stacks.filter((stack) => destroys(stack) || stack.risk === 'data-loss');
  const ids = new Set(grave.map(({ id }) => id));
  const named = new Set(
    grave.flatMap(({ dependsOn, parent }) => [...dependsOn, ...(parent === undefined ? [] : [parent])]),
  );
  const near = stacks.filter(
    ({ id, dependsOn, parent = '' }) => named.has(id) || ids.has(parent) || dependsOn.some((one) => ids.has(one)),
  );
  const wanted = grave.length > 0 ? [...grave, ...near] : stacks.filter(stackChanges);
  const kept = new Set([...new Set(wanted)].slice(0, MOST_NODES));
  return stacks.filter((stack) => kept.has(stack));
}

interface Edge {
  readonly from: StackPlan;
  readonly to: StackPlan;
  readonly nested: boolean;
}

function edgesOf(stacks: readonly StackPlan[]): readonly Edge[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  return stacks.flatMap((to) => {
    const parent = to.parent === undefined ? undefined : byId.get(to.parent);
    const needed = [...new Set(to.dependsOn)].flatMap((id) => byId.get(id) ?? []);
    return [
      ...(parent === undefined ? [] : [{ from: parent, to, nested: true }]),
      ...needed.map((from) => ({ from, to, nested: false })),
    ].filter(({ from }) => from !== to);
  });
}

interface Detail {
  /** UTF-16 units of a name. */
  readonly limit: number;
  /** Resources named in a box. */
  readonly named: number;
}

/** What is written: waves, boxes and arrows under ids of our own, and every foreign word in an escaped label. */
function flowchart(stacks: readonly StackPlan[], edges: readonly Edge[], detail: Detail): string {
  const ids = new Map(stacks.map((stack, index) => [stack, `s${index + 1}`]));
  const waves = [...new Set(stacks.map(({ wave }) => wave))].sort((left, right) => left - right);
  return [
    'flowchart TD',
    ...waves.flatMap((wave, index) => [
      `  subgraph w${index + 1}["Wave ${wave}"]`,
      ...stacks
        .filter((stack) => stack.wave === wave)
        .map((stack) => `    ${ids.get(stack) ?? ''}["${linesOf(stack, detail).join('<br/>')}"]`),
      '  end',
    ]),
    ...edges.map(({ from, to, nested }) => `  ${ids.get(from) ?? ''} ${arrow(from, nested)} ${ids.get(to) ?? ''}`),
  ].join('\n');
}

/** A nested stack hangs on its parent; a stack that waits for one which destroys something is told so. */
function arrow(from: StackPlan, nested: boolean): string {
  if (nested) return '-.-';
  return destroys(from) ? '-->|"replaces or deletes"|' : '-->';
}

function linesOf(stack: StackPlan, { limit, named }: Detail): string[] {
  const numbers = (['add', 'update', 'replace', 'delete', 'import'] as const)
    .filter((action) => stack.counts[action] > 0)
    .map((action) => `${stack.counts[action]} ${action}`);
  const changes = numbers.length > 0 ? numbers.join(', ') : stackChanges(stack) ? 'changes' : 'no changes';
  const destroyed = stack.changes.filter(
    (change) => change.subject === 'resource' && matters(change) && /^(?:replace|delete)$/.test(change.action),
  );
  return [
    label(stack.displayName || stack.id, limit),
    changes,
    ...(isGrave(stack) ? [`risk: ${RISK_WORDS[stack.risk]}`] : []),
    ...destroyed
      .slice(0, named)
      .map((change) => `${actionWord(change)} ${label(change.path ?? change.logicalId, limit)}`),
  ];
}

function destroys({ counts }: StackPlan): boolean {
  return counts.replace > 0 || counts.delete > 0;
}

/**
 * A name as Mermaid's label, all but letters and digits as numbered entities: a quote would end the label, `%%` begins a
 * comment, and what looks like Markdown (`1. x`) would be read as such.
 */
function label(text: string, limit: number): string {
  const name = cutMiddle(oneLine(text), limit) || '(empty)';
  return name.replace(/[^\p{L}\p{M}\p{N} _,]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
