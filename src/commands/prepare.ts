import type { PrepareInputs } from '../inputs.js';
import type { Outcome } from '../outputs.js';
import { withAccess, withAccount } from './access.js';
import type { Context } from './context.js';
import { prepareDiffed } from './diff.js';
import { makeChangeSets } from './making.js';
import { reporting } from './reporting.js';
import { conclude, planOf } from './showing.js';
import { findTarget } from './target.js';

/** Makes a change set for each stack that changes and leaves it for `deploy`: the plan says what it does, and its ARN. */
export async function prepare(inputs: PrepareInputs, context: Context): Promise<Outcome> {
  const found = findTarget(inputs, context);
  const report = reporting(inputs, found, context);
  return report.orFailure('prepare', async () => {
    const diffWith = await prepareDiffed(inputs, found, context);
    return withAccess({ inputs, target: found.target, purpose: 'deploy' }, context, async (open) => {
      const access = withAccount(open);
      const making = makeChangeSets({ ...inputs, access }, context);
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
