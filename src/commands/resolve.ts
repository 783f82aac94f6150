import type { ResolveInputs } from '../inputs.js';
import type { Outcome } from '../outputs.js';
import type { Context } from './context.js';
import { resolveRun } from './target.js';

/** Decides environment, version, release and targets, and calls nobody. */
export function resolve(inputs: ResolveInputs, context: Context): Promise<Outcome> {
  const { resolution, outputs } = resolveRun(inputs, context);
  const [only, ...others] = resolution.targets;
  if (only === undefined || others.length > 0) return Promise.resolve({ outputs: { ...outputs, result: 'success' } });
  const { region, account } = only;
  if (account !== undefined && inputs.maskAccountId) context.ports.runner.mask(account);
  return Promise.resolve({
    outputs: { ...outputs, region, ...(account === undefined ? {} : { account }), result: 'success' },
  });
}
