import {
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeEvents,
  paginateListChangeSets,
  type CloudFormationClient,
  type DescribeChangeSetOutput,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { setTimeout as pause } from 'node:timers/promises';
import { ActionError } from '../errors.js';
import type { ChangeSetAnswer } from '../plan/change-set/answer.js';
import type { ChangeSetReference, ChangeSets } from '../ports.js';
import { answerOf, merged, nestedOf, validationOf } from './change-set-answer.js';

export interface Patience {
  /** Milliseconds between two looks. */
  readonly between: number;
  /** How often is looked before it is given up. */
  readonly looks: number;
}

/** Two seconds are the CDK's own interval; five minutes are more than deleting took in any stack we know of. */
const PATIENCE: Patience = { between: 2000, looks: 150 };

/** Change sets, through AWS's SDK. */
export function changeSets(client: CloudFormationClient, patience: Patience = PATIENCE): ChangeSets {
  const describe = async (reference: ChangeSetReference): Promise<ChangeSetAnswer | undefined> =>
    ifThere(async () => {
      // One after the other: while it is being made, the second would know more than the first.
      const plain = await pagesOf(client, reference, false);
      const detailed = merged(await pagesOf(client, reference, true), plain);
      const nested = await Promise.all(
        nestedOf(detailed).map(async ([logicalId, id]) => [logicalId, await describe({ changeSet: id })] as const),
      );
      const found = nested.flatMap(([logicalId, answer]) =>
        answer === undefined ? [] : [[logicalId, answer] as const],
      );
      const validation = await validationFailures(client, detailed);
      return {
        ...answerOf(detailed),
        ...(found.length === 0 ? {} : { nested: Object.fromEntries(found) }),
        ...(validation.length === 0 ? {} : { validation }),
      };
    });

  return {
    describe,
    template: (reference) =>
      ifThere(async () => {
        const command = new GetTemplateCommand({ ...inputOf(reference), TemplateStage: 'Original' });
        return (await client.send(command)).TemplateBody;
      }),
    delete: (reference) => deleteChangeSet(client, reference, patience),
    deleteUncreated: (stack) => deleteUncreated(client, stack, patience),
  };
}

function inputOf({ changeSet, stack }: ChangeSetReference): { ChangeSetName: string; StackName?: string } {
  return { ChangeSetName: changeSet, ...(stack === undefined ? {} : { StackName: stack }) };
}

/** Every page; by its ARN from the second on, so that one that takes its place is not mixed in. */
async function pagesOf(
  client: CloudFormationClient,
  reference: ChangeSetReference,
  IncludePropertyValues: boolean,
): Promise<DescribeChangeSetOutput> {
  const first = await client.send(new DescribeChangeSetCommand({ ...inputOf(reference), IncludePropertyValues }));
  const changes = [...(first.Changes ?? [])];
  const input = first.ChangeSetId === undefined ? inputOf(reference) : { ChangeSetName: first.ChangeSetId };
  for (let token = first.NextToken; token;) {
    const page = await client.send(new DescribeChangeSetCommand({ ...input, IncludePropertyValues, NextToken: token }));
    changes.push(...(page.Changes ?? []));
    token = page.NextToken;
  }
  return { ...first, Changes: changes };
}

/** Where they cannot be asked for (an older partition, a role that may not), the status has to do. */
async function validationFailures(
  client: CloudFormationClient,
  { ChangeSetId }: DescribeChangeSetOutput,
): ReturnType<typeof readValidation> {
  try {
    return await readValidation(client, ChangeSetId);
  } catch {
    return [];
  }
}

async function readValidation(
  client: CloudFormationClient,
  ChangeSetName: string | undefined,
): Promise<ReturnType<typeof validationOf>> {
  if (ChangeSetName === undefined) return [];
  const input = { ChangeSetName, Filters: { FailedEvents: true } };
  const pages = await Array.fromAsync(paginateDescribeEvents({ client }, input));
  return validationOf(pages.flatMap(({ OperationEvents }) => OperationEvents ?? []));
}

/** `DescribeChangeSet` says which states there are; only these two can still become something else. */
const MAKING = new Set(['CREATE_PENDING', 'CREATE_IN_PROGRESS']);

async function deleteChangeSet(
  client: CloudFormationClient,
  reference: ChangeSetReference,
  { between, looks }: Patience,
): Promise<void> {
  const look = (): Promise<DescribeChangeSetOutput | undefined> =>
    ifThere(() => client.send(new DescribeChangeSetCommand(inputOf(reference))));
  let asked = false;
  let seen: DescribeChangeSetOutput | undefined;
  for (let count = 0; count < looks; count += 1) {
    seen = await look();
    if (seen === undefined || seen.Status === 'DELETE_COMPLETE') return;
    if (seen.Status === 'DELETE_FAILED' && asked) break;
    // While it is being made CloudFormation does not delete it.
    if (!asked && !MAKING.has(seen.Status ?? '')) {
      const command = new DeleteChangeSetCommand({ ChangeSetName: seen.ChangeSetId ?? reference.changeSet });
      await ifThere(() => client.send(command));
      asked = true;
    } else await pause(between);
  }
  const why = seen?.StatusReason === undefined ? '' : ` (${seen.StatusReason})`;
  throw new ActionError(
    'aws',
    `change set ${reference.changeSet} of ${seen?.StackName ?? reference.stack ?? ''} is still ${seen?.Status ?? 'there'}` +
      `${why}: delete it in the CloudFormation console`,
  );
}

async function deleteUncreated(
  client: CloudFormationClient,
  StackName: string,
  { between, looks }: Patience,
): Promise<boolean> {
  const look = (name: string): Promise<Stack | undefined> =>
    ifThere(async () => (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]);
  const stack = await look(StackName);
  if (stack === undefined) return true;
  if (stack.StackStatus !== 'REVIEW_IN_PROGRESS') return false;
  const id = stack.StackId ?? StackName;
  const pages = await Array.fromAsync(paginateListChangeSets({ client }, { StackName: id }));
  const others = pages.flatMap(({ Summaries }) => Summaries ?? []);
  if (others.some(({ Status }) => !Status?.startsWith('DELETE_'))) return false;
  await client.send(new DeleteStackCommand({ StackName: id }));
  for (let count = 0; count < looks; count += 1) {
    const now = await look(id);
    if (now === undefined || now.StackStatus === 'DELETE_COMPLETE') return true;
    if (now.StackStatus === 'DELETE_FAILED') return false;
    await pause(between);
  }
  return false;
}

/** A change set, or its stack, that is not there. The SDK's name and the one on the wire differ. */
async function ifThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (/^ChangeSetNotFound(?:Exception)?$/.test(error.name)) return undefined;
    if (error.name === 'ValidationError' && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
