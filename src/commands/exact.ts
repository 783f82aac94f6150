import { executeArgs } from '../cdk/args.js';
import type { AssemblyStack } from '../cdk/assembly/model.js';
import { selectorOf } from '../cdk/assembly/select.js';
import { ActionError } from '../errors.js';
import { isEmpty } from '../plan/change-set/preparing.js';
import type { Plan, StackPlan } from '../plan/model.js';
import type { Known } from './access.js';
import { changeSetRun, type ChangeSetRun, type Prepared } from './change-sets.js';
import { rootsToAsk } from './comparing.js';
import type { Context } from './context.js';
import { causeOf, failureOf, lookAt, outcomeNow, type Deployment, type DeployRequest } from './deploying.js';
import { hidingOutputs } from './hiding.js';
import { runCdk } from './running.js';
import { differencesOf } from './same-change-set.js';

/** A change set that was made. */
export type Made = Extract<Prepared, { readonly answer: unknown }>;

export interface ExactRequest extends DeployRequest {
  readonly access: Known;
  readonly reviewed: Plan;
  /** What the templates say now. */
  readonly now: readonly StackPlan[];
  /** Change sets that were made before and are compared already, by stack. */
  readonly ready: ReadonlyMap<string, Made>;
}

/**
 * Deploys wave by wave: makes the change sets, compares each with what was reviewed, and executes those and no other. A
 * difference ends it, before the first stack of its wave is touched.
 */
export async function deployExactly(request: ExactRequest, context: Context): Promise<Deployment> {
  const { source, access, now } = request;
  const before = await Promise.all(source.stacks.map((stack) => lookAt(stack, access)));
  const changed = rootsToAsk(now, source.stacks, 'change-set');
  const unfinished = new Set(changed.map(({ id }) => id));
  const run = changeSetRun(request, context);
  let end: End = {};
  try {
    for (const wave of wavesOf(changed)) {
      end = await deployWave(wave, run, request, context);
      if (end.refusal !== undefined || end.cause !== undefined) break;
      for (const { id } of wave) unfinished.delete(id);
    }
  } finally {
    await run.discard();
  }
  const stacks = await Promise.all(before.map((seen) => outcomeNow(seen, !unfinished.has(seen.stack.id), context)));
  const { failure } = failureOf(stacks, end.cause);
  if (end.refusal === undefined) return { stacks, ...(failure === undefined ? {} : { failure }) };
  const after = failure === undefined ? '' : `. ${failure.message}`;
  return { stacks, failure: new ActionError('plan', `${end.refusal}${after}`) };
}

/** What ended a wave; nothing when all of it is deployed. */
interface End {
  /** What differs from what was reviewed. */
  readonly refusal?: string;
  /** Why the CLI failed. */
  readonly cause?: string;
}

function wavesOf(stacks: readonly AssemblyStack[]): readonly (readonly AssemblyStack[])[] {
  const numbers = [...new Set(stacks.map(({ wave }) => wave))].sort((left, right) => left - right);
  return numbers.map((number) => stacks.filter(({ wave }) => wave === number));
}

async function deployWave(
  wave: readonly AssemblyStack[],
  run: ChangeSetRun,
  request: ExactRequest,
  context: Context,
): Promise<End> {
  const { ready, reviewed, now } = request;
  const prepared = await run.prepare(wave.filter(({ id }) => !ready.has(id)));
  const lines = (await Promise.all(prepared.map((one) => differencesOf(one, reviewed, now)))).flat();
  if (lines.length > 0) return { refusal: refusalOf(lines, 'plan and review anew', context) };
  const made = [...prepared.filter(isMade), ...wave.flatMap(({ id }) => ready.get(id) ?? [])];
  const idle = made.filter(({ answer }) => isEmpty(answer)).map(({ stack }) => stack);
  await run.discard(idle);
  await run.protect(idle.filter((stack) => changesProtection(stack, request)));
  return execute(
    made.filter(({ answer }) => !isEmpty(answer)),
    run,
    request,
    context,
  );
}

function isMade(prepared: Prepared): prepared is Made {
  return 'answer' in prepared;
}

/** No change set holds it: the CDK sets it beside. */
function changesProtection({ id }: AssemblyStack, { now }: ExactRequest): boolean {
  const plan = now.find((stack) => stack.id === id);
  return plan?.changes.some(({ subject }) => subject === 'termination-protection') ?? false;
}

/** Executes change sets, so many side by side; after one that failed no other is begun. */
async function execute(
  made: readonly Made[],
  run: ChangeSetRun,
  { source, access, concurrency, toolkitStackName, cdkArgs }: ExactRequest,
  context: Context,
): Promise<End> {
  const waiting = [...made];
  let cause: string | undefined;
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && cause === undefined; next = waiting.shift()) {
      const { stack, answer } = next;
      // From here on it is CloudFormation's: the post step must not delete it.
      run.keep([stack]);
      const shared = { assembly: source.assembly.folder, toolkitStackName, extra: cdkArgs };
      const args = executeArgs({ ...shared, stack: selectorOf(stack), changeSet: answer.id });
      const title = concurrency > 1 ? {} : { title: `cdk deploy ${selectorOf(stack)}, change set ${answer.name}` };
      const how = { cli: source.cli, args, env: access.env, ...title, onLine: hidingOutputs(context) };
      cause ??= causeOf(await runCdk(how, context), context);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return cause === undefined ? {} : { cause };
}

/** Differences that an error names; the rest is counted. */
const MOST_NAMED = 10;

/** One line of what differs; the log has all of it. */
export function refusalOf(lines: readonly string[], wayOut: string, context: Context): string {
  for (const line of lines) context.ports.runner.info(`differs: ${line}`);
  const more = lines.length > MOST_NAMED ? `; and ${lines.length - MOST_NAMED} more, see the log` : '';
  return `what would happen now is not what was reviewed: ${lines.slice(0, MOST_NAMED).join('; ')}${more}: ${wayOut}`;
}
