import { canonicalJson, digestOf } from './canonical.js';
import { same } from './equal.js';
import type { Change, Plan, StackPlan } from './model.js';

/** What has to be equal: the infrastructure, or what is built and put on it as well. */
export type Match = 'plan' | 'plan-and-assets';

/**
 * How what would happen now differs from what was reviewed, a line each; empty when it is the same. The fingerprints
 * decide, the lines explain.
 */
export function disagreements(reviewed: Plan, now: Plan, match: Match): readonly string[] {
  const target = targetLines(reviewed, now);
  if (target.length > 0) return target;
  const lines = reviewed.fingerprint === now.fingerprint ? [] : stackLines(reviewed, now);
  const assets =
    match === 'plan-and-assets' && reviewed.assetFingerprint !== now.assetFingerprint
      ? ['the assets (code, images, files) are others than those that were reviewed']
      : [];
  return [...lines, ...assets];
}

function targetLines(reviewed: Plan, now: Plan): readonly string[] {
  return (['id', 'account', 'region'] as const).flatMap((key) =>
    reviewed.target[key] === now.target[key]
      ? []
      : [`the plan is for ${key} ${reviewed.target[key]}, this is ${key} ${now.target[key]}`],
  );
}

function stackLines(reviewed: Plan, now: Plan): readonly string[] {
  const before = new Map(reviewed.stacks.map((stack) => [stack.id, stack]));
  const after = new Map(now.stacks.map((stack) => [stack.id, stack]));
  const lines = [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)];
    // A nested stack that only a change set shows is in no template.
    if (is === undefined) return shownByTemplates(was) ? [`${id}: was reviewed, and is not in the app now`] : [];
    if (was === undefined) return shownByTemplates(is) ? [`${id}: is in the app now, and was not reviewed`] : [];
    return changeLines(was, is);
  });
  if (lines.length > 0) return lines;
  const told = [...before].flatMap(([id, was]) => templateLines(was, after.get(id)));
  // Only a path that is ignored now and was not then, or the other way round, leaves nothing to tell.
  return told.length > 0 ? told : ['the plans differ in what plan.ignore leaves out: plan anew'];
}

/** What is left to tell where one of the plans is from a change set, so that their changes cannot be held together. */
function templateLines(was: StackPlan, is: StackPlan | undefined): readonly string[] {
  if (is === undefined || !isMixed(was, is)) return [];
  if (was.template.before !== is.template.before) return [`${is.id}: the deployed stack was changed after the review`];
  return was.template.after === is.template.after ? [] : [`${is.id}: its template is another than the reviewed one`];
}

function shownByTemplates(stack: StackPlan | undefined): boolean {
  return stack?.template.after !== NO_TEMPLATE || stack.template.before !== undefined;
}

const NO_TEMPLATE = digestOf(canonicalJson({}));

/** Whether the two were found out in different ways, or by a change set that nobody has now. */
function isMixed(was: StackPlan, is: StackPlan): boolean {
  return was.method === 'change-set' || is.method === 'change-set';
}

function changeLines(was: StackPlan, is: StackPlan): readonly string[] {
  const mixed = isMixed(was, is);
  const [before, after] = [relevant(was, mixed), relevant(is, mixed)];
  const lines = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [reviewed, now] = [before.get(key), after.get(key)];
    if (mixed && isTold(reviewed, now, was, is)) return [];
    if (reviewed !== undefined && now !== undefined && isSame(reviewed, now, mixed)) return [];
    if (reviewed === undefined) return [`${is.id}: not reviewed: ${now?.name ?? ''}`];
    if (now === undefined) return [`${is.id}: reviewed, but would not happen: ${reviewed.name}`];
    if (reviewed.name !== now.name) return [`${is.id}: reviewed as ${reviewed.name}, now ${now.name}`];
    return [`${is.id}: other values than reviewed: ${now.name}`];
  });
  const moved = was.template.before !== is.template.before;
  if (!moved || lines.length === 0) return lines;
  return [`${is.id}: the deployed stack was changed after the review`, ...lines];
}

/**
 * Whether a change of a resource that stands on one side differs only in how it was found out. Equal templates make equal
 * changes; with other ones, what a change set adds by reference, and what it keeps from happening, are no difference.
 */
function isTold(reviewed: Relevant | undefined, now: Relevant | undefined, was: StackPlan, is: StackPlan): boolean {
  const change = (reviewed ?? now)?.change;
  if (change?.subject !== 'resource') return false;
  if (was.template.after === is.template.after && was.template.before === is.template.before) return true;
  if (reviewed !== undefined && now !== undefined) return false;
  const [alone, other] = reviewed === undefined ? [now, was] : [reviewed, is];
  const kept = other.changes.some(
    ({ subject, logicalId, action }) => subject === 'resource' && logicalId === change.logicalId && action === 'none',
  );
  const { properties } = alone?.change ?? change;
  return kept || (properties.length > 0 && properties.every(({ cause }) => cause !== 'direct'));
}

interface Relevant {
  readonly change: Change;
  readonly name: string;
  readonly text: string;
}

function relevant(stack: StackPlan, mixed: boolean): ReadonlyMap<string, Relevant> {
  return new Map(
    stack.changes
      .filter(({ noise, action }) => noise === undefined && !(mixed && action === 'none'))
      .map((change) => [
        `${change.subject}/${change.logicalId}`,
        { change, name: nameOf(change), text: JSON.stringify([nameOf(change), change.properties]) },
      ]),
  );
}

/** Whether two changes are one; where a change set has decided and filled in values, as far as both can know. */
function isSame(left: Relevant, right: Relevant, mixed: boolean): boolean {
  if (left.text === right.text) return true;
  if (!mixed) return false;
  const stays = ({ action }: Change): string =>
    action === 'replace' ? 'update' : action === 'import' ? 'add' : action;
  if (stays(left.change) !== stays(right.change) || left.change.type !== right.change.type) return false;
  const others = new Map(right.change.properties.map((property) => [property.path, property]));
  return left.change.properties.every((property) => {
    const other = others.get(property.path);
    // A change set tells other places of the same resource than a comparison does.
    if (other === undefined) return true;
    return isSameValue(property.before, other.before) && isSameValue(property.after, other.after);
  });
}

/** A value that only CloudFormation can work out stands for any. */
function isSameValue(left: unknown, right: unknown): boolean {
  const open = (value: unknown): boolean => value === undefined || JSON.stringify(value).search(CALL) >= 0;
  return same(left, right) || open(left) || open(right);
}

const CALL = /"(?:Ref|Fn::\w+)":/;

function nameOf({ action, path, logicalId, type, subject }: Change): string {
  return `${action} ${path ?? logicalId} (${type ?? subject})`;
}
