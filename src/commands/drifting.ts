import { NOT_YET } from '../aws/deployed.js';
import { messageOf, userError } from '../errors.js';
import type { PlanInputs } from '../inputs.js';
import { withDrift, withUnknownDrift } from '../plan/drift.js';
import type { StackPlan } from '../plan/model.js';
import type { CloudFormation } from '../ports.js';
import type { Access } from './access.js';
import type { Context } from './context.js';
import type { Source } from './source.js';
import type { Found } from './target.js';

/** Whether it is asked what was altered by hand: a gate that is set has to know. */
export function wantsDrift({ drift, failOn }: Pick<PlanInputs, 'drift' | 'failOn'>, { target }: Found): boolean {
  return drift || failOn.includes('drift') || target.gates.includes('drift');
}

/**
 * Marks what was altered by hand in the plans of stacks that are deployed, nested ones too. Where it cannot be found out,
 * the plan says so.
 */
export async function markDrift(
  stacks: readonly StackPlan[],
  source: Source,
  access: Access,
  context: Context,
): Promise<readonly StackPlan[]> {
  const readers = new Map<string, Promise<CloudFormation>>();
  const readerOf = (id: string): Promise<CloudFormation> => {
    const root = source.stacks.find((stack) => stack.id === rootOf(id, stacks));
    if (root === undefined) return Promise.resolve(access.cloudFormation());
    const reader = readers.get(root.id) ?? access.cloudFormationOf(root);
    readers.set(root.id, reader);
    return reader;
  };
  return Promise.all(
    stacks.map(async (stack) => {
      if (stack.status === undefined || stack.status === NOT_YET || stack.name === '') return stack;
      try {
        return withDrift(stack, await (await readerOf(stack.id)).driftOf(stack.name));
      } catch (error) {
        const reason = userError(error)?.message ?? messageOf(error);
        context.ports.runner.debug(`drift of ${stack.id}: ${reason}`);
        return withUnknownDrift(stack, reason);
      }
    }),
  );
}

function rootOf(id: string, stacks: readonly StackPlan[]): string {
  const parent = stacks.find((stack) => stack.id === id)?.parent;
  return parent === undefined ? id : rootOf(parent, stacks);
}
