import { messageOf } from '../errors.js';
import type { ChangeSets } from '../ports.js';
import type { Context } from './context.js';
import { sessionsOn, type Way } from './sessions.js';
import { asStackRole, type StackRole } from './stack-roles.js';

/** A change set of ours that may be there. */
export interface Leftover {
  /** CloudFormation's name of the stack. */
  readonly stack: string;
  readonly changeSet: string;
  /** There was no stack before: it goes with its change set. */
  readonly isNew: boolean;
  readonly role?: StackRole;
}

interface Remembered {
  readonly way: Way;
  readonly leftovers: readonly Leftover[];
}

/** What is remembered for the post step; empty when there is nothing to delete. */
export function remembered(way: Way, leftovers: readonly Leftover[]): string {
  return leftovers.length === 0 ? '' : JSON.stringify({ way, leftovers } satisfies Remembered);
}

/**
 * Deletes a change set of ours, and the stack that was made for it alone.
 * @throws ActionError `aws` when CloudFormation keeps it
 */
export async function deleteLeftover({ stack, changeSet, isNew }: Leftover, sets: ChangeSets): Promise<void> {
  await sets.delete({ changeSet, stack });
  if (isNew) await sets.deleteUncreated(stack);
}

/**
 * For the post step: deletes the change sets that a job which was cancelled has left. One that cannot be deleted is told,
 * and does not keep the others.
 * @param state what was saved under `CHANGE_SETS_STATE`
 * @returns the names of the stacks that were cleaned
 */
export async function deleteLeftovers(
  state: string,
  context: Pick<Context, 'ports' | 'env'>,
): Promise<readonly string[]> {
  if (state === '') return [];
  // Written by the main step of this same action, into a file that only its own post step is given.
  const { way, leftovers } = JSON.parse(state) as Remembered;
  const { ports } = context;
  const aws = await ports.aws();
  const session = way.hops.length === 0 ? undefined : sessionsOn(way, aws, context);
  const cleaned: string[] = [];
  for (const leftover of leftovers) {
    try {
      const place = { region: way.region, purpose: 'change' } as const;
      const credentials = await asStackRole(leftover.role, place, aws, session, context);
      await deleteLeftover(leftover, aws.changeSets(way.region, credentials));
      cleaned.push(leftover.stack);
    } catch (error) {
      ports.runner.warning(`change set ${leftover.changeSet} of ${leftover.stack} is left: ${messageOf(error)}`);
    }
  }
  return cleaned;
}
