import { canonicalJson, digestOf } from '../canonical.js';
import { countsOf } from '../counts.js';
import { byText } from '../json.js';
import type { Change, StackPlan } from '../model.js';
import { worst, worstFirst } from '../risk.js';
import type { ChangeSetAnswer } from './answer.js';
import { outputsThatStay } from './outputs.js';
import { inWords, isLookedAt, isOnlyTagged, outcomeOf, silence } from './outcome.js';
import { isGenerated, isQuiet, titleOf } from './quiet.js';
import { overlaidResource } from './resource.js';
import { validationNotes } from './validation.js';

export { validationFindings } from './validation.js';

/**
 * The plans of a root stack and of what is nested in it, corrected by their change set. It is exact where the comparison
 * of templates has to guess; where the two disagree it wins, and the stack's notes say so. Other stacks are left alone, and
 * so are nested ones of which the change set says nothing.
 */
export function withChangeSet(
  stacks: readonly StackPlan[],
  rootId: string,
  answer: ChangeSetAnswer,
): readonly StackPlan[] {
  const root = stacks.find(({ id }) => id === rootId);
  if (root === undefined) return stacks;
  const tagged = root.changes.some(({ subject }) => subject === 'tag');
  const overlaid = new Map<string, StackPlan>();
  const added = new Map<string, StackPlan[]>();

  const visit = (stack: StackPlan, told: ChangeSetAnswer): void => {
    const next = overlaidStack(stack, told, tagged);
    overlaid.set(stack.id, next);
    if (next.method !== 'change-set') return;
    const children = stacks.filter(({ parent }) => parent === stack.id);
    for (const child of children) {
      const nested = told.nested?.[logicalIdOf(child, stack)] ?? untouched(child, stack, told);
      if (nested !== undefined) visit(child, nested);
    }
    const known = new Set(children.map((child) => logicalIdOf(child, stack)));
    const unseen = Object.entries(told.nested ?? {}).filter(([id]) => !known.has(id));
    for (const [id, nested] of unseen.sort(([left], [right]) => byText(left, right))) {
      const child = unseenStack(stack, id, nested);
      added.set(rootId, [...(added.get(rootId) ?? []), child]);
      visit(child, nested);
    }
  };
  visit(root, answer);
  return stacks.flatMap((stack) => {
    const later = stack.id === rootId ? (added.get(rootId) ?? []) : [];
    return [overlaid.get(stack.id) ?? stack, ...later.map((child) => overlaid.get(child.id) ?? child)];
  });
}

/** A stack's id within its parent: the logical id of the nested stack. */
export function logicalIdOf(child: Pick<StackPlan, 'id'>, parent: Pick<StackPlan, 'id'>): string {
  return child.id.slice(parent.id.length + 1);
}

/** A nested stack that its parent's change set does not list stays as it is. */
function untouched(child: StackPlan, parent: StackPlan, told: ChangeSetAnswer): ChangeSetAnswer | undefined {
  const id = logicalIdOf(child, parent);
  if (told.changes.some(({ logicalId }) => logicalId === id)) return undefined;
  return { ...told, stackName: child.name, changes: [], nested: {}, validation: [] };
}

/** A nested stack that no template shows: a macro has made it. */
function unseenStack(parent: StackPlan, logicalId: string, { stackName, stackId }: ChangeSetAnswer): StackPlan {
  const { account, region, wave } = parent;
  return {
    ...{ id: `${parent.id}/${logicalId}`, displayName: `${parent.displayName}/${logicalId}`, name: stackName },
    ...{ account, region, parent: parent.id, wave, dependsOn: [] },
    ...(stackId !== '' && parent.status !== undefined && { status: parent.status }),
    template: { after: digestOf(canonicalJson({})) },
    ...{ assets: [], risk: 'none', counts: countsOf([]), changes: [], notes: ['the templates do not show this stack'] },
  };
}

function overlaidStack(stack: StackPlan, answer: ChangeSetAnswer, tagged: boolean): StackPlan {
  const silent = silence(answer);
  const validation = validationNotes(answer);
  if (silent !== undefined) {
    const note = `the change set ${silent}; what is shown is told from the templates`;
    return { ...stack, method: 'template', notes: [...stack.notes, note, ...validation] };
  }
  const { changes, notes } = overlaidChanges(stack, answer, tagged);
  return {
    ...stack,
    method: 'change-set',
    risk: worst(changes.map(({ risk }) => risk)),
    counts: countsOf(changes),
    changes,
    notes: [...stack.notes, ...notes, ...validation],
  };
}

interface Told {
  readonly changes: readonly Change[];
  readonly notes: readonly string[];
}

function overlaidChanges(stack: StackPlan, answer: ChangeSetAnswer, tagged: boolean): Told {
  const known = new Map(
    stack.changes.filter(({ subject }) => subject === 'resource').map((one) => [one.logicalId, one]),
  );
  const listed = new Map(answer.changes.map((resource) => [resource.logicalId, resource]));
  const notes: string[] = [];

  const told = [...listed.values()].flatMap((resource): readonly Change[] => {
    const plan = known.get(resource.logicalId);
    // Told by the change of the tag, or by the nested stack's own entry.
    if (plan === undefined && ((tagged && isOnlyTagged(resource)) || isLookedAt(resource))) return [];
    const outcome = outcomeOf(resource) ?? {
      action: plan?.action ?? 'replace',
      conditional: plan?.conditional ?? true,
    };
    const { change, disagrees } = overlaidResource(plan, resource, outcome, stack);
    if (outcomeOf(resource) === undefined) {
      notes.push(`${titleOf(change)}: CloudFormation decides only when it runs what becomes of it`);
    } else if (disagrees) {
      const templates = plan === undefined ? 'no change' : inWords(plan);
      notes.push(`${titleOf(change)}: the change set says ${inWords(outcome)}, the templates ${templates}`);
    }
    return [change];
  });
  const rest = [...known.values()]
    .filter(({ logicalId }) => !listed.has(logicalId))
    .map((change) => {
      if (change.noise !== undefined || change.action === 'none' || isQuiet(change)) return change;
      notes.push(
        isGenerated(change)
          ? `${titleOf(change)}: what it becomes stands under names of its own`
          : `${titleOf(change)}: the change set says no change, the templates ${inWords(change)}`,
      );
      return undone(change);
    });
  const resources = [...told, ...rest];
  const others = stack.changes.filter(({ subject }) => subject !== 'resource');
  const stays = outputsThatStay(others, resources);
  const changes = [...resources, ...others.map((change) => (stays.has(change) ? undone(change) : change))];
  return { changes: changes.sort(worstFirst), notes: notes.sort(byText) };
}

/** What the templates say and does not happen: it is shown, and costs nothing. */
function undone(change: Change): Change {
  return {
    ...change,
    action: 'none',
    risk: 'none',
    reasons: [],
    properties: change.properties.map((property) => ({ ...property, replacement: 'never' })),
    ...(change.conditional === true && { conditional: false }),
  };
}
