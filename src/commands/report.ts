import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ActionError } from '../errors.js';
import type { ReportCommandInputs } from '../inputs.js';
import { eventFrom } from '../environment/event.js';
import { RISKS, type Plan } from '../plan/model.js';
import { parsePlan } from '../plan/schema.js';
import type { Outcome } from '../outputs.js';
import type { Context } from './context.js';
import { planFiles } from './plan-files.js';
import { reporting } from './reporting.js';

/** Plans are small; a file as large as this is none, and would only fill the memory. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Makes one report of the plans of many jobs. */
export async function report(inputs: ReportCommandInputs, context: Context): Promise<Outcome> {
  const { sha, headSha } = eventFrom(context.env, context.payload);
  const files = planFiles(inputs.plans, context.place.workspace);
  const plans = files
    .map((file) => readPlan(file, context))
    .sort((a, b) => a.target.id.localeCompare(b.target.id, 'en'));
  const changed = plans.some(({ hasChanges }) => hasChanges);
  const url = await reporting(inputs, { commit: headSha ?? sha }, context).write(
    plans.map((plan) => ({ kind: 'plan', plan }) as const),
    changed,
  );
  const worst = RISKS.findLast((risk) => plans.some((plan) => plan.risk === risk)) ?? 'none';
  return {
    outputs: {
      'has-changes': changed,
      risk: worst,
      'comment-url': url ?? '',
      result: changed ? 'success' : 'no-changes',
    },
  };
}

function readPlan(file: string, context: Context): Plan {
  const name = path.relative(context.place.workspace, file);
  if (statSync(file).size > MAX_BYTES) {
    throw new ActionError('plan', `${name} is larger than ${MAX_BYTES / 1024 / 1024} MiB: it is no plan`);
  }
  return parsePlan(readFileSync(file, 'utf8'), name);
}
