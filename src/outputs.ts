import type { ActionError } from './errors.js';
import type { StackOutcome } from './report/model.js';

/** The outputs of `action.yml`; a test holds the two to one another. */
export const OUTPUTS = [
  'environment',
  'version',
  'release-version',
  'targets',
  'waves',
  'bootstrap-release',
  'account',
  'region',
  'assembly',
  'assembly-digest',
  'has-changes',
  'risk',
  'fingerprint',
  'plan-file',
  'comment-url',
  'stack-outputs',
  'environment-url',
  'deployment-id',
  'metrics',
  'findings',
  'result',
  'results',
] as const;

export type OutputName = (typeof OUTPUTS)[number];

/** What a command leaves for the steps after it. Anything but a string is written as JSON. */
export type Outputs = { readonly [K in OutputName]?: unknown };

/** The text of an output's value, as a runner takes it. */
export function outputText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a command comes to. */
export interface Outcome {
  readonly outputs: Outputs;
  /** What became of each stack, for the file of the result. @default the command deploys nothing */
  readonly stacks?: readonly StackOutcome[];
  /** The command did its work, and its finding fails the job: a gate, a stack that failed. @default none */
  readonly failure?: ActionError;
}
