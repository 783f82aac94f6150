import type { Change, DriftMark, PropertyChange } from '../plan/model.js';
import { matters, NOISE } from './groups.js';
import { actionWord, RISK_WORDS } from './risks.js';
import { cutMiddle, oneLine, shownValue } from './text.js';

interface Node {
  readonly children: Map<string, Node>;
  readonly changes: Change[];
}

/** Below this depth the rest of a construct path stays on one line. */
const DEEPEST = 10;

/** First character of a line: what a `diff` fence colours, and what reads well without colours. */
const SIGNS: Readonly<Record<Change['action'], string>> = {
  none: ' ',
  add: '+',
  update: '~',
  replace: '!',
  delete: '-',
  import: '>',
};

/**
 * The changes of a stack as a tree by construct path, with the values that differ; as plain text for a `diff` fence.
 * @param noise whether what is folded is listed, too
 */
export function changeTree(changes: readonly Change[], noise = false): string {
  const root: Node = { children: new Map(), changes: [] };
  for (const change of changes.filter(matters)) insert(root, change);
  const folded = noise ? changes.filter((change) => !matters(change)).map(noiseLine) : [];
  return [...lines(root, 0), ...folded].join('\n');
}

function insert(root: Node, change: Change): void {
  const parts = oneLine(change.path ?? change.logicalId).split('/');
  const path = [...parts.slice(0, DEEPEST), ...(parts.length > DEEPEST ? [parts.slice(DEEPEST).join('/')] : [])];
  let node = root;
  for (const part of path) {
    const next = node.children.get(part) ?? { children: new Map<string, Node>(), changes: [] };
    node.children.set(part, next);
    node = next;
  }
  node.changes.push(change);
}

function lines(node: Node, depth: number): string[] {
  return [...node.children]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([first, child]) => {
      const { name, last } = straight(first, child);
      const own = last.changes.flatMap((change) => changeLines(name, change, depth));
      const head = own.length > 0 ? own : [`  ${indent(depth)}${cutMiddle(name, 200)}`];
      return [...head, ...lines(last, depth + 1)];
    });
}

/** Follows a node with one child and no change of its own, so that `Api/Handler/Resource` takes one line. */
function straight(first: string, child: Node): { name: string; last: Node } {
  let name = first;
  let last = child;
  while (last.changes.length === 0 && last.children.size === 1) {
    for (const [part, next] of last.children) {
      name += `/${part}`;
      last = next;
    }
  }
  return { name, last };
}

function changeLines(name: string, change: Change, depth: number): string[] {
  const kind = change.type ?? change.subject;
  const risk = change.risk === change.action || change.risk === 'none' ? '' : `, risk: ${RISK_WORDS[change.risk]}`;
  const at = change.source === undefined ? '' : ` at ${change.source}`;
  const title = `${cutMiddle(name, 200)}  ${kind}  (${actionWord(change)}${risk})${at}`;
  const details = change.action === 'add' || change.action === 'delete' ? [] : change.properties.map(propertyText);
  const policies = [
    policyText('DeletionPolicy', change.deletionPolicy),
    policyText('UpdateReplacePolicy', change.updateReplacePolicy),
  ].filter((text) => text !== undefined);
  return [
    `${SIGNS[change.action]} ${indent(depth)}${oneLine(title)}`,
    ...[...details, ...policies, ...(change.drift ?? []).map(driftText)].map(
      (text) => `  ${indent(depth + 2)}${oneLine(text)}`,
    ),
  ];
}

function propertyText({ path, before, after, replacement, cause }: PropertyChange): string {
  const notes = [
    ...(replacement === 'always' ? ['forces replacement'] : []),
    ...(replacement === 'conditionally' ? ['may force replacement'] : []),
    ...(cause === 'direct' ? [] : [`through a ${cause}`]),
  ];
  const note = notes.length > 0 ? ` (${notes.join(', ')})` : '';
  return `${cutMiddle(path, 200)}: ${cutMiddle(shownValue(before), 200)} → ${cutMiddle(shownValue(after), 200)}${note}`;
}

function driftText({ path, actual }: DriftMark): string {
  if (path === '') return 'altered by hand: this overwrites it';
  return `altered by hand: ${cutMiddle(path, 200)} is ${cutMiddle(shownValue(actual), 200)} now`;
}

function policyText(name: string, policy: Change['deletionPolicy']): string | undefined {
  if (policy === undefined || policy.before === policy.after) return undefined;
  return `${name}: ${policy.before ?? '(none)'} → ${policy.after ?? '(none)'}`;
}

function noiseLine(change: Change): string {
  const kind = change.noise === undefined ? '' : NOISE[change.noise][0];
  return `  folded: ${oneLine(change.path ?? change.logicalId)}  ${oneLine(change.type ?? change.subject)}  (${kind})`;
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}
