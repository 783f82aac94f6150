import { contextVariables } from '../environment/variables.js';
import { ActionError } from '../errors.js';
import { renderContext } from '../template/render.js';
import type { Context } from './context.js';
import { runFacts } from './facts.js';
import type { Found } from './target.js';

/** By stack, by name. */
type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface UrlRequest {
  readonly inputs: { readonly environmentUrl: string };
  readonly found: Pick<Found, 'resolution' | 'target'>;
  readonly account: string;
}

/** Whether the address can be told only when there are outputs. */
export function needsOutputs({ inputs, found }: UrlRequest): boolean {
  return /\{\{[^}]*\boutputs\./.test(inputs.environmentUrl || (found.target.url ?? ''));
}

/**
 * The address of what is deployed, from the input or the environment's `url`; undefined when there is neither.
 * @throws ActionError `template` when a tag has no value, or when what comes out is no address
 */
export function environmentUrl(
  { inputs, found, account }: UrlRequest,
  outputs: StackOutputs,
  context: Context,
): string | undefined {
  const { resolution, target } = found;
  const template = inputs.environmentUrl || target.url;
  if (template === undefined) return undefined;
  const file = inputs.environmentUrl ? 'the environment-url input' : `environments.${target.environment}.url`;
  const variables = { ...contextVariables(resolution, { ...target, account }, runFacts(context)), outputs };
  // As YAML's quoted text, so that a value is only ever text.
  const { url } = renderContext({ text: JSON.stringify({ url: template }), file, variables }).context;
  const text = String(url);
  if (/^https?:\/\/[^\s]+$/.test(text) && URL.canParse(text)) return text;
  throw new ActionError('template', `${file} becomes '${text}', which is no address: it has to be https://…`);
}
