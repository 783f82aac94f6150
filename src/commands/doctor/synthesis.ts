import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { synthArgs } from '../../cdk/args.js';
import type { Assembly, Template } from '../../cdk/assembly/model.js';
import { readAssembly } from '../../cdk/assembly/read.js';
import { checkPlace } from '../../cdk/assembly/check.js';
import type { SynthesisFacts } from '../../doctor/facts.js';
import { known, unknown, type Fact } from '../../doctor/model.js';
import type { DoctorInputs } from '../../inputs.js';
import type { Access } from '../access.js';
import { prepareApp, type AppRun } from '../app.js';
import type { Context } from '../context.js';
import { problemOf } from './problem.js';
import type { DoctorTarget } from './targets.js';

export interface Synthesised {
  readonly facts: SynthesisFacts;
  readonly assembly?: Assembly;
}

/** Synthesises a target as a run would, and once more to compare. */
export async function synthesise(
  inputs: DoctorInputs,
  one: DoctorTarget,
  access: Access,
  context: Context,
): Promise<Synthesised> {
  const { id, app, region } = one.target;
  const place = { target: id, folder: app.folder };
  try {
    const first = await runApp(inputs, one, access, 'first', context);
    if (access.account !== undefined) checkPlace(first.assembly.stacks, { account: access.account, region });
    const { lookups, cli } = first.run;
    const { version, minimumCliVersion: minimumCli } = first.assembly;
    const schema = { version: Number.parseInt(version, 10), cli: cli.version };
    return {
      assembly: first.assembly,
      facts: {
        ...place,
        lookups,
        schema: minimumCli === undefined ? schema : { ...schema, minimumCli },
        unstable: await again(inputs, one, access, first.assembly, context),
      },
    };
  } catch (error) {
    const problem = problemOf(error);
    return { facts: { ...place, problem, lookups: [], unstable: unknown('the app cannot be synthesised') } };
  }
}

async function again(
  inputs: DoctorInputs,
  one: DoctorTarget,
  access: Access,
  first: Assembly,
  context: Context,
): Promise<Fact<readonly string[]>> {
  if (!inputs.synthTwice) return unknown("synth-twice is 'false'");
  const second = await runApp(inputs, one, access, 'second', context);
  if (isDeepStrictEqual(first.stacks.map(bodies), second.assembly.stacks.map(bodies))) return known([]);
  // What compares templates is larger than all the rest, and most apps do not need it.
  const { unstablePaths } = await import('../../doctor/unstable.js');
  return known(unstablePaths(first, second.assembly, one.resolution.plan?.ignore ?? []));
}

/** Templates of a stack and of those nested in it. */
function bodies({ body, nested }: Template): unknown {
  return [body, Object.entries(nested).map(([logicalId, inner]) => [logicalId, bodies(inner)])];
}

async function runApp(
  inputs: DoctorInputs,
  { resolution, target }: DoctorTarget,
  access: Access,
  name: string,
  context: Context,
): Promise<{ readonly run: AppRun; readonly assembly: Assembly }> {
  const output = path.join(context.place.temp, target.id, name);
  const run = prepareApp(
    {
      inputs,
      resolution,
      target,
      args: ({ command, skipBuild, lookups }) =>
        synthArgs({
          ...(command === undefined ? {} : { app: command }),
          skipBuild,
          lookups,
          output,
          extra: inputs.cdkArgs,
        }),
    },
    context,
  );
  return { run: await run(access), assembly: readAssembly(output) };
}
