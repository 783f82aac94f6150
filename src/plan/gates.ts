import type { Change, Plan, StackPlan } from './model.js';

/** Words that `fail-on` takes. */
export const GATES = ['none', 'delete', 'replace', 'address', 'access', 'data-loss', 'any', 'drift'] as const;
export type GateWord = (typeof GATES)[number];

export function isGateWord(word: string): word is GateWord {
  return (GATES as readonly string[]).includes(word);
}

/** A change that a gate does not let pass. */
export interface Trip {
  readonly gate: GateWord;
  readonly stack: StackPlan;
  readonly change: Change;
  /** `<stack>: <logical id> (<type>) …`, one line. */
  readonly text: string;
}

/** Every change that one of the gates does not let pass, in the order of the plan. `none` lets everything pass. */
export function tripped(plan: Plan, failOn: readonly GateWord[]): readonly Trip[] {
  return plan.stacks.flatMap((stack) =>
    stack.changes.flatMap((change) =>
      [...new Set(failOn)]
        .filter((gate) => trips(gate, change))
        .map((gate) => ({ gate, stack, change, text: `${stack.displayName}: ${describe(gate, change)}` })),
    ),
  );
}

/** Noise counts for `any` alone, and there only when something is built anew. */
function trips(gate: GateWord, change: Change): boolean {
  switch (gate) {
    case 'none':
      return false;
    case 'any':
      return change.action !== 'none';
    case 'delete':
    case 'replace':
      return change.subject === 'resource' && change.noise === undefined && change.action === gate;
    case 'address':
    case 'access':
    case 'data-loss':
      return change.reasons.some(({ risk }) => risk === gate);
    case 'drift':
      return change.drift !== undefined && change.drift.length > 0;
  }
}

/** Stacks of which the gate `drift` would have to know what was altered by hand, and nobody does; a line each. */
export function driftUnknown({ stacks }: Plan, failOn: readonly GateWord[]): readonly string[] {
  if (!failOn.includes('drift')) return [];
  return stacks.flatMap((stack) => {
    const why = unknownBecause(stack);
    return why === undefined ? [] : [`${stack.displayName}: it is not known what was altered by hand (${why})`];
  });
}

function unknownBecause({ status, drift }: StackPlan): string | undefined {
  // The gate of a base branch is read only when the plan is made.
  if (drift === undefined) return isThere(status) ? 'nobody asked: set the input drift to true' : undefined;
  return drift.reason ?? (drift.status === 'unknown' ? 'CloudFormation does not say' : undefined);
}

function isThere(status: string | undefined): boolean {
  return status !== undefined && status !== 'REVIEW_IN_PROGRESS';
}

function describe(gate: GateWord, change: Change): string {
  const what = change.type ?? change.subject;
  if (gate === 'drift') return `${change.logicalId} (${what}) overwrites what was altered by hand${pathsOf(change)}`;
  const reason =
    change.reasons.find(({ risk }) => risk === gate)?.text ??
    `${change.action}${change.conditional === true ? ' (perhaps)' : ''}`;
  return `${change.logicalId} (${what}) ${reason}`;
}

function pathsOf({ drift = [] }: Change): string {
  const paths = drift.map(({ path }) => path).filter((path) => path !== '');
  return paths.length === 0 ? '' : `: ${paths.join(', ')}`;
}
