import path from 'node:path';
import { knowsChangeSets, prepareArgs } from '../cdk/args.js';
import { copyWithProtection } from '../cdk/assembly/protection.js';
import type { AssemblyStack } from '../cdk/assembly/model.js';
import { selectorOf } from '../cdk/assembly/select.js';
import { firstCause } from '../cdk/output.js';
import { ActionError, messageOf } from '../errors.js';
import { maskText } from '../mask.js';
import { CHANGE_SETS_STATE } from '../place.js';
import type { ChangeSetAnswer } from '../plan/change-set/answer.js';
import { changeSetName } from '../plan/change-set/name.js';
import type { ChangeSets, ExecResult } from '../ports.js';
import type { Known } from './access.js';
import type { Context } from './context.js';
import { hidingOutputs } from './hiding.js';
import { deleteLeftover, remembered, type Leftover } from './leftovers.js';
import { preparable, type Preparable } from './preparable.js';
import { runCdk, succeeded } from './running.js';
import type { Source } from './source.js';
import { deployRoleOf } from './stack-roles.js';

export interface ChangeSetRequest {
  readonly source: Source;
  readonly access: Known;
  readonly concurrency: number;
  readonly toolkitStackName: string;
  readonly cdkArgs: readonly string[];
}

/** What became of the wish for a change set. */
export type Prepared =
  | { readonly stack: AssemblyStack; readonly answer: ChangeSetAnswer; readonly sets: ChangeSets }
  /** None can be asked for, or the CDK could not make it. */
  | { readonly stack: AssemblyStack; readonly reason: string; readonly failed: boolean };

/** The change sets of one run. Whatever it makes is deleted in the end, unless it is kept. */
export interface ChangeSetRun {
  /**
   * Makes a change set for each of the stacks, in one call of the CDK, and reads what CloudFormation says. Nothing is
   * executed and no stack is changed; assets are published.
   */
  prepare(stacks: readonly AssemblyStack[]): Promise<readonly Prepared[]>;
  /**
   * Sets the termination protection of stacks that have nothing else to change, which is beside every change set: the CDK
   * does it when it prepares one.
   * @throws ActionError `cdk`
   */
  protect(stacks: readonly AssemblyStack[]): Promise<void>;
  /** From now on these stay: they are executed, or somebody else does it. @default all */
  keep(stacks?: readonly AssemblyStack[]): void;
  /** Deletes those that are not kept, and the stacks that exist for them alone. One that cannot be is a warning. */
  discard(stacks?: readonly AssemblyStack[]): Promise<void>;
}

/**
 * Opens a run of change sets.
 * @throws ActionError `cdk` when the CLI is too old for them
 */
export function changeSetRun(request: ChangeSetRequest, context: Context): ChangeSetRun {
  const { source, access } = request;
  const { runner, random } = context.ports;
  checkCli(source);
  const name = changeSetName({
    run: context.env['GITHUB_RUN_ID'] ?? '',
    attempt: context.env['GITHUB_RUN_ATTEMPT'] ?? '',
    random: random(),
  });
  const open = new Map<string, Leftover>();
  const remember = (): void => {
    runner.saveState(CHANGE_SETS_STATE, remembered(access.way, [...open.values()]));
  };
  const setsOf = (stack: AssemblyStack): Promise<ChangeSets> =>
    access.changeSetsOf(deployRoleOf(stack, access.account, access.region));

  const note = (stack: AssemblyStack, isNew: boolean): void => {
    const role = deployRoleOf(stack, access.account, access.region);
    open.set(stack.id, { stack: stack.name, changeSet: name, isNew, ...(role === undefined ? {} : { role }) });
  };
  const discard = async (stacks: readonly AssemblyStack[]): Promise<void> => {
    for (const stack of stacks) {
      const leftover = open.get(stack.id);
      if (leftover === undefined) continue;
      try {
        await deleteLeftover(leftover, await setsOf(stack));
        open.delete(stack.id);
      } catch (error) {
        runner.warning(`change set ${leftover.changeSet} of ${leftover.stack} is left: ${messageOf(error)}`);
      }
    }
    remember();
  };

  return {
    async prepare(stacks) {
      const seen = await Promise.all(stacks.map((stack) => preparable(stack, source, access)));
      const wanted = seen.filter(({ reason }) => reason === undefined);
      for (const { stack, state } of wanted) note(stack, state === undefined);
      // Before anything is made: a job may be cancelled in the midst of it.
      remember();
      const made = wanted.length === 0 ? [] : await make(wanted, name, setsOf, request, context);
      const byId = new Map(made.map((prepared) => [prepared.stack.id, prepared]));
      return seen.map(({ stack, reason = 'the CDK made none' }) => {
        return byId.get(stack.id) ?? { stack, reason, failed: false };
      });
    },
    keep(stacks = source.stacks) {
      for (const { id } of stacks) open.delete(id);
      remember();
    },
    async protect(stacks) {
      if (stacks.length === 0) return;
      for (const stack of stacks) note(stack, false);
      remember();
      const result = await runPrepare(stacks, source.assembly.folder, name, request, context);
      await discard(stacks);
      succeeded('deploy', result);
    },
    discard: (stacks = source.stacks) => discard(stacks),
  };
}

