import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { partialsBeside, readTemplate } from '../cdk/workspace.js';
import type { Resolution, ResolvedTarget } from '../environment/model.js';
import { contextVariables } from '../environment/variables.js';
import { ActionError, messageOf } from '../errors.js';
import type { AppInputs } from '../inputs.js';
import { maskText } from '../mask.js';
import { isRecord } from '../template/json.js';
import { renderContext } from '../template/render.js';
import { describeContext, secretValues } from '../template/secret.js';
import type { Context } from './context.js';
import { runFacts } from './facts.js';

export interface ContextRequest {
  readonly inputs: AppInputs;
  readonly resolution: Resolution;
  readonly target: ResolvedTarget;
}

/** What an app gets as its context. */
export interface Rendered {
  /** The template, relative to the workspace; empty when there is none. */
  readonly file: string;
  /** From the template. */
  readonly context: Readonly<Record<string, unknown>>;
  /** From the `context` input. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Templates that are taken without being named. */
const TEMPLATES = ['json', 'yaml', 'yml'].map((end) => `cdk.context.template.${end}`);

/**
 * Renders the context for an account. Nothing is written and nothing is said.
 * @param folder of the app, a real path
 * @throws ActionError `template` or `input`
 */
export function renderFor(
  { inputs, resolution, target }: ContextRequest,
  account: string | undefined,
  folder: string,
  context: Context,
): Rendered {
  const { workspace } = context.place;
  const known = account === undefined ? target : { ...target, account };
  const variables = {
    ...contextVariables(resolution, known, runFacts(context)),
    ...mapping(inputs.variables, 'variables'),
  };
  const file = templateOf(inputs, target, folder);
  const template = file === undefined ? undefined : readTemplate(workspace, file);
  const rendered =
    template && renderContext({ ...template, variables, partials: partialsBeside(workspace, file ?? '') });
  const extra = inputs.context
    ? renderContext({ text: inputs.context, file: 'the context input', variables })
    : undefined;
  return { file: template?.file ?? '', context: rendered?.context ?? {}, extra: extra?.context ?? {} };
}

/** Masks what looks secret from now on, tells the keys, and keeps the context beside the assembly for a reader. */
export function announce({ file, ...rendered }: Rendered, target: ResolvedTarget, context: Context): void {
  const { runner } = context.ports;
  const all = { ...rendered.context, ...rendered.extra };
  for (const secret of secretValues(all)) runner.mask(secret);
  if (file) runner.info(`context from ${file}:`);
  for (const line of describeContext(all)) runner.info(`  ${line}`);
  const kept = path.join(context.place.results, target.id, 'context.json');
  mkdirSync(path.dirname(kept), { recursive: true });
  writeFileSync(kept, `${maskText(JSON.stringify(all, null, 2), runner.secrets())}\n`);
}

/** The template's path from the workspace: the one that is named, else one that lies beside `cdk.json`. */
export function templateOf(inputs: AppInputs, target: ResolvedTarget, folder: string): string | undefined {
  const named = inputs.contextTemplate || target.app.contextTemplate;
  if (named) return named;
  const found = TEMPLATES.find((name) => existsSync(path.join(folder, name)));
  return found === undefined ? undefined : path.join(target.app.folder, found);
}

function mapping(text: string, input: string): Readonly<Record<string, unknown>> {
  if (!text) return {};
  try {
    const value: unknown = parseYaml(text, { prettyErrors: false, logLevel: 'error' });
    if (isRecord(value)) return value;
  } catch (error) {
    throw new ActionError('input', `${input} is not YAML (${messageOf(error)}): write a line 'name: value' for each`);
  }
  throw new ActionError('input', `${input} is not a mapping of names to values: write a line 'name: value' for each`);
}
