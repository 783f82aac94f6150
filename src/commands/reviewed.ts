import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ActionError } from '../errors.js';
import type { DeployInputs } from '../inputs.js';
import { disagreements } from '../plan/agreement.js';
import type { Plan, StackPlan } from '../plan/model.js';
import { parsePlan } from '../plan/schema.js';
import { maskPlan } from '../plan/mask.js';
import type { Known } from './access.js';
import type { Context } from './context.js';
import type { Deployment } from './deploying.js';
import { deployExactly, refusalOf, type Made } from './exact.js';
import { makePlanOf, planStacks } from './planning.js';
import { readyChangeSets } from './ready.js';
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

/** What a reviewed deployment is about. */
export interface ReviewedRequest {
  readonly inputs: DeployInputs;
  readonly found: Found;
  readonly access: Known;
}

/**
 * Holds what would happen now against what was reviewed, before anything is touched.
 * @returns deploys it: executes the very change sets that are compared with the plan, and nothing else
 * @throws ActionError `plan`, with what differs
 */
export async function holdReviewed(
  reviewed: Plan,
  source: Source,
  request: ReviewedRequest,
  context: Context,
): Promise<() => Promise<Deployment>> {
  const { inputs, access } = request;
  const now = await checkReviewed(reviewed, source, request, context);
  const shared = { source, access, reviewed, now };
  const ready =
    inputs.requireReview === 'change-set' ? await readyChangeSets(shared, context) : new Map<string, Made>();
  return () => deployExactly({ ...shared, ...inputs, ready }, context);
}

/**
 * Holds what would happen now against what was reviewed: the assembly has to be the same, or at least to come to the
 * same plan, and so has the state of every stack.
 * @returns what the templates say now
 * @throws ActionError `plan`, with what differs
 */
async function checkReviewed(
  reviewed: Plan,
  source: Source,
  { inputs, found, access }: ReviewedRequest,
  context: Context,
): Promise<readonly StackPlan[]> {
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
  if (differences.length > 0) throw new ActionError('plan', refusalOf(differences, 'plan and review anew', context));
  runner.info(`what would happen is what was reviewed: ${plan.fingerprint}`);
  return stacks;
}
