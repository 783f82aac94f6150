import { z } from 'zod';
import { ActionError } from '../errors.js';
import type { GitHub } from '../ports.js';
import { refusalOf } from './refusal.js';

export interface RunOrigin {
  /** The input `pull-request`; empty when it is not set. */
  readonly input: string;
  /** The event's payload, as the runner wrote it. */
  readonly event: unknown;
  /** The commit of the run. */
  readonly commit: string;
}

const NUMBER = z.number().int().positive();
const EVENT = z.object({
  pull_request: z.object({ number: NUMBER }).optional().catch(undefined),
  issue: z
    .object({ number: NUMBER, pull_request: z.object({}) })
    .optional()
    .catch(undefined),
  merge_group: z.object({ head_ref: z.string() }).optional().catch(undefined),
  workflow_run: z
    .object({ head_sha: z.string(), pull_requests: z.array(z.object({ number: NUMBER })).catch([]) })
    .optional()
    .catch(undefined),
});

/**
 * The pull request that a run belongs to: the input's, the event's, or the open one that holds the commit.
 * @returns undefined when there is none, or when the token may not look
 * @throws ActionError `input` when the input is no number
 */
export async function pullRequestOf({ input, event, commit }: RunOrigin, github?: GitHub): Promise<number | undefined> {
  if (input !== '') return fromInput(input);
  const payload = EVENT.safeParse(event).data ?? {};
  const named = fromEvent(payload);
  if (named !== undefined) return named;
  try {
    return await github?.openPullRequest?.(payload.workflow_run?.head_sha ?? commit);
  } catch (error) {
    if (refusalOf(error, 0) === undefined) throw error;
    return undefined;
  }
}

function fromInput(input: string): number {
  const match = /^#?([1-9]\d{0,9})$/.exec(input.trim());
  if (match === null) throw new ActionError('input', `pull-request is "${input}": give its number, such as 12`);
  return Number(match[1]);
}

function fromEvent({ pull_request, issue, merge_group, workflow_run }: z.infer<typeof EVENT>): number | undefined {
  // A merge queue's branch is called gh-readonly-queue/<base>/pr-<number>-<commit>.
  const queued = /\/pr-(\d+)-[0-9a-f]+$/.exec(merge_group?.head_ref ?? '')?.[1];
  return (
    pull_request?.number ??
    issue?.number ??
    (queued === undefined ? undefined : Number(queued)) ??
    workflow_run?.pull_requests[0]?.number
  );
}
