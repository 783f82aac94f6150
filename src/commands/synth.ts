import path from 'node:path';
import { synthArgs } from '../cdk/args.js';
import type { Resolution, ResolvedTarget } from '../environment/model.js';
import type { AppInputs, CdkInputs, SynthInputs } from '../inputs.js';
import type { Outcome } from '../run.js';
import { withAccess, type Access } from './access.js';
import { runApp } from './app.js';
import type { Context } from './context.js';
import { takeSynthesised, type Source } from './source.js';
import { findTarget } from './target.js';

/** Renders the context, runs `cdk synth` once, and leaves a cloud assembly and its digest. */
export async function synth(inputs: SynthInputs, context: Context): Promise<Outcome> {
  const { resolution, target, outputs } = findTarget(inputs, context);
  return withAccess({ inputs, target, purpose: 'synth' }, context, async (access) => {
    const source = await synthesise({ inputs, resolution, target, access, extra: inputs.cdkArgs }, context);
    context.ports.runner.info(`${source.archive}, ${source.digest}, ${source.stacks.length} stacks`);
    return {
      outputs: {
        ...outputs,
        ...(access.account === undefined ? {} : { account: access.account }),
        assembly: source.archive,
        'assembly-digest': source.digest,
        result: 'success',
      },
    };
  });
}

export interface SynthRequest {
  readonly inputs: AppInputs & CdkInputs;
  readonly resolution: Resolution;
  readonly target: ResolvedTarget;
  readonly access: Access;
  /** The user's own arguments of `cdk synth`. @default none */
  readonly extra?: readonly string[];
}

/** One synthesis, whoever needs it. */
export async function synthesise(request: SynthRequest, context: Context): Promise<Source> {
  const { target, access } = request;
  const folder = path.join(context.place.temp, 'cdk.out');
  const { cli } = await runApp(
    {
      ...request,
      args: ({ command, skipBuild }) =>
        synthArgs({
          ...(command === undefined ? {} : { app: command }),
          skipBuild,
          output: folder,
          extra: request.extra ?? [],
        }),
    },
    context,
  );
  return takeSynthesised(folder, cli, target, access, context);
}
