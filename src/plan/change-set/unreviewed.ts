import { isDoubt } from '../costs.js';
import type { Change, StackPlan } from '../model.js';
import { isBookkeeping } from '../noise.js';
import type { ChangeSetAnswer, ChangeSetResource } from './answer.js';
import { explanations, type Explained } from './explained.js';
import { inWords, isLookedAt, NESTED_STACK, outcomeOf, silence, type Outcome } from './outcome.js';
import { logicalIdOf } from './overlay.js';
import { isGenerated, isQuiet, titleOf } from './quiet.js';
import { isKeptFrom, neverRecreates } from './known.js';

/**
 * What a change set would do beyond the plan that was reviewed, a line each; empty when it does the same. Nested stacks
 * are followed to any depth as far as the answer has them; without that, the nested stack's own entry has to do.
 */
export function unreviewed(reviewed: readonly StackPlan[], rootId: string, answer: ChangeSetAnswer): readonly string[] {
  const root = reviewed.find(({ id }) => id === rootId);
  if (root === undefined) return [`${rootId}: was not reviewed`];
  const tagged = root.changes.some(({ subject }) => subject === 'tag');

  const visit = (id: string, told: ChangeSetAnswer, parameters: Explained): readonly string[] => {
    const silent = silence(told);
    if (silent !== undefined) return [`${id}: the change set ${silent}`];
    const stack = reviewed.find((one) => one.id === id);
    const children = reviewed.filter(({ parent }) => parent === id);
    const explained = explanations(stack, told, { tagged, parameters, children });
    return [
      ...stackLines(id, stack, told, explained),
      ...Object.entries(told.nested ?? {}).flatMap(([logicalId, nested]) =>
        visit(`${id}/${logicalId}`, nested, explained.handedTo(logicalId)),
      ),
      ...(stack === undefined ? [] : children.flatMap((child) => leftOut(child, stack, told, visit))),
    ];
  };
  return visit(rootId, answer, { has: () => false });
}

/** Whatever was reviewed of a nested stack that the change set does not touch. */
function leftOut(
  child: StackPlan,
  parent: StackPlan,
  told: ChangeSetAnswer,
  visit: (id: string, told: ChangeSetAnswer, parameters: Explained) => readonly string[],
): readonly string[] {
  const id = logicalIdOf(child, parent);
  const listed = told.nested?.[id] !== undefined || told.changes.some(({ logicalId }) => logicalId === id);
  return listed ? [] : visit(child.id, { ...told, changes: [], nested: {} }, { has: () => false });
}

function stackLines(
  id: string,
  stack: StackPlan | undefined,
  told: ChangeSetAnswer,
  explained: Explained,
): readonly string[] {
  const known = new Map(
    (stack?.changes ?? []).filter(({ subject }) => subject === 'resource').map((one) => [one.logicalId, one]),
  );
  const listed = new Set(told.changes.map(({ logicalId }) => logicalId));
  const beyond = told.changes.flatMap((resource) => {
    const line = lineOf(known.get(resource.logicalId), resource, explained);
    return line === undefined ? [] : [`${id}: ${line}`];
  });
  const missing = [...known.values()]
    .filter((change) => !listed.has(change.logicalId) && isExpected(change))
    .map((change) => `${id}: reviewed, but would not happen: ${inWords(change)} ${titleOf(change)}`);
  return [...beyond, ...missing];
}

/** Whether CloudFormation has something to do for a reviewed change, so that it must be in the change set. */
function isExpected(change: Change): boolean {
  const { action, noise, properties, reasons } = change;
  if (action === 'none' || noise !== undefined || isQuiet(change) || isGenerated(change)) return false;
  // Told from a replacement that others may follow, or from a condition that may hold: it may as well not happen.
  const perhaps = properties.length > 0 && properties.every(({ cause }) => cause === 'reference');
  return !perhaps && !reasons.some(isDoubt);
}

function lineOf(known: Change | undefined, resource: ChangeSetResource, explained: Explained): string | undefined {
  const outcome = outcomeOf(resource);
  const title = `${known?.path ?? resource.logicalId} (${resource.type})`;
  const is = outcome === undefined ? 'not known before it runs:' : inWords(outcome);
  const other = (): string =>
    known === undefined || known.action === 'none' || known.noise !== undefined
      ? `not reviewed: ${is} ${title}`
      : `reviewed as ${inWords(known)} ${titleOf(known)}, now ${is} ${title}`;

  // The CDK's own book-keeping is no resource of anybody's.
  if (outcome?.action === 'none' || isBookkeeping('resource', '', { Type: resource.type })) return undefined;
  if (outcome === undefined) {
    const nested = resource.type === NESTED_STACK && known !== undefined && known.action !== 'none';
    return nested ? undefined : other();
  }
  if (known !== undefined && known.type !== resource.type && known.type !== undefined) return other();
  if (!isReviewed(known, resource, outcome, explained)) return other();
  const lost = known !== undefined && isKeptFrom(known, resource, outcome);
  return lost ? `reviewed as kept, now deleted: ${title}` : undefined;
}

function isReviewed(
  known: Change | undefined,
  resource: ChangeSetResource,
  outcome: Outcome,
  explained: Explained,
): boolean {
  const doubted = known?.reasons.some(isDoubt) === true;
  switch (outcome.action) {
    case 'add':
    case 'delete':
      return known?.action === outcome.action || doubted;
    case 'import':
      return known?.action === 'import';
    case 'replace':
      if (known?.action === 'replace') return true;
      if (!outcome.conditional) return false;
      return isTouched(known) ? neverRecreates(resource, known) : explained.has(resource.logicalId);
    case 'update':
      return isTouched(known) || isLookedAt(resource) || explained.has(resource.logicalId);
    case 'none':
      return true;
  }
}

/** Whether the plan has a change of something that stays; what is folded is there as well. */
function isTouched(known: Change | undefined): known is Change {
  if (known === undefined) return false;
  return (
    known.action === 'update' || known.action === 'replace' || (known.action === 'none' && known.noise !== undefined)
  );
}
