import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diffArgs } from '../cdk/args.js';
import { selectorOf } from '../cdk/assembly/select.js';
import { diffByStack, firstCause, forLog } from '../cdk/output.js';
import { ActionError } from '../errors.js';
import type { DiffInputs } from '../inputs.js';
import { isGateWord, tripped } from '../plan/gates.js';
import { maskPlan } from '../plan/mask.js';
import type { Plan } from '../plan/model.js';
import { planLines } from '../report/terminal.js';
import type { Outcome } from '../run.js';
import { withAccess, withAccount, type Access } from './access.js';
import { runApp } from './app.js';
import type { Context } from './context.js';
import { makePlanOf } from './planning.js';
import { reporting, type Reporting } from './reporting.js';
import { openGiven, takeSynthesised, type Source } from './source.js';
import { findTarget, type Found } from './target.js';

/** Shows what a deployment would change: the plan as a file, its report as comment and summary. */
export async function diff(inputs: DiffInputs, context: Context): Promise<Outcome> {
  const found = findTarget(inputs, context);
  const report = reporting(inputs, found, context);
  return report.orFailure('diff', () =>
    withAccess({ inputs, target: found.target, purpose: 'plan' }, context, async (access) => {
      const plan = await planOf(inputs, found, withAccount(access), context);
      return conclude(plan, inputs, found, report, context);
    }),
  );
}

interface Planned {
  readonly plan: Plan;
  readonly source: Source;
}

async function planOf(
  inputs: DiffInputs,
  found: Found,
  access: Access & { readonly account: string },
  context: Context,
): Promise<Planned> {
  const { source, output } = inputs.assembly
    ? await diffGiven(inputs, found, access, context)
    : await diffApp(inputs, found, access, context);
  const names = new Map(
    source.stacks.flatMap((stack) => {
      const selector = selectorOf(stack);
      const shown = [stack.id, stack.displayName, selector, `${selector} (${stack.name})`, stack.name];
      return shown.map((name) => [name, stack.id] as const);
    }),
  );
  const texts = diffByStack(output, names);
  const { target, origin } = found;
  const plan = await makePlanOf({ target, access, source, origin, texts }, context);
  return { plan: maskPlan(plan, context.ports.runner.secrets()), source };
}

interface Diffed {
  readonly source: Source;
  /** What `cdk diff` printed. */
  readonly output: string;
}

/** Synthesis and diff in one run of the CLI: it starts once, and the assembly that it leaves is the one it showed. */
async function diffApp(inputs: DiffInputs, found: Found, access: Access, context: Context): Promise<Diffed> {
  const { resolution, target } = found;
  const folder = path.join(context.place.temp, 'cdk.out');
  const { result, cli } = await runApp(
    {
      inputs,
      resolution,
      target,
      access,
      args: ({ command, skipBuild }) =>
        diffArgs({
          ...(command === undefined ? {} : { app: command }),
          skipBuild,
          output: folder,
          stacks: target.app.stacks,
          method: inputs.diffMethod,
          extra: inputs.cdkArgs,
        }),
    },
    context,
  );
  return { source: await takeSynthesised(folder, cli, target, access, context), output: result.stdout };
}

async function diffGiven(
  inputs: DiffInputs,
  { target }: Found,
  access: Access & { readonly account: string },
  context: Context,
): Promise<Diffed> {
  const { exec, runner } = context.ports;
  const source = await openGiven(inputs, target, access, context);
  const args = diffArgs({
    app: source.assembly.folder,
    stacks: source.stacks.map(selectorOf),
    method: inputs.diffMethod,
    extra: inputs.cdkArgs,
  });
  const result = await runner.group('cdk diff', () =>
    exec.run(source.cli.program, args, {
      cwd: context.place.temp,
      env: access.env,
      onLine: (line) => {
        runner.info(forLog(line));
      },
    }),
  );
  if (result.exitCode !== 0) {
    throw new ActionError('cdk', `cdk diff failed: ${firstCause(result.stdout, result.stderr)}`);
  }
  return { source, output: result.stdout };
}

async function conclude(
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
