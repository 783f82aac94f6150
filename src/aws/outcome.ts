import type { AssemblyStack } from '../cdk/assembly/model.js';
import type { CloudFormation, StackEvent, StackState } from '../ports.js';
import type { ResourceFailure, StackOutcome } from '../report/model.js';
import { NOT_YET } from './deployed.js';

/** States in which a stack is as its template says. AWS: CloudFormation, stack status codes. */
const GOOD = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE']);

/**
 * A stack that was rolled back is as it was. If the CLI then finds no difference, the app has gone back as well, and all
 * is well.
 */
const BACK = new Set(['UPDATE_ROLLBACK_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE']);

/** Reasons that only tell of another resource's failure. */
const CASCADE = /^Resource (?:creation|update) cancelled|^The following resource\(s\) failed to/i;

export interface OutcomeRequest {
  readonly stack: AssemblyStack;
  readonly before: StackState | undefined;
  /** Id of the stack's newest event before; undefined when there was no stack. */
  readonly lastEvent: string | undefined;
  /** Whether the CLI said that all went well. */
  readonly succeeded: boolean;
}

/**
 * What a deployment did to one stack, as CloudFormation tells it: the CLI's word is not taken for it.
 */
export async function outcomeOf(request: OutcomeRequest, cloudFormation: CloudFormation): Promise<StackOutcome> {
  const { stack, before, lastEvent } = request;
  const after = await cloudFormation.describeStack(stack.name);
  const shared = { id: stack.id, name: stack.name, ...(after === undefined ? {} : { status: after.status }) };
  if (after === undefined || after.status === NOT_YET) {
    return { ...shared, result: 'not-started', seconds: 0, outputs: {} };
  }
  if (isUntouched(before, after)) {
    const good = request.succeeded && (GOOD.has(after.status) || BACK.has(after.status));
    const result = good ? 'unchanged' : GOOD.has(after.status) ? 'not-started' : 'failed';
    return { ...shared, result, seconds: 0, outputs: good ? after.outputs : {} };
  }
  const events = await cloudFormation.events(after.id, ({ id }) => id !== lastEvent);
  const seconds = secondsOf(events);
  if (GOOD.has(after.status)) {
    const isNew = before === undefined || before.status === NOT_YET || before.id !== after.id;
    return { ...shared, result: isNew ? 'created' : 'updated', seconds, outputs: after.outputs };
  }
  const failure = await firstFailure(events, stack, cloudFormation);
  return { ...shared, result: 'failed', seconds, outputs: {}, ...(failure === undefined ? {} : { failure }) };
}

/** A stack that no operation has touched has the time of its last one. */
function isUntouched(before: StackState | undefined, after: StackState): boolean {
  return (
    before !== undefined &&
    before.id === after.id &&
    before.status === after.status &&
    before.changedAt?.getTime() === after.changedAt?.getTime()
  );
}

function secondsOf(events: readonly StackEvent[]): number {
  const times = events.map(({ timestamp }) => timestamp.getTime());
  return times.length === 0 ? 0 : Math.round((Math.max(...times) - Math.min(...times)) / 1000);
}

/** The first resource that failed of itself; where that is a nested stack, the first in there. */
async function firstFailure(
  events: readonly StackEvent[],
  stack: AssemblyStack,
  cloudFormation: CloudFormation,
): Promise<ResourceFailure | undefined> {
  // A nested stack's events are of this operation when they are not older than its parent's first; one clock tells both.
  const since = events.at(-1)?.timestamp ?? new Date(0);
  let level: AssemblyStack | AssemblyStack['nested'][string] | undefined = stack;
  let current = events;
  for (;;) {
    const event = rootCause(current);
    if (event === undefined) return undefined;
    const place = level?.constructs[event.logicalId];
    const failure: ResourceFailure = {
      logicalId: event.logicalId,
      type: event.type,
      reason: event.reason ?? event.status,
      ...(place === undefined ? {} : { path: place.path }),
      ...(place?.source === undefined ? {} : { source: place.source }),
    };
    const inner = event.type === 'AWS::CloudFormation::Stack' ? event.physicalId : undefined;
    if (!inner || inner === event.stackId) return failure;
    level = level?.nested[event.logicalId];
    current = await cloudFormation.events(inner, ({ timestamp }) => timestamp >= since);
    if (rootCause(current) === undefined) return failure;
  }
}

function rootCause(events: readonly StackEvent[]): StackEvent | undefined {
  return events
    .toReversed()
    .find((event) => event.status.endsWith('_FAILED') && !CASCADE.test(event.reason ?? '') && !isStackItself(event));
}

/** The stack's own events stand among those of its resources. */
function isStackItself(event: StackEvent): boolean {
  return event.physicalId === event.stackId;
}

/** What to do about a stack that a deployment has left in a bad state. */
export function wayOut(status: string | undefined, name: string): string {
  switch (status) {
    case undefined:
      return 'see the log of cdk deploy above';
    case 'ROLLBACK_COMPLETE':
    case 'CREATE_FAILED':
    case 'ROLLBACK_FAILED':
      return `its creation failed and it cannot be updated: mend the cause, delete it (aws cloudformation delete-stack --stack-name ${name}) and deploy again`;
    case 'UPDATE_ROLLBACK_COMPLETE':
      return 'it was rolled back to what it was: mend the cause and deploy again';
    case 'UPDATE_ROLLBACK_FAILED':
      return `its rollback failed: mend the cause, then aws cloudformation continue-update-rollback --stack-name ${name}`;
    case 'UPDATE_FAILED':
      return `it is half updated: cdk rollback ${name}, or mend the cause and deploy again`;
    default:
      return status.endsWith('_IN_PROGRESS')
        ? `an operation goes on: wait for it (aws cloudformation describe-stacks --stack-name ${name}) and deploy again`
        : 'look at its events in the CloudFormation console';
  }
}
