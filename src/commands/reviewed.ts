import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ActionError } from '../errors.js';
import type { DeployInputs } from '../inputs.js';
import { disagreements } from '../plan/agreement.js';
import type { Plan } from '../plan/model.js';
import { parsePlan } from '../plan/schema.js';
import { maskPlan } from '../plan/mask.js';
import type { Access } from './access.js';
import type { Context } from './context.js';
import { refuseDifferences } from './differing.js';
import { makePlanOf, planStacks } from './planning.js';
import type { Source } from './source.js';
import type { Found } from './target.js';

/**
 * The plan that was reviewed.
 * @throws ActionError `input` when the file is not there, `plan` when it is none
 */
export function readReviewed(inputs: DeployInputs, context: Context): Plan {
  const file = path.resolve(context.place.workspace, inputs.plan);
  if (!existsSync(file)) throw new ActionError('input', `plan '${inputs.plan}' is not there: download it first`);
  return parsePlan(readFileSync(file, 'utf8'), inputs.plan);
}

/**
 * Holds what would happen now against what was reviewed: the assembly has to be the same, or at least to come to the
 * same plan, and so has the state of every stack.
 * @throws ActionError `plan`, with what differs
 */
export async function checkReviewed(
  reviewed: Plan,
  source: Source,
  { inputs, found, access }: { inputs: DeployInputs; found: Found; access: Access & { readonly account: string } },
  context: Context,
): Promise<void> {
  const { runner } = context.ports;
  if (inputs.assembly && source.digest !== reviewed.assembly.digest) {
    throw new ActionError(
      'plan',
      `the assembly has the digest ${source.digest}, the one that was reviewed ${reviewed.assembly.digest}: ` +
        `give the assembly that the plan was made of, or plan and review anew`,
    );
  }
  const { target, origin, resolution } = found;
  const stacks = await planStacks(source, access);
  const plan = makePlanOf({ target, account: access.account, source, origin, resolution, stacks }, context);
  const differences = disagreements(reviewed, maskPlan(plan, runner.secrets()), resolution.plan?.match ?? 'plan');
  refuseDifferences(differences, runner);
  runner.info(`what would happen is what was reviewed: ${plan.fingerprint}`);
}
