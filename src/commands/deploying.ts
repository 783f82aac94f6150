import path from 'node:path';
import { outcomeOf, wayOut } from '../aws/outcome.js';
import { deployArgs } from '../cdk/args.js';
import type { AssemblyStack } from '../cdk/assembly/model.js';
import { selectorOf } from '../cdk/assembly/select.js';
import { firstCause } from '../cdk/output.js';
import { ActionError } from '../errors.js';
import { maskText } from '../mask.js';
import type { CloudFormation, ExecResult, StackState } from '../ports.js';
import type { StackOutcome } from '../report/model.js';
import { looksSecret } from '../template/secret.js';
import type { Access } from './access.js';
import type { Context } from './context.js';
import { hidingOutputs } from './hiding.js';
import { runCdk } from './running.js';
import type { Source } from './source.js';

export interface DeployRequest {
  readonly source: Source;
  readonly access: Access;
  readonly concurrency: number;
  readonly toolkitStackName: string;
  readonly cdkArgs: readonly string[];
}

/** What a deployment came to. */
export interface Deployment {
  readonly stacks: readonly StackOutcome[];
  /** Set when a stack is not as its template says, or the CLI failed for another reason. */
  readonly failure?: ActionError;
}

/** Deploys the stacks of an assembly in their order, and asks CloudFormation what became of each. */
export async function deploySource(request: DeployRequest, context: Context): Promise<Deployment> {
  const { source, access } = request;
  const before = await Promise.all(source.stacks.map((stack) => lookAt(stack, access)));
  const result = await runDeploy(request, context);
  const stacks = await Promise.all(before.map((seen) => outcomeNow(seen, result.exitCode === 0, context)));
  return { stacks, ...failureOf(stacks, causeOf(result, context)) };
}

/** Why the CLI says that it failed, without secrets; undefined when it did not. */
export function causeOf({ exitCode, stdout, stderr }: ExecResult, context: Context): string | undefined {
  return exitCode === 0 ? undefined : maskText(firstCause(stdout, stderr), context.ports.runner.secrets());
}

/** A stack as it was before a deployment. */
export interface Seen {
  readonly stack: AssemblyStack;
  readonly before: StackState | undefined;
  readonly lastEvent: string | undefined;
  readonly cloudFormation: CloudFormation;
}

/** A stack before the deployment. What comes after its newest event is of the deployment: no clock is asked. */
export async function lookAt(stack: AssemblyStack, access: Access): Promise<Seen> {
  const cloudFormation = await access.cloudFormationOf(stack);
  const before = await cloudFormation.describeStack(stack.name);
  if (before === undefined) return { stack, before, lastEvent: undefined, cloudFormation };
  let lastEvent: string | undefined;
  await cloudFormation.events(before.id, ({ id }) => {
    lastEvent = id;
    return false;
  });
  return { stack, before, lastEvent, cloudFormation };
}

/** What has become of a stack since, without secrets. */
export async function outcomeNow(
  { cloudFormation, ...seen }: Seen,
  succeeded: boolean,
  context: Context,
): Promise<StackOutcome> {
  return withoutSecrets(await outcomeOf({ ...seen, succeeded }, cloudFormation), context);
}

async function runDeploy({ source, access, ...request }: DeployRequest, context: Context): Promise<ExecResult> {
  const selectors = source.stacks.map(selectorOf);
  const args = deployArgs({
    assembly: source.assembly.folder,
    stacks: selectors,
    concurrency: request.concurrency,
    toolkitStackName: request.toolkitStackName,
    outputsFile: path.join(context.place.temp, 'outputs.json'),
    extra: request.cdkArgs,
  });
  const title = `cdk deploy ${selectors.join(' ')}`;
  return runCdk({ cli: source.cli, args, env: access.env, title, onLine: hidingOutputs(context) }, context);
}

/** Outputs that look secret are left out everywhere, and masked from now on. */
function withoutSecrets(outcome: StackOutcome, context: Context): StackOutcome {
  const { runner } = context.ports;
  for (const [key, value] of Object.entries(outcome.outputs)) if (looksSecret(key, value)) runner.mask(value);
  const mask = (text: string): string => maskText(text, runner.secrets());
  const outputs = Object.fromEntries(Object.entries(outcome.outputs).map(([key, value]) => [key, mask(value)]));
  const { failure } = outcome;
  const end = outcome.result === 'failed' ? { wayOut: wayOut(outcome.status, outcome.name) } : {};
  return { ...outcome, ...end, outputs, ...(failure ? { failure: { ...failure, reason: mask(failure.reason) } } : {}) };
}

/** Whether a stack is not as its template says. */
export function isBad({ result }: StackOutcome): boolean {
  return result === 'failed' || result === 'not-started';
}

/** What happened to each stack, and the way out. The CLI's own word counts where no stack tells of a failure. */
export function failureOf(
  stacks: readonly StackOutcome[],
  cause: string | undefined,
): { readonly failure?: ActionError } {
  const failed = stacks.filter(({ result }) => result === 'failed');
  const waiting = stacks.filter(({ result }) => result === 'not-started').map(({ name }) => name);
  const told = failed.map(({ name, status, failure }) => {
    const why = failure ? `: ${failure.path ?? failure.logicalId}: ${failure.reason}` : '';
    return `${name} is ${status ?? 'not there'}${why}; ${wayOut(status, name)}`;
  });
  if (failed.length === 0 && cause !== undefined) told.push(`cdk deploy failed: ${cause}`);
  if (waiting.length > 0) told.push(`not deployed: ${waiting.join(', ')}`);
  return told.length === 0 ? {} : { failure: new ActionError('deploy', told.join('. ')) };
}
