import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, userError } from '../errors.js';
import type { Inputs, ResultInputs, WhereInputs } from '../inputs.js';
import { maskText } from '../mask.js';
import { outputText, type Outcome, type OutputName, type Outputs } from '../outputs.js';
import type { Result } from '../report/result.js';
import type { Context } from './context.js';
import { runFacts } from './facts.js';

export type WithResult = Extract<Inputs, ResultInputs & WhereInputs>;

/** Writes what a command came to, or why it failed, for the jobs after this one. */
export function writeResult(inputs: WithResult, outcome: Outcome | undefined, error: unknown, context: Context): void {
  const file = path.resolve(context.place.workspace, inputs.resultFile);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(resultOf(inputs, outcome, error, context), null, 2)}\n`);
}

function resultOf(inputs: WithResult, outcome: Outcome | undefined, error: unknown, context: Context): Result {
  const { runner } = context.ports;
  const outputs = outcome?.outputs ?? {};
  const failure = outcome === undefined ? error : outcome.failure;
  const environment = said(outputs, 'environment') || inputs.environment;
  const region = said(outputs, 'region') || inputs.region;
  const { release } = inputs;
  const cause = failure === undefined ? undefined : (userError(failure)?.message ?? messageOf(failure));
  return {
    schema: 'result.v1',
    command: inputs.command,
    id: [environment, release, region].join('-'),
    environment,
    release,
    region,
    version: said(outputs, 'version') || inputs.version,
    result: cause === undefined ? ((said(outputs, 'result') || 'success') as Result['result']) : 'failure',
    ...(cause === undefined ? {} : { cause: maskText(cause, runner.secrets()) }),
    ...only(outputs, ['risk', 'fingerprint', 'assembly-digest']),
    ...(outcome?.stacks === undefined ? {} : { stacks: outcome.stacks }),
    url: runFacts(context).runUrl,
  };
}

function said(outputs: Outputs, name: OutputName): string {
  return name in outputs ? outputText(outputs[name]) : '';
}

function only(outputs: Outputs, names: readonly OutputName[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => (said(outputs, name) ? [[name, said(outputs, name)]] : [])));
}
