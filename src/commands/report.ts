import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ActionError } from '../errors.js';
import type { ReportCommandInputs } from '../inputs.js';
import { eventFrom } from '../environment/event.js';
import { RISKS, type Plan } from '../plan/model.js';
import { parsePlan } from '../plan/schema.js';
import type { Outcome } from '../outputs.js';
import type { Context } from './context.js';
import { runFacts } from './facts.js';
import type { TargetReport } from '../report/model.js';
import { planFiles } from './plan-files.js';
import { reporting } from './reporting.js';

/** Plans are small; a file as large as this is none, and would only fill the memory. */
const MAX_BYTES = 32 * 1024 * 1024;

/** A run that ended before it was known what it is about. */
const NOTHING: TargetReport = {
  kind: 'failure',
  target: { environment: '', release: '', version: '', region: '' },
  command: 'resolve',
  cause: 'no job left a result, and no target was decided: see the first job of the run that failed',
};

/** Makes one report of the plans and results of many jobs. */
export async function report(inputs: ReportCommandInputs, context: Context): Promise<Outcome> {
  const { sha, headSha } = eventFrom(context.env, context.payload);
  const { workspace } = context.place;
  // Without results the plans are all there is, and have to be there.
  const wanted = inputs.plans.length > 0 || inputs.results.length === 0;
  const { plansBeside, readResults, tell } = await import('./results.js');
  const files = [...(wanted ? planFiles(inputs.plans, workspace) : []), ...plansBeside(inputs.results, workspace)];
  const plans = files
    .map((file) => readPlan(file, context))
    .sort((a, b) => a.target.id.localeCompare(b.target.id, 'en'));
  const expected =
    inputs.targets === '' ? undefined : (await import('../environment/targets.js')).parseTargets(inputs.targets);
  const results = readResults(inputs.results, workspace);
  const { lastCommand } = inputs;
  const told = tell(results, plans, { expected, lastCommand, runUrl: runFacts(context).runUrl });

  const reports = told.length === 0 && plans.length === 0 ? [NOTHING] : told.flatMap((one) => one.reports);
  const changed = plans.some(({ hasChanges }) => hasChanges) || reports.some(({ kind }) => kind !== 'plan');
  const url = await reporting(inputs, { commit: headSha ?? sha }, context).write(reports, changed);
  const failed = reports.some(({ kind }) => kind === 'failure') || told.some(({ published }) => published.cause !== '');
  const risks = told.map(({ published }) => published.risk);
  return {
    outputs: {
      'has-changes': changed,
      risk: RISKS.findLast((risk) => risks.includes(risk)) ?? 'none',
      'comment-url': url ?? '',
      results: told.map(({ published }) => published),
      result: failed ? 'failure' : changed ? 'success' : 'no-changes',
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
