import type { Change, Plan, StackPlan } from './model.js';

/** Words that `fail-on` takes. */
export const GATES = ['none', 'delete', 'replace', 'address', 'access', 'data-loss', 'any'] as const;
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
  }
}

function describe(gate: GateWord, change: Change): string {
  const what = change.type ?? change.subject;
  const reason =
    change.reasons.find(({ risk }) => risk === gate)?.text ??
    `${change.action}${change.conditional === true ? ' (perhaps)' : ''}`;
  return `${change.logicalId} (${what}) ${reason}`;
}
