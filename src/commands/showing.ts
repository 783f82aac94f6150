import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { selectorOf } from '../cdk/assembly/select.js';
import { diffByStack } from '../cdk/output.js';
import { ActionError } from '../errors.js';
import type { DiffInputs } from '../inputs.js';
import { isGateWord, tripped } from '../plan/gates.js';
import { maskPlan } from '../plan/mask.js';
import type { Plan, StackPlan } from '../plan/model.js';
import { planLines } from '../report/terminal.js';
import type { Outcome } from '../outputs.js';
import type { Access } from './access.js';
import { checkPlan } from './checking.js';
import type { Context } from './context.js';
import { makePlanOf, planStacks } from './planning.js';
import type { Reporting } from './reporting.js';
import type { Diffed, Source } from './source.js';
import type { Found } from './target.js';
// For its own sake: the report is written next, and its code comes along with this.
import './writing.js';

interface Planned {
  readonly plan: Plan;
  readonly source: Source;
}

/** The plan of what was compared. Deployed stacks are read while a given assembly is still being compared. */
export async function planOf(
  { source, output }: Diffed,
  found: Found,
  access: Access & { readonly account: string },
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
  const texts = diffByStack(text, names);
  const plan = makePlanOf(
    {
      target,
      account: access.account,
      source,
      origin,
      resolution,
      stacks: stacks.map((stack) => withText(stack, texts)),
    },
    context,
  );
  return { plan: maskPlan(plan, context.ports.runner.secrets()), source };
}

function withText(stack: StackPlan, texts: ReadonlyMap<string, string>): StackPlan {
  const text = texts.get(stack.id);
  return text === undefined ? stack : { ...stack, text };
}

/** Writes the plan and its report, and fails when a gate is tripped. */
export async function conclude(
  { plan, source }: Planned,
  inputs: DiffInputs,
  found: Found,
  report: Reporting,
  context: Context,
): Promise<Outcome> {
  const file = writePlan(plan, inputs, found, context);
  for (const line of planLines(plan)) context.ports.runner.info(line);
  const url = await report.write([{ kind: 'plan', plan }], plan.hasChanges);
  const trips = tripped(plan, [...inputs.failOn, ...found.target.gates.filter(isGateWord)]);
  await checkPlan(plan, trips.length > 0, inputs, found, context);
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
  if (trips.length === 0) return { outputs: { ...outputs, result: plan.hasChanges ? 'success' : 'no-changes' } };
  return {
    outputs: { ...outputs, result: 'failure' },
    failure: new ActionError(
      'plan',
      `${trips.map(({ text }) => text).join('; ')}: change the app, or take the word out of fail-on or the ` +
        `environment's gates`,
    ),
  };
}

function writePlan(plan: Plan, inputs: DiffInputs, { target }: Found, context: Context): string {
  const { workspace, results } = context.place;
  const file = inputs.planFile ? path.resolve(workspace, inputs.planFile) : path.join(results, target.id, 'plan.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`);
  return file;
}
