import type { StackOutcome } from './model.js';

/** What became of a command at one target: a job's word to the jobs after it. It holds no secret and no account. */
export interface Result {
  readonly schema: 'result.v1';
  readonly command: string;
  /** `<environment>-<release>-<region>` */
  readonly id: string;
  readonly environment: string;
  readonly release: string;
  readonly region: string;
  readonly version: string;
  readonly result: 'success' | 'no-changes' | 'skipped' | 'failure';
  /** Why it failed, in one line. */
  readonly cause?: string;
  readonly risk?: string;
  readonly fingerprint?: string;
  readonly 'assembly-digest'?: string;
  /** Of a deployment. */
  readonly stacks?: readonly StackOutcome[];
  /** The run that did it. */
  readonly url: string;
}
