import type { Context } from './commands/context.js';
import type { CommandName, Inputs } from './inputs.js';
import type { Outcome } from './outputs.js';

type InputsOf<C extends CommandName> = Extract<Inputs, { readonly command: C }>;
export type Handler<C extends CommandName> = (inputs: InputsOf<C>, context: Context) => Promise<Outcome>;
type Handlers = { readonly [C in CommandName]: () => Promise<Handler<C>> };

/** The verbs. Each is loaded only when it is asked for. */
const HANDLERS: Handlers = {
  resolve: async () => (await import('./commands/resolve.js')).resolve,
  bootstrap: async () => (await import('./commands/bootstrap.js')).bootstrap,
  synth: async () => (await import('./commands/synth.js')).synth,
  diff: async () => (await import('./commands/diff.js')).diff,
  prepare: async () => (await import('./commands/prepare.js')).prepare,
  report: async () => (await import('./commands/report.js')).report,
  deploy: async () => (await import('./commands/deploy.js')).deploy,
  metrics: async () => (await import('./commands/metrics.js')).metrics,
  doctor: async () => (await import('./commands/doctor.js')).doctor,
};

/** Runs the command that the inputs name. */
export async function run(inputs: Inputs, context: Context): Promise<Outcome> {
  // TypeScript cannot see that a command's inputs and its handler go together.
  const handler = (await HANDLERS[inputs.command]()) as (inputs: Inputs, context: Context) => Promise<Outcome>;
  if (!('resultFile' in inputs) || inputs.resultFile === '') return handler(inputs, context);
  const { writeResult } = await import('./commands/result-file.js');
  try {
    const outcome = await handler(inputs, context);
    writeResult(inputs, outcome, undefined, context);
    return outcome;
  } catch (error) {
    writeResult(inputs, undefined, error, context);
    throw error;
  }
}
