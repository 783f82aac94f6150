import { ActionError } from '../errors.js';
import { pullRequestOf } from '../github/pull-request.js';
import type { DiffInputs, PrepareInputs } from '../inputs.js';
import { liftAll, sift } from '../plan/exceptions.js';
import { driftUnknown, isGateWord, tripped } from '../plan/gates.js';
import type { Lifted, Plan } from '../plan/model.js';
import { liftedLines } from '../report/lifted.js';
import { ask } from './asking.js';
import { baseGates } from './base-gates.js';
import type { Context } from './context.js';
import { labelOn } from './labelled.js';
import type { Found } from './target.js';

/** What the gates come to. */
export interface Gated {
  /** What was stopped, and let pass all the same. */
  readonly lifted: readonly Lifted[];
  /** Set when a gate stops the run, or when it cannot be told which gates there are. */
  readonly failure?: ActionError;
}

/**
 * Holds a plan against the gates: those of the workflow and of the checkout and, on a pull request, those of the branch
 * that it goes into. What a pull request changes itself can add a gate, never take one away or make an exception.
 */
export async function gate(
  plan: Plan,
  inputs: DiffInputs | PrepareInputs,
  found: Found,
  context: Context,
): Promise<Gated> {
  if (!plan.hasChanges) return { lifted: [] };
  try {
    return await decide(plan, inputs, found, context);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    // The plan is made: it is reported first, then the run fails.
    return { lifted: [], failure: error };
  }
}

async function decide(plan: Plan, inputs: DiffInputs | PrepareInputs, found: Found, context: Context): Promise<Gated> {
  const { target } = found;
  const run = await pullRequestOfRun(inputs, found, context);
  const base =
    run === undefined
      ? target
      : await baseGates({ branch: run.baseRef, account: plan.target.account, inputs, found }, context);
  const words = [...inputs.failOn, ...target.gates, ...base.gates].filter(isGateWord);
  const { trips, lifted } = sift(tripped(plan, words), base.exceptions);
  const { label } = base.exceptions;
  const { by, note } =
    trips.length === 0 || label === undefined || run?.number === undefined
      ? {}
      : await labelOn({ label, pullRequest: run.number, inputs, found }, context);
  const all = by === undefined || label === undefined ? lifted : [...lifted, ...liftAll(trips, label, by)];
  for (const line of liftedLines(all)) context.ports.runner.info(line);
  // No exception can be made for what is not known.
  const stops = [...(by === undefined ? trips.map(({ text }) => text) : []), ...driftUnknown(plan, words)];
  return stops.length === 0 ? { lifted: all } : { lifted: all, failure: stopped(stops, note) };
}

/** The pull request that a run is for, and the branch that it goes into; undefined for a run of a branch alone. */
async function pullRequestOfRun(
  { pullRequest: input, githubToken }: DiffInputs | PrepareInputs,
  { event, commit }: Found,
  context: Context,
): Promise<{ readonly baseRef: string; readonly number?: number } | undefined> {
  const { ports, payload } = context;
  const github = githubToken ? await ports.github(githubToken) : undefined;
  const what = 'the pull request of this run';
  const number = await ask(what, READ, pullRequestOf({ input, event: payload, commit }, github));
  if (event.baseBranch !== undefined && input === '') {
    return { baseRef: event.baseBranch, ...(number === undefined ? {} : { number }) };
  }
  if (number === undefined || !githubToken) return undefined;
  const { baseRef } = await ask(what, READ, (await ports.reviews(githubToken)).pullRequest(number));
  return { baseRef, number };
}

const READ = 'pull-requests: read';

function stopped(stops: readonly string[], note?: string): ActionError {
  return new ActionError(
    'plan',
    `${stops.join('; ')}: change the app, or take the word out of fail-on or the ` +
      `environment's gates${note === undefined ? '' : `; ${note}`}`,
  );
}
