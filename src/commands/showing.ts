import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { selectorOf } from '../cdk/assembly/select.js';
import { diffByStack } from '../cdk/output.js';
import { ActionError } from '../errors.js';
import type { DiffInputs, PlanInputs, PrepareInputs } from '../inputs.js';
import { maskPlan } from '../plan/mask.js';
import type { Plan, StackPlan } from '../plan/model.js';
import { planLines } from '../report/terminal.js';
import type { Outcome } from '../outputs.js';
import type { Known } from './access.js';
import { withContextDiff } from './base-context.js';
import { checkPlan } from './checking.js';
import { failingFindings, withFindings } from './checks.js';
import type { Shown } from './comparing.js';
import type { Context } from './context.js';
import { markDrift, wantsDrift } from './drifting.js';
import { gate } from './gating.js';
import { makePlanOf, planStacks } from './planning.js';
import type { Reporting } from './reporting.js';
import type { Diffed, Source } from './source.js';
import type { Found } from './target.js';
// For its own sake: the report is written next, and its code comes along with this.
import './writing.js';

export interface Planned {
  readonly plan: Plan;
  readonly source: Source;
}

export interface PlanRequest {
  readonly found: Found;
  readonly access: Known;
  readonly inputs: Pick<PlanInputs, 'drift' | 'failOn'>;
  /** @default as the templates say */
  readonly show: Show | undefined;
}

/** Gives the stacks as a reader is to see them, from what the templates say. */
export type Show = (stacks: readonly StackPlan[], source: Source) => Promise<Shown>;

/** The plan of what was compared. Deployed stacks are read while a given assembly is still being compared. */
export async function planOf(
  { source, output }: Diffed,
  { found, access, inputs, show }: PlanRequest,
  context: Context,
): Promise<Planned> {
  const names = new Map(
    source.stacks.flatMap((stack) => {
      const selector = selectorOf(stack);
      const shown = [stack.id, stack.displayName, selector, `${selector} (${stack.name})`, stack.name];
      return shown.map((name) => [name, stack.id] as const);
    }),
  );
  const { target, origin, resolution } = found;
  const [stacks, text] = await Promise.all([planStacks(source, access), output]);
  const shown: Shown = show === undefined ? { stacks, findings: [] } : await show(stacks, source);
  const marked = wantsDrift(inputs, found) ? await markDrift(shown.stacks, source, access, context) : shown.stacks;
  const texts = diffByStack(text, names);
  const plan = makePlanOf(
    {
      target,
      account: access.account,
      source,
      origin,
      resolution,
      stacks,
      shown: marked.map((stack) => withText(stack, texts)),
      findings: shown.findings,
    },
    context,
  );
  return { plan: maskPlan(plan, context.ports.runner.secrets()), source };
}

function withText(stack: StackPlan, texts: ReadonlyMap<string, string>): StackPlan {
  const text = texts.get(stack.id);
  return text === undefined ? stack : { ...stack, text };
}

/** Writes the plan and its report, and fails when a gate is tripped or a check found an error. */
export async function conclude(
  { plan: bare, source }: Planned,
  inputs: DiffInputs | PrepareInputs,
  found: Found,
  report: Reporting,
  context: Context,
): Promise<Outcome> {
  const made = await withContextDiff({ plan: bare, inputs, found }, context);
  const gated = await gate(made, inputs, found, context);
  const unchecked = gated.lifted.length === 0 ? made : { ...made, lifted: gated.lifted };
  const file = writePlan(unchecked, inputs, found, context);
  for (const line of planLines(unchecked)) context.ports.runner.info(line);
  const plan = await withFindings({ plan: unchecked, file, inputs, found }, context);
  if (plan !== unchecked) writePlan(plan, inputs, found, context);
  const url = await report.write([{ kind: 'plan', plan }], plan.hasChanges || plan.findings.length > 0);
  const failure = together(gated.failure, failingFindings(plan));
  await checkPlan(plan, failure !== undefined, inputs, found, context);
  const outputs = {
    ...found.outputs,
    account: plan.target.account,
    assembly: source.archive,
    'assembly-digest': source.digest,
    'has-changes': plan.hasChanges,
    risk: plan.risk,
    fingerprint: plan.fingerprint,
    'plan-file': file,
    'comment-url': url ?? '',
  };
  if (failure !== undefined) return { outputs: { ...outputs, result: 'failure' }, failure };
  return { outputs: { ...outputs, result: plan.hasChanges ? 'success' : 'no-changes' } };
}

/** One error of what a gate stops and what a check found. */
function together(stopped: ActionError | undefined, found: string | undefined): ActionError | undefined {
  if (found === undefined) return stopped;
  if (stopped === undefined) return new ActionError('plan', found);
  return new ActionError(stopped.code, `${stopped.message}; ${found}`);
}

function writePlan(plan: Plan, inputs: PlanInputs, { target }: Found, context: Context): string {
  const { workspace, results } = context.place;
  const file = inputs.planFile ? path.resolve(workspace, inputs.planFile) : path.join(results, target.id, 'plan.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`);
  return file;
}
