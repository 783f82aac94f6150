import {
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
  paginateDescribeStackResourceDrifts,
  type CloudFormationClient,
  type DescribeStackDriftDetectionStatusOutput,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError } from '../errors.js';
import type { ResourceDrift, StackDrift } from '../plan/drift-answer.js';

/** How time passes while a detection runs. */
export interface Waiting {
  readonly pause: (seconds: number) => Promise<void>;
  /** Seconds, from any start. */
  readonly now: () => number;
}

const REAL: Waiting = { pause: async (seconds) => sleep(seconds * 1000), now: () => performance.now() / 1000 };

/** Seconds. AWS names no limit; its guide speaks of several minutes for a stack of many resources. */
const LONGEST = 900;
const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 10;

/**
 * Has CloudFormation compare a stack with what is there, and waits for it.
 * @throws ActionError `aws` when it does not end in time; the error of AWS when it may not be asked
 */
export async function detectDrift(
  client: CloudFormationClient,
  StackName: string,
  waiting: Waiting = REAL,
): Promise<StackDrift> {
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName }));
  const detection = await ended(client, StackName, StackDriftDetectionId, waiting);
  const pages = await Array.fromAsync(paginateDescribeStackResourceDrifts({ client }, { StackName }));
  return {
    stackId: detection.StackId ?? StackName,
    status: detection.StackDriftStatus ?? 'UNKNOWN',
    ...(detection.Timestamp === undefined ? {} : { checkedAt: detection.Timestamp }),
    ...(detection.DetectionStatus === 'DETECTION_FAILED'
      ? { incomplete: detection.DetectionStatusReason ?? 'CloudFormation does not say why' }
      : {}),
    resources: pages.flatMap(({ StackResourceDrifts }) => StackResourceDrifts ?? []).map(resourceOf),
  };
}

async function ended(
  client: CloudFormationClient,
  stack: string,
  StackDriftDetectionId: string | undefined,
  { pause, now }: Waiting,
): Promise<DescribeStackDriftDetectionStatusOutput> {
  const start = now();
  for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
    const detection = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    if (detection.DetectionStatus !== 'DETECTION_IN_PROGRESS') return detection;
    if (now() - start >= LONGEST) {
      throw new ActionError(
        'aws',
        `the drift detection of ${stack} has not ended after ${LONGEST / 60} minutes: run the job again later`,
      );
    }
    await pause(wait);
  }
}

function resourceOf(drift: StackResourceDrift): ResourceDrift {
  return {
    logicalId: drift.LogicalResourceId ?? '',
    ...(drift.PhysicalResourceId === undefined ? {} : { physicalId: drift.PhysicalResourceId }),
    type: drift.ResourceType ?? '',
    status: drift.StackResourceDriftStatus ?? 'UNKNOWN',
    differences: (drift.PropertyDifferences ?? []).map((difference) => ({
      path: difference.PropertyPath ?? '',
      expected: difference.ExpectedValue ?? 'null',
      actual: difference.ActualValue ?? 'null',
      kind: difference.DifferenceType ?? 'NOT_EQUAL',
    })),
    ...(drift.DriftStatusReason === undefined ? {} : { reason: drift.DriftStatusReason }),
  };
}
