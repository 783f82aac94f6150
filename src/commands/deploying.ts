import path from 'node:path';
import { outcomeOf, wayOut } from '../aws/outcome.js';
import { deployArgs } from '../cdk/args.js';
import type { AssemblyStack } from '../cdk/assembly/model.js';
import { selectorOf } from '../cdk/assembly/select.js';
import { firstCause, forLog, plain } from '../cdk/output.js';
import { ActionError } from '../errors.js';
import { maskText } from '../mask.js';
import type { CloudFormation, ExecResult, StackState } from '../ports.js';
import type { StackOutcome } from '../report/model.js';
import { looksSecret } from '../template/secret.js';
import type { Access } from './access.js';
import type { Context } from './context.js';
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
  const { runner } = context.ports;
  const before = await Promise.all(source.stacks.map((stack) => lookAt(stack, access)));
  const result = await runCli(request, context);
  const succeeded = result.exitCode === 0;
  const cause = succeeded ? undefined : maskText(firstCause(result.stdout, result.stderr), runner.secrets());
  const outcomes = await Promise.all(
    before.map(({ cloudFormation, ...seen }) => outcomeOf({ ...seen, succeeded }, cloudFormation)),
  );
  const stacks = outcomes.map((outcome) => withoutSecrets(outcome, context));
  const failure = failureOf(stacks, cause);
  return { stacks, ...(failure === undefined ? {} : { failure }) };
}

interface Seen {
  readonly stack: AssemblyStack;
  readonly before: StackState | undefined;
  readonly lastEvent: string | undefined;
  readonly cloudFormation: CloudFormation;
}

/** A stack before the deployment. What comes after its newest event is of the deployment: no clock is asked. */
async function lookAt(stack: AssemblyStack, access: Access): Promise<Seen> {
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

async function runCli(request: DeployRequest, context: Context): Promise<ExecResult> {
  const { source, access } = request;
  const { exec, runner } = context.ports;
  const args = deployArgs({
    assembly: source.assembly.folder,
    stacks: source.stacks.map(selectorOf),
    concurrency: request.concurrency,
    toolkitStackName: request.toolkitStackName,
    outputsFile: path.join(context.place.temp, 'outputs.json'),
    extra: request.cdkArgs,
  });
  return runner.group(`cdk deploy ${source.stacks.map(selectorOf).join(' ')}`, () =>
    exec.run(source.cli.program, args, {
      cwd: context.place.temp,
      env: access.env,
      onLine: (line) => {
        hideOutput(line, context);
        runner.info(forLog(line));
      },
    }),
  );
}

/** The CLI prints outputs as `Stack.Output = value`: one that looks secret is masked before it is shown. */
function hideOutput(line: string, context: Context): void {
  const [, key, value] = /^\S+\.(\w+) = (.+)$/.exec(plain(line).trimEnd()) ?? [];
  if (key !== undefined && value !== undefined && looksSecret(key, value)) context.ports.runner.mask(value);
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
function failureOf(stacks: readonly StackOutcome[], cause: string | undefined): ActionError | undefined {
  const failed = stacks.filter(({ result }) => result === 'failed');
  const waiting = stacks.filter(({ result }) => result === 'not-started').map(({ name }) => name);
  const told = failed.map(({ name, status, failure }) => {
    const why = failure ? `: ${failure.path ?? failure.logicalId}: ${failure.reason}` : '';
    return `${name} is ${status ?? 'not there'}${why}; ${wayOut(status, name)}`;
  });
  if (failed.length === 0 && cause !== undefined) told.push(`cdk deploy failed: ${cause}`);
  if (waiting.length > 0) told.push(`not deployed: ${waiting.join(', ')}`);
  return told.length === 0 ? undefined : new ActionError('deploy', told.join('. '));
}
