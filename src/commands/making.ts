import { ActionError } from '../errors.js';
import { isEmpty } from '../plan/change-set/preparing.js';
import type { StackPlan } from '../plan/model.js';
import { changeSetRun, type ChangeSetRequest, type ChangeSetRun, type Prepared } from './change-sets.js';
import { findingsOf, overlaid, rootsToAsk } from './comparing.js';
import type { Context } from './context.js';
import type { Show } from './showing.js';

/** The change sets of a plan, made while it is. */
export interface Making {
  readonly show: Show;
  /** Why the change sets are not worth to be kept. */
  failure(): ActionError | undefined;
  keep(): void;
  /** Deletes what is not kept. */
  discard(): Promise<void>;
}

/** Makes a change set of each root stack that changes, and lets the plan name those that can be executed. */
export function makeChangeSets(request: Omit<ChangeSetRequest, 'source'>, context: Context): Making {
  let run: ChangeSetRun | undefined;
  let prepared: readonly Prepared[] = [];
  return {
    async show(stacks, source) {
      run = changeSetRun({ ...request, source }, context);
      prepared = await run.prepare(rootsToAsk(stacks, source.stacks, 'change-set'));
      await run.discard(prepared.flatMap((one) => (isWaiting(one) ? [] : [one.stack])));
      return { stacks: prepared.reduce(withItsChangeSet, stacks), findings: findingsOf(prepared) };
    },
    failure() {
      const failed = prepared.flatMap((one) => {
        if ('reason' in one) return one.failed ? [`${one.stack.name}: ${one.reason}`] : [];
        const { status, reason = status } = one.answer;
        return isWaiting(one) || isEmpty(one.answer) ? [] : [`${one.stack.name}: ${reason}`];
      });
      if (failed.length === 0) return undefined;
      return new ActionError(
        'plan',
        `no change set that can be executed: ${failed.join('; ')}: mend the cause and prepare again`,
      );
    },
    keep: () => run?.keep(),
    discard: async () => run?.discard(),
  };
}

/** Whether it can be executed. */
function isWaiting(prepared: Prepared): boolean {
  return 'answer' in prepared && prepared.answer.status === 'CREATE_COMPLETE';
}

function withItsChangeSet(stacks: readonly StackPlan[], prepared: Prepared): readonly StackPlan[] {
  if (!('answer' in prepared)) return overlaid(stacks, prepared);
  const { stack: root, answer } = prepared;
  // It fails only for having nothing to do: the templates differ in what CloudFormation does not look at.
  if (isEmpty(answer)) {
    const reason = 'CloudFormation finds nothing to change';
    return overlaid(stacks, { stack: root, reason, failed: false });
  }
  const { id, name, createdAt } = answer;
  const shown = overlaid(stacks, prepared);
  if (!isWaiting(prepared)) return shown;
  const changeSet = { id, name, ...(createdAt === undefined ? {} : { createdAt: createdAt.toISOString() }) };
  return shown.map((stack) => (stack.id === root.id ? { ...stack, changeSet } : stack));
}
