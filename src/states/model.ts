/** Commands that a stack's state decides about. `rollback` is the way back to before a failed update. */
export const VERBS = ['diff', 'deploy', 'rollback', 'destroy'] as const;
export type Verb = (typeof VERBS)[number];

/** What may be done to a stuck stack, if the input `recover` allows it. */
export const RECOVERIES = ['delete-failed-create', 'continue-rollback', 'cleanup-review'] as const;
export type Recovery = (typeof RECOVERIES)[number];

/** What happens to a stack that a command finds in some state. */
export type Step =
  /** The command goes on; `note` is for whoever reads its report. */
  | { readonly kind: 'proceed'; readonly note?: string }
  /** An operation runs: its events are followed until it ends, then the new state decides. */
  | { readonly kind: 'wait' }
  /** Only after this is done the new state decides. */
  | { readonly kind: 'recover'; readonly how: Recovery }
  /** There is nothing to do, which is well. */
  | { readonly kind: 'nothing'; readonly why: string }
  /** Nothing is touched, and the run fails. */
  | { readonly kind: 'refuse'; readonly why: string };

/** What a status means, and what each command does about it. */
export interface Row {
  /** CloudFormation's words; `NOT_FOUND` stands for a stack that is not there. */
  readonly statuses: readonly string[];
  readonly means: string;
  readonly steps: Readonly<Record<Verb, Step>>;
  /** What a person can do, with `<stack>` in place of its name. One line. */
  readonly wayOut: string;
}
