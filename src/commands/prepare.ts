import { ActionError } from '../errors.js';
import type { PrepareInputs } from '../inputs.js';
import type { Outcome } from '../outputs.js';
import { isEmpty } from '../plan/change-set/preparing.js';
import type { StackPlan } from '../plan/model.js';
import { withAccess, withAccount, type Known } from './access.js';
import { changeSetRun, type ChangeSetRun, type Prepared } from './change-sets.js';
import { findingsOf, overlaid, rootsToAsk } from './comparing.js';
import type { Context } from './context.js';
import { prepareDiffed } from './diff.js';
import { reporting } from './reporting.js';
import { conclude, planOf, type Show } from './showing.js';
import { findTarget } from './target.js';

/** Makes a change set for each stack that changes and leaves it for `deploy`: the plan says what it does, and its ARN. */
export async function prepare(inputs: PrepareInputs, context: Context): Promise<Outcome> {
  const found = findTarget(inputs, context);
  const report = reporting(inputs, found, context);
  return report.orFailure('prepare', async () => {
    const diffWith = await prepareDiffed(inputs, found, context);
    return withAccess({ inputs, target: found.target, purpose: 'deploy' }, context, async (open) => {
      const access = withAccount(open);
      const making = makeChangeSets(inputs, access, context);
      try {
        const planned = await planOf(await diffWith(access), { found, access, inputs, show: making.show }, context);
        const outcome = await conclude(planned, inputs, found, report, context);
        const failure = making.failure() ?? outcome.failure;
        if (failure === undefined) making.keep();
        return failure === undefined ? outcome : { outputs: { ...outcome.outputs, result: 'failure' }, failure };
      } finally {
        await making.discard();
      }
    });
  });
}

interface Making {
  readonly show: Show;
  /** Why the change sets are not worth to be kept. */
  failure(): ActionError | undefined;
  keep(): void;
  /** Deletes what is not kept. */
  discard(): Promise<void>;
}

function makeChangeSets(inputs: PrepareInputs, access: Known, context: Context): Making {
  const { concurrency, toolkitStackName, cdkArgs } = inputs;
  let run: ChangeSetRun | undefined;
  let prepared: readonly Prepared[] = [];
  return {
    async show(stacks, source) {
      run = changeSetRun({ source, access, concurrency, toolkitStackName, cdkArgs }, context);
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
