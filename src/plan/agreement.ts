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
    if (is === undefined) return [`${id}: was reviewed, and is not in the app now`];
    if (was === undefined) return [`${id}: is in the app now, and was not reviewed`];
    return changeLines(was, is);
  });
  // Only a path that is ignored now and was not then, or the other way round, leaves nothing to tell.
  return lines.length > 0 ? lines : ['the plans differ in what plan.ignore leaves out: plan anew'];
}

function changeLines(was: StackPlan, is: StackPlan): readonly string[] {
  const [before, after] = [relevant(was), relevant(is)];
  const lines = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [reviewed, now] = [before.get(key), after.get(key)];
    if (reviewed?.text === now?.text) return [];
    if (reviewed === undefined) return [`${is.id}: not reviewed: ${now?.name ?? ''}`];
    if (now === undefined) return [`${is.id}: reviewed, but would not happen: ${reviewed.name}`];
    if (reviewed.name !== now.name) return [`${is.id}: reviewed as ${reviewed.name}, now ${now.name}`];
    return [`${is.id}: other values than reviewed: ${now.name}`];
  });
  const moved = was.template.before !== is.template.before;
  if (!moved || lines.length === 0) return lines;
  return [`${is.id}: the deployed stack was changed after the review`, ...lines];
}

interface Relevant {
  readonly name: string;
  readonly text: string;
}

function relevant(stack: StackPlan): ReadonlyMap<string, Relevant> {
  return new Map(
    stack.changes
      .filter(({ noise }) => noise === undefined)
      .map((change) => [
        `${change.subject}/${change.logicalId}`,
        { name: nameOf(change), text: JSON.stringify([nameOf(change), change.properties]) },
      ]),
  );
}

function nameOf({ action, path, logicalId, type, subject }: Change): string {
  return `${action} ${path ?? logicalId} (${type ?? subject})`;
}
