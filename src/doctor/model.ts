/** What would make the next run fail. This room is pure: facts in, findings out. */

/** `error`: the next run fails, or does what nobody wants. `warning`: it will one day. `info`: worth knowing. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that is wrong, and the one thing that mends it. */
export interface Finding {
  /** Id of the check. */
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  /** One command, or one line to put. */
  readonly mend: string;
  /** Relative to the workspace. */
  readonly file?: string;
  /** Starts at 1. */
  readonly line?: number;
}

/** What a check finds; the check's id is put in by whoever runs it. */
export type Found = Omit<Finding, 'check'>;

/** A fact, or why it is not known. */
export type Fact<T> = { readonly value: T } | { readonly unknown: string };

export function known<T>(value: T): Fact<T> {
  return { value };
}

export function unknown(why: string): Fact<never> {
  return { unknown: why };
}

/** The value of a fact. @default undefined when it is not known */
export function valueOf<T>(fact: Fact<T>): T | undefined {
  return 'value' in fact ? fact.value : undefined;
}

/** What a check comes to: findings, and what it could not look at, with the reason. */
export interface Look {
  readonly found: readonly Found[];
  /** @default everything was looked at */
  readonly because?: readonly string[];
}

/** A look at something that may not be known. */
export function lookAt<T>(fact: Fact<T>, found: (value: T) => readonly Found[]): Look {
  return 'value' in fact ? { found: found(fact.value) } : { found: [], because: [fact.unknown] };
}

/** Several looks as one. A reason that several give is told once. */
export function together(looks: readonly Look[]): Look {
  return {
    found: looks.flatMap(({ found }) => found),
    because: [...new Set(looks.flatMap(({ because }) => because ?? []))],
  };
}

export interface Examination {
  /** Worst first, then in the order of the checks. */
  readonly findings: readonly Finding[];
  /** Titles of the checks that were made in full. */
  readonly checked: readonly string[];
  readonly unchecked: readonly { readonly title: string; readonly because: string }[];
}
