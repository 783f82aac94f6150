import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { detectDrift, type Waiting } from '../../src/aws/drift-adapter.js';

type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>, call: number) => object>>;

/** A client that answers by the name of the command, and what it was asked. */
function client(answers: Answers): { readonly client: CloudFormationClient; readonly asked: string[] } {
  const asked: string[] = [];
  const real = new CloudFormationClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  real.send = ((command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    const { name } = command.constructor;
    const before = asked.filter((one) => one.startsWith(name)).length;
    asked.push(`${name} ${JSON.stringify(command.input)}`);
    return Promise.resolve(answers[name]?.(command.input, before) ?? {});
  }) as typeof real.send;
  return { client: real, asked };
}

function time(): Waiting & { readonly pauses: number[] } {
  const pauses: number[] = [];
  return {
    pauses,
    pause: (seconds) => Promise.resolve(void pauses.push(seconds)),
    now: () => pauses.reduce((sum, seconds) => sum + seconds, 0),
  };
}

const DETECT = DetectStackDriftCommand.name;
const STATUS = DescribeStackDriftDetectionStatusCommand.name;
const DRIFTS = DescribeStackResourceDriftsCommand.name;
const started = () => ({ StackDriftDetectionId: 'one' });
const checkedAt = new Date('2026-11-21T09:00:00Z');

test('waits for the end of the detection, and reads every page', async () => {
  const { client: asks, asked } = client({
    [DETECT]: started,
    [STATUS]: (_, call) => ({
      ...{ StackId: 'arn:web', Timestamp: checkedAt, StackDriftStatus: 'DRIFTED' },
      DetectionStatus: call < 5 ? 'DETECTION_IN_PROGRESS' : 'DETECTION_COMPLETE',
    }),
    [DRIFTS]: ({ NextToken }) =>
      NextToken === undefined
        ? {
            NextToken: 'more',
            StackResourceDrifts: [
              {
                ...{ LogicalResourceId: 'Q', PhysicalResourceId: 'q-1', ResourceType: 'AWS::SQS::Queue' },
                StackResourceDriftStatus: 'MODIFIED',
                PropertyDifferences: [
                  { PropertyPath: '/DelaySeconds', ExpectedValue: '1', ActualValue: '2', DifferenceType: 'NOT_EQUAL' },
                ],
              },
            ],
          }
        : {
            StackResourceDrifts: [
              {
                ...{ LogicalResourceId: 'T', ResourceType: 'AWS::SNS::Topic', StackResourceDriftStatus: 'UNKNOWN' },
                DriftStatusReason: 'not allowed',
              },
            ],
          },
  });
  const waiting = time();
  expect(await detectDrift(asks, 'web', waiting)).toEqual({
    ...{ stackId: 'arn:web', status: 'DRIFTED', checkedAt },
    resources: [
      {
        ...{ logicalId: 'Q', physicalId: 'q-1', type: 'AWS::SQS::Queue', status: 'MODIFIED' },
        differences: [{ path: '/DelaySeconds', expected: '1', actual: '2', kind: 'NOT_EQUAL' }],
      },
      { logicalId: 'T', type: 'AWS::SNS::Topic', status: 'UNKNOWN', differences: [], reason: 'not allowed' },
    ],
  });
  expect(waiting.pauses).toEqual([1, 2, 4, 8, 10]);
  expect(asked[0]).toBe(`${DETECT} {"StackName":"web"}`);
  expect(asked.filter((one) => one.startsWith(DRIFTS))).toHaveLength(2);
});

test('a detection that could not look at everything says why, and what it found counts', async () => {
  const { client: asks } = client({
    [DETECT]: started,
    [STATUS]: () => ({ DetectionStatus: 'DETECTION_FAILED', DetectionStatusReason: 'no permission on T' }),
    [DRIFTS]: () => ({ StackResourceDrifts: [{ LogicalResourceId: 'Q', StackResourceDriftStatus: 'IN_SYNC' }] }),
  });
  expect(await detectDrift(asks, 'web', time())).toEqual({
    ...{ stackId: 'web', status: 'UNKNOWN', incomplete: 'no permission on T' },
    resources: [{ logicalId: 'Q', type: '', status: 'IN_SYNC', differences: [] }],
  });
});

test('one that does not end is an error, not an answer', async () => {
  const { client: asks, asked } = client({
    [DETECT]: started,
    [STATUS]: () => ({ DetectionStatus: 'DETECTION_IN_PROGRESS' }),
  });
  const waiting = time();
  await expect(detectDrift(asks, 'web', waiting)).rejects.toThrow(
    'the drift detection of web has not ended after 15 minutes: run the job again later',
  );
  expect(waiting.now()).toBeLessThan(1000);
  expect(asked.some((one) => one.startsWith(DRIFTS))).toBe(false);
});
