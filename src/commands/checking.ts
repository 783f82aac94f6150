import { recordRefusal } from '../github/record-refusal.js';
import type { DiffInputs, PrepareInputs } from '../inputs.js';
import type { Plan } from '../plan/model.js';
import type { CommitStatus } from '../ports.js';
import { planLine } from '../report/line.js';
import { cutMiddle } from '../report/text.js';
import type { Context } from './context.js';
import { runFacts } from './facts.js';
import type { Found } from './target.js';

/** GitHub's limit of a description. */
const LONGEST = 140;

/** Gives the commit a status with the plan's one line; a gate that is tripped makes it a failure. */
export async function checkPlan(
  plan: Plan,
  stopped: boolean,
  inputs: DiffInputs | PrepareInputs,
  found: Found,
  context: Context,
): Promise<void> {
  await write({ state: stopped ? 'failure' : 'success', description: planLine(plan) }, inputs, found, context);
}

/** Runs a diff; if it fails, the commit's status says that there is no plan. */
export async function checkOrError<T>(
  inputs: DiffInputs | PrepareInputs,
  found: Found,
  context: Context,
  body: () => Promise<T>,
): Promise<T> {
  try {
    return await body();
  } catch (error) {
    await write({ state: 'error', description: 'there is no plan: see the log' }, inputs, found, context);
    throw error;
  }
}

/** A status that cannot be written fails nothing: the same is in the summary. */
async function write(
  status: Pick<CommitStatus, 'state' | 'description'>,
  { check, githubToken }: DiffInputs | PrepareInputs,
  { target, commit }: Found,
  context: Context,
): Promise<void> {
  if (!check || !githubToken) return;
  try {
    const records = await context.ports.records(githubToken);
    await records.setCommitStatus(commit, {
      state: status.state,
      context: `deploy-action / ${target.id}`,
      description: cutMiddle(status.description, LONGEST),
      url: runFacts(context).runUrl,
    });
  } catch (error) {
    const why = recordRefusal(error, 'statuses: write');
    context.ports.runner.warning(`the commit has no status with the plan: ${why}`);
  }
}
