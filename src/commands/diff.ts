import { existsSync } from 'node:fs';
import path from 'node:path';
import { diffArgs } from '../cdk/args.js';
import { readAssembly } from '../cdk/assembly/read.js';
import { selectorOf, selectStacks } from '../cdk/assembly/select.js';
import type { AppInputs, AssemblyInputs, CdkInputs, DiffInputs } from '../inputs.js';
import type { Outcome } from '../outputs.js';
import { withAccess, withAccount, type Known } from './access.js';
import { prepareApp } from './app.js';
import type { Context } from './context.js';
import { reporting } from './reporting.js';
import { runCdk, succeeded } from './running.js';
import type { Show } from './showing.js';
import { openGiven, takeSynthesised, type Diffed, type Source } from './source.js';
import { findTarget, type Found } from './target.js';

/** Shows what a deployment would change: the plan as a file, its report as comment and summary. */
export async function diff(inputs: DiffInputs, context: Context): Promise<Outcome> {
  const found = findTarget(inputs, context);
  const report = reporting(inputs, found, context);
  const check = async <T>(body: () => Promise<T>): Promise<T> =>
    inputs.check ? (await import('./checking.js')).checkOrError(inputs, found, context, body) : body();
  const plan = async (): Promise<Outcome> => {
    const diffWith = await prepareDiffed(inputs, found, context);
    return withAccess({ inputs, target: found.target, purpose: 'plan' }, context, async (open) => {
      const access = withAccount(open);
      // Loaded while the CLI runs: what shows a plan is half of this command's code.
      const showing = import('./showing.js');
      const diffed = await diffWith(access);
      const { conclude, planOf } = await showing;
      const show = showWith(inputs, access, context);
      return conclude(await planOf(diffed, { found, access, inputs, show }, context), inputs, found, report, context);
    });
  };
  return report.orFailure('diff', () => check(plan));
}

/** Change sets are loaded only where CloudFormation is to be asked. */
function showWith(inputs: DiffInputs, access: Known, context: Context): Show | undefined {
  const { diffMethod, concurrency, toolkitStackName, cdkArgs } = inputs;
  if (diffMethod === 'template') return undefined;
  return async (stacks, source) => {
    const { askedOfCloudFormation } = await import('./comparing.js');
    const request = { source, access, concurrency, toolkitStackName, cdkArgs };
    return askedOfCloudFormation(stacks, diffMethod, request, context);
  };
}

type DiffedInputs = AppInputs & AssemblyInputs & CdkInputs;

/**
 * What is to be planned, and what `cdk diff` says of it: checks what can be checked without AWS.
 * @returns compares, once there is access
 */
export async function prepareDiffed(
  inputs: DiffedInputs,
  found: Found,
  context: Context,
): Promise<(access: Known) => Promise<Diffed>> {
  return inputs.assembly ? prepareGiven(inputs, found, context) : prepareDiff(inputs, found, context);
}

/** Synthesis and diff in one run of the CLI: it starts once, and the assembly that it leaves is the one it showed. */
function prepareDiff(
  inputs: DiffedInputs,
  { resolution, target }: Found,
  context: Context,
): (access: Known) => Promise<Diffed> {
  const folder = path.join(context.place.temp, 'cdk.out');
  const run = prepareApp(
    {
      inputs,
      resolution,
      target,
      args: ({ command, skipBuild, cliVersion }) =>
        diffArgs({
          ...(command === undefined ? {} : { app: command }),
          skipBuild,
          output: folder,
          stacks: target.app.stacks,
          cliVersion,
          extra: inputs.cdkArgs,
        }),
    },
    context,
  );
  return async (access) => {
    const { result, cli } = await run(access).catch((error: unknown) => {
      // The CLI does not tell which stacks there are.
      if (existsSync(path.join(folder, 'manifest.json'))) selectStacks(readAssembly(folder), target.app.stacks);
      throw error;
    });
    return {
      source: await takeSynthesised(folder, cli, target, access, context),
      output: Promise.resolve(result.stdout),
    };
  };
}

async function prepareGiven(
  inputs: DiffedInputs,
  { target }: Found,
  context: Context,
): Promise<(access: Known) => Promise<Diffed>> {
  const sourceWith = await openGiven(inputs, target, context);
  return async (access) => {
    const source = await sourceWith(access);
    return { source, output: diffGiven(source, inputs, access, context) };
  };
}

async function diffGiven(source: Source, inputs: DiffedInputs, access: Known, context: Context): Promise<string> {
  const { cli } = source;
  const args = diffArgs({
    app: source.assembly.folder,
    stacks: source.stacks.map(selectorOf),
    cliVersion: cli.version,
    extra: inputs.cdkArgs,
  });
  const result = await runCdk({ cli, args, env: access.env, title: 'cdk diff' }, context);
  return succeeded('diff', result).stdout;
}