function checkCli({ cli }: Source): void {
  if (knowsChangeSets(cli.version)) return;
  throw new ActionError(
    'cdk',
    `change sets need the CLI 2.1120.0 or newer, which can execute one that is there; this is ${cli.version} ` +
      `${cli.origin}: install a newer aws-cdk, or use diff-method template`,
  );
}

async function make(
  wanted: readonly Preparable[],
  name: string,
  setsOf: (stack: AssemblyStack) => Promise<ChangeSets>,
  request: ChangeSetRequest,
  context: Context,
): Promise<readonly Prepared[]> {
  const assembly = withProtection(wanted, request, context);
  const run = (stacks: readonly AssemblyStack[]): Promise<ExecResult> =>
    runPrepare(stacks, assembly, name, request, context);
  const all = wanted.map(({ stack }) => stack);
  const first = await run(all);
  const answers = await Promise.all(all.map((stack) => read(stack, name, setsOf)));
  const prepared: Prepared[] = [];
  for (const [index, stack] of all.entries()) {
    let answer = answers[index];
    let result = first;
    // One that fails keeps the CDK from beginning with those after it.
    if (answer === undefined && first.exitCode !== 0 && all.length > 1) {
      result = await run([stack]);
      answer = await read(stack, name, setsOf);
    }
    if (answer === undefined) {
      const cause = result.exitCode === 0 ? 'the CDK made none' : firstCause(result.stdout, result.stderr);
      prepared.push({ stack, reason: maskText(cause, context.ports.runner.secrets()), failed: true });
    } else prepared.push({ stack, answer, sets: await setsOf(stack) });
  }
  return prepared;
}

async function read(
  stack: AssemblyStack,
  changeSet: string,
  setsOf: (stack: AssemblyStack) => Promise<ChangeSets>,
): Promise<ChangeSetAnswer | undefined> {
  return (await setsOf(stack)).describe({ changeSet, stack: stack.name });
}

/** The assembly's folder, or that of a copy when the CDK would change a stack's termination protection on the way. */
function withProtection(wanted: readonly Preparable[], { source }: ChangeSetRequest, context: Context): string {
  const { folder } = source.assembly;
  const other = wanted.flatMap(({ stack, state }) => {
    const now = state?.terminationProtection ?? false;
    return stack.terminationProtection === now ? [] : [[stack.id, now] as const];
  });
  if (other.length === 0) return folder;
  const copy = path.join(context.place.temp, `assembly-${context.ports.random()}`);
  copyWithProtection(folder, copy, new Map(other));
  return copy;
}

function runPrepare(
  stacks: readonly AssemblyStack[],
  assembly: string,
  name: string,
  { source, access, concurrency, toolkitStackName, cdkArgs }: ChangeSetRequest,
  context: Context,
): Promise<ExecResult> {
  const selectors = stacks.map(selectorOf);
  const args = prepareArgs({
    assembly,
    stacks: selectors,
    changeSetName: name,
    concurrency,
    toolkitStackName,
    extra: cdkArgs,
  });
  const title = `change sets of ${selectors.join(' ')}`;
  // It shows the outputs that a stack has now.
  return runCdk({ cli: source.cli, args, env: access.env, title, onLine: hidingOutputs(context) }, context);
}
