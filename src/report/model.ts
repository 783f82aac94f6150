import type { Plan } from '../plan/model.js';

/** One row of what a deployment did. */
export interface StackOutcome {
  /** Artifact id. */
  readonly id: string;
  /** CloudFormation's name. */
  readonly name: string;
  readonly result: 'created' | 'updated' | 'unchanged' | 'failed' | 'not-started';
  /** CloudFormation's status at the end; undefined when the stack does not exist. */
  readonly status?: string;
  readonly seconds: number;
  /** Secrets are left out before they come here. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The first resource that failed, not the cascade. */
  readonly failure?: ResourceFailure;
  /** What to do about a stack that failed. */
  readonly wayOut?: string;
}

export interface ResourceFailure {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
  /** Construct path, when the assembly knows it. */
  readonly path?: string;
  /** `file:line`, when the assembly has stack traces. */
  readonly source?: string;
}

/** What a report names its target by. */
export interface ReportTarget {
  readonly environment: string;
  readonly release: string;
  readonly version: string;
  readonly region: string;
}

/** What happened at one target. */
export type TargetReport =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | {
      readonly kind: 'deployment';
      readonly target: ReportTarget;
      readonly stacks: readonly StackOutcome[];
      /** Sentences about how it was allowed. @default none */
      readonly notes?: readonly string[];
    }
  | { readonly kind: 'failure'; readonly target: ReportTarget; readonly command: string; readonly cause: string };

/** All that a comment or a summary is made from. */
export interface Report {
  /** Tells our comments apart: one comment per tag. */
  readonly tag: string;
  readonly commit: string;
  readonly runUrl: string;
  readonly targets: readonly TargetReport[];
}
