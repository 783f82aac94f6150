import type { Recovery, Row, Step, Verb } from './model.js';
import { NOT_FOUND, STATES } from './table.js';

/** What a command does about a stack; a recovery that is not allowed has become a refusal. */
export type Decision = Step & { readonly wayOut: string };

/**
 * What a command does about a stack in a state.
 * @param status CloudFormation's word; undefined when there is no stack
 * @param allowed what the input `recover` holds
 */
export function decide(
  verb: Verb,
  { name, status }: { readonly name: string; readonly status: string | undefined },
  allowed: readonly Recovery[],
): Decision {
  const out = wayOut(status, name);
  const row = rowOf(status);
  if (row === undefined) {
    return { kind: 'refuse', why: `its state ${status ?? ''} is not known to this version of the action`, wayOut: out };
  }
  const step = row.steps[verb];
  if (step.kind !== 'recover' || allowed.includes(step.how)) return { ...step, wayOut: out };
  return { kind: 'refuse', why: row.means, wayOut: `allow it with recover: ${step.how}, or by hand: ${out}` };
}

/** What a person can do about a stack, one line. */
export function wayOut(status: string | undefined, name: string): string {
  const row = rowOf(status);
  return row === undefined
    ? 'look at its events in the CloudFormation console'
    : row.wayOut.replaceAll('<stack>', name);
}

/** What a status means; undefined for one that is not known. */
export function meaning(status: string | undefined): string | undefined {
  return rowOf(status)?.means;
}

/** Whether CloudFormation is at work. A change set under review is no operation. */
export function isRunning(status: string): boolean {
  return rowOf(status)?.steps.deploy.kind === 'wait';
}

function rowOf(status: string | undefined): Row | undefined {
  return STATES.find(({ statuses }) => statuses.includes(status ?? NOT_FOUND));
}
