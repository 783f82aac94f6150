import { knowsChangeSets } from '../cdk/args.js';
import type { AssemblyStack } from '../cdk/assembly/model.js';
import { ActionError } from '../errors.js';
import type { DiffMethod } from '../input-types.js';
import { validationFindings, withChangeSet } from '../plan/change-set/overlay.js';
import { notPrepared } from '../plan/change-set/preparing.js';
import type { Finding, StackPlan } from '../plan/model.js';
import { changeSetRun, type ChangeSetRequest, type Prepared } from './change-sets.js';
import type { Context } from './context.js';

/** Stacks as a reader is to see them. */
export interface Shown {
  readonly stacks: readonly StackPlan[];
  /** What CloudFormation's validation before a deployment found. */
  readonly findings: readonly Finding[];
}

/** The stacks as CloudFormation itself says they will change, where it is to be asked. Leaves nothing behind. */
export async function askedOfCloudFormation(
  stacks: readonly StackPlan[],
  method: Exclude<DiffMethod, 'template'>,
  request: ChangeSetRequest,
  context: Context,
): Promise<Shown> {
  const asIs = { stacks, findings: [] };
  const roots = rootsToAsk(stacks, request.source.stacks, method);
  if (roots.length === 0) return asIs;
  const { cli } = request.source;
  if (method === 'auto' && !knowsChangeSets(cli.version)) {
    context.ports.runner.notice(`the CLI ${cli.version} is too old for change sets: the templates are compared`);
    return asIs;
  }
  const run = changeSetRun(request, context);
  try {
    const prepared = await run.prepare(roots);
    if (method !== 'auto') mustBeMade(prepared);
    return { stacks: prepared.reduce(overlaid, stacks), findings: findingsOf(prepared) };
  } finally {
    await run.discard();
  }
}

/** Root stacks with a change in them or below, and for `smart` with one that may or may not be a replacement. */
export function rootsToAsk(
  stacks: readonly StackPlan[],
  roots: readonly AssemblyStack[],
  method: Exclude<DiffMethod, 'template'>,
): readonly AssemblyStack[] {
  const isOpen = ({ changes }: StackPlan): boolean =>
    changes.some(({ action, conditional }) => (method === 'smart' ? conditional === true : action !== 'none'));
  return roots.filter((root) => stacks.some((stack) => isWithin(stack, root) && isOpen(stack)));
}

/** Whether a stack is a root, or nested in it. */
export function isWithin({ id }: StackPlan, root: { readonly id: string }): boolean {
  return id === root.id || id.startsWith(`${root.id}/`);
}

/** What a change set says of a root and the stacks nested in it, or a note why there is none. */
export function overlaid(stacks: readonly StackPlan[], prepared: Prepared): readonly StackPlan[] {
  const { id } = prepared.stack;
  if ('answer' in prepared) return withChangeSet(stacks, id, prepared.answer);
  const note = notPrepared(prepared.reason);
  return stacks.map((stack) => (stack.id === id ? { ...stack, notes: [...stack.notes, note] } : stack));
}

/** What validation found in the stacks of which a change set was made. */
export function findingsOf(prepared: readonly Prepared[]): readonly Finding[] {
  return prepared.flatMap((one) => ('answer' in one ? validationFindings(one.stack.id, one.answer) : []));
}

function mustBeMade(prepared: readonly Prepared[]): void {
  const failed = prepared.flatMap((one) => ('reason' in one && one.failed ? [`${one.stack.id}: ${one.reason}`] : []));
  if (failed.length === 0) return;
  throw new ActionError(
    'cdk',
    `no change set could be made of ${failed.join('; ')}: give the role what it lacks, or use diff-method template`,
  );
}
