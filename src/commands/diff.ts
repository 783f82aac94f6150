import { existsSync } from 'node:fs';
import path from 'node:path';
import { diffArgs } from '../cdk/args.js';
import { readAssembly } from '../cdk/assembly/read.js';
import { selectorOf, selectStacks } from '../cdk/assembly/select.js';
import { firstCause, forLog } from '../cdk/output.js';
import { ActionError } from '../errors.js';
import type { DiffInputs } from '../inputs.js';
import type { Outcome } from '../outputs.js';
import { withAccess, withAccount, type Access } from './access.js';
import { prepareApp } from './app.js';
import type { Context } from './context.js';
import { reporting } from './reporting.js';
import { openGiven, takeSynthesised, type Diffed, type Source } from './source.js';
import { findTarget, type Found } from './target.js';

/** Shows what a deployment would change: the plan as a file, its report as comment and summary. */
export async function diff(inputs: DiffInputs, context: Context): Promise<Outcome> {
  const found = findTarget(inputs, context);
  const report = reporting(inputs, found, context);
  const check = async <T>(body: () => Promise<T>): Promise<T> =>
    inputs.check ? (await import('./checking.js')).checkOrError(inputs, found, context, body) : body();
  const plan = async (): Promise<Outcome> => {
    const diffWith = inputs.assembly ? await prepareGiven(inputs, found, context) : prepareDiff(inputs, found, context);
    return withAccess({ inputs, target: found.target, purpose: 'plan' }, context, async (open) => {
      const access = withAccount(open);
      // Loaded while the CLI runs: what shows a plan is half of this command's code.
      const showing = import('./showing.js');
      const diffed = await diffWith(access);
      const { conclude, planOf } = await showing;
      return conclude(await planOf(diffed, found, access, context), inputs, found, report, context);
    });
  };
  return report.orFailure('diff', () => check(plan));
}

type Known = Access & { readonly account: string };

/** Synthesis and diff in one run of the CLI: it starts once, and the assembly that it leaves is the one it showed. */
function prepareDiff(
  inputs: DiffInputs,
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
          method: inputs.diffMethod,
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
  inputs: DiffInputs,
  { target }: Found,
  context: Context,
): Promise<(access: Known) => Promise<Diffed>> {
  const sourceWith = await openGiven(inputs, target, context);
  return async (access) => {
    const source = await sourceWith(access);
    return { source, output: diffGiven(source, inputs, access, context) };
  };
}

async function diffGiven(source: Source, inputs: DiffInputs, access: Known, context: Context): Promise<string> {
  const { exec, runner } = context.ports;
  const args = diffArgs({
    app: source.assembly.folder,
    stacks: source.stacks.map(selectorOf),
    method: inputs.diffMethod,
    cliVersion: source.cli.version,
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
  return result.stdout;
}
