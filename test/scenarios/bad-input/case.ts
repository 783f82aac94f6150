import type { JobOptions } from '../../emulators/github/jobs.js';
import type { RunnerEvent } from '../../emulators/runner/events.js';

/** One thing that a user gets wrong. Everything else is as it has to be. */
export interface Case {
  readonly name: string;
  /** Makes the checkout wrong. `assembly` is the folder of a good one, a copy for this case. */
  readonly change?: (checkout: string, assembly: string) => void | Promise<void>;
  /** On top of a `diff` of `prototype`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** @default a pull request into `main` */
  readonly event?: RunnerEvent;
  /** @default keys of the target's account, no role */
  readonly keys?: 'none' | { readonly account: string };
  /** Variables of the job. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the job may do. @default it may write comments and has an identity token */
  readonly job?: Omit<JobOptions, 'event'>;
  /** The annotation, whole. */
  readonly message: string;
  /** Calls of AWS, each once or more, in any order. @default none */
  readonly calls?: readonly string[];
  /** Files that it leaves for the steps after it. @default none */
  readonly leaves?: readonly string[];
}
