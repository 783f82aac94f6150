import path from 'node:path';
import { synthArgs } from '../cdk/args.js';
import type { AppInputs, CdkInputs, SynthInputs } from '../inputs.js';
import type { Outcome } from '../outputs.js';
import { withAccess, type Access } from './access.js';
import { prepareApp } from './app.js';
import type { ContextRequest } from './app-context.js';
import type { Context } from './context.js';
import { takeSynthesised, type Source } from './source.js';
import { findTarget } from './target.js';

/** Renders the context, runs `cdk synth` once, and leaves a cloud assembly and its digest. */
export async function synth(inputs: SynthInputs, context: Context): Promise<Outcome> {
  const { resolution, target, outputs } = findTarget(inputs, context);
  const synthesise = prepareSynthesis({ inputs, resolution, target, extra: inputs.cdkArgs }, context);
  return withAccess({ inputs, target, purpose: 'synth' }, context, async (access) => {
    const source = await synthesise(access);
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

export interface SynthRequest extends ContextRequest {
  readonly inputs: AppInputs & CdkInputs;
  /** The user's own arguments of `cdk synth`. @default none */
  readonly extra?: readonly string[];
}

/**
 * One synthesis, whoever needs it: checks what can be checked without AWS.
 * @returns synthesises, once there is access
 */
export function prepareSynthesis(request: SynthRequest, context: Context): (access: Access) => Promise<Source> {
  const folder = path.join(context.place.temp, 'cdk.out');
  const run = prepareApp(
    {
      ...request,
      args: ({ command, skipBuild, lookups }) =>
        synthArgs({
          ...(command === undefined ? {} : { app: command }),
          skipBuild,
          lookups,
          output: folder,
          extra: request.extra ?? [],
        }),
    },
    context,
  );
  return async (access) => {
    const { cli } = await run(access);
    return takeSynthesised(folder, cli, request.target, access, context);
  };
}
