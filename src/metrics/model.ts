/** The four figures of DORA, from GitHub's records. This is the public `metrics.v1`; docs/records.md defines each word. */

/** One step in the life of a deployment. */
export interface LifeStep {
  /** GitHub's word in small letters: `in_progress`, `success`, … */
  readonly state: string;
  readonly description: string;
  readonly at: Date;
}

/** A deployment as GitHub has it. */
export interface Life {
  readonly environment: string;
  readonly commit: string;
  /** When its commit was committed; undefined when GitHub has it no longer. */
  readonly committedAt?: Date;
  /** Oldest first. */
  readonly statuses: readonly LifeStep[];
}

/** What a deployment came to at one target. */
export interface Ending {
  readonly environment: string;
  /** Empty for a deployment of something else than this action. */
  readonly release: string;
  /** Empty for a deployment of something else than this action. */
  readonly region: string;
  readonly commit: string;
  readonly committedAt?: Date;
  readonly at: Date;
  readonly result: 'succeeded' | 'unchanged' | 'failed' | 'rolled-back' | 'destroyed';
}

/** The figures of one target: one release in one region of one environment. */
export interface TargetMetrics {
  readonly environment: string;
  /** Empty for deployments of something else than this action. */
  readonly release: string;
  readonly region: string;
  /** Changes that were tried: those that succeeded or failed at least once. */
  readonly changes: number;
  /** Changes that succeeded. */
  readonly deployments: number;
  readonly deploymentsPerDay: number;
  /** Median from commit to success, in seconds; null when no change has both. */
  readonly leadTimeSeconds: number | null;
  /** Changes that failed or were rolled back. */
  readonly failures: number;
  /** `failures` / `changes`; null without changes. */
  readonly changeFailureRate: number | null;
  /** Times that something stayed failed until a later success, and that came to their end. */
  readonly restored: number;
  /** Times that something failed and has not succeeded since. */
  readonly unrestored: number;
  /** Median from failure to the next success, in seconds; null when nothing was restored. */
  readonly timeToRestoreSeconds: number | null;
  /** Runs that found nothing to change; they count for nothing else. */
  readonly unchanged: number;
  /** Successes whose commit GitHub does not have; they have no lead time. */
  readonly withoutCommit: number;
  /** Successes and failures by the day (UTC) of the change, without the days that have none. */
  readonly days: readonly { readonly date: string; readonly deployments: number; readonly failures: number }[];
}

export interface Metrics {
  readonly schema: 'metrics.v1';
  readonly repository: string;
  /** ISO 8601; the window is from here … */
  readonly since: string;
  /** … to here. */
  readonly until: string;
  readonly windowDays: number;
  /** Sorted by environment, release and region. */
  readonly targets: readonly TargetMetrics[];
}
