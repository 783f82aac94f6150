import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
  paginateListImports,
  paginateListStackResources,
  type Stack,
  type StackEvent as SdkEvent,
} from '@aws-sdk/client-cloudformation';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
  type Credentials,
} from '@aws-sdk/client-sts';
import type { AgentOptions } from 'node:https';
import { ActionError } from '../errors.js';
import { detectDrift } from './drift-adapter.js';
import type { Aws, AssumeRoleRequest, CloudFormation, Session, StackEvent, StackState, Sts } from '../ports.js';
import { changeSets } from './change-sets-adapter.js';

// The SDK's own retries with back-off and jitter; more attempts than its default of 3, because a CDK deployment next to
// ours uses up the same account's request rate.
const RETRIES = { maxAttempts: 8, retryMode: 'standard' } as const;

/** The SDK knows no proxy by itself; Node's agents do, as the CDK's command line does. */
function viaProxy(): { readonly requestHandler?: Record<'httpAgent' | 'httpsAgent', AgentOptions> } {
  const isSet = ['http_proxy', 'https_proxy'].some((name) => process.env[name] ?? process.env[name.toUpperCase()]);
  const agent: AgentOptions = { keepAlive: true, proxyEnv: process.env };
  return isSet ? { requestHandler: { httpAgent: agent, httpsAgent: agent } } : {};
}

/** AWS, through its SDK. */
export function awsSdk(): Aws {
  const client = (region: string, credentials?: () => Promise<Session>): CloudFormationClient =>
    new CloudFormationClient({ region, ...RETRIES, ...viaProxy(), ...(credentials ? { credentials } : {}) });
  return {
    sts,
    cloudFormation: (region, credentials) => cloudFormation(client(region, credentials)),
    changeSets: (region, credentials) => changeSets(client(region, credentials)),
    account: async (region, credentials) =>
      (await import('./account-adapter.js')).accountReader({
        region,
        ...RETRIES,
        ...viaProxy(),
        ...(credentials ? { credentials } : {}),
      }),
  };
}

function sts(region: string): Sts {
  const client = (session?: Session): STSClient =>
    new STSClient({ region, ...RETRIES, ...viaProxy(), ...(session ? { credentials: session } : {}) });
  return {
    async callerIdentity(session) {
      const { Account, Arn } = await client(session).send(new GetCallerIdentityCommand({}));
      return { account: required(Account, 'account'), arn: required(Arn, 'ARN') };
    },
    async assumeRoleWithWebIdentity(request, token) {
      const command = new AssumeRoleWithWebIdentityCommand({ ...roleInput(request), WebIdentityToken: token });
      // The token is the credential: whatever else the environment holds must not be asked for.
      const unsigned = { accessKeyId: '', secretAccessKey: '' };
      return sessionOf((await client(unsigned).send(command)).Credentials);
    },
    async assumeRole(request, session) {
      const command = new AssumeRoleCommand({
        ...roleInput(request),
        ...(request.externalId === undefined ? {} : { ExternalId: request.externalId }),
        ...(request.tags === undefined
          ? {}
          : { Tags: Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value })) }),
      });
      return sessionOf((await client(session).send(command)).Credentials);
    },
  };
}

function roleInput(request: AssumeRoleRequest): { RoleArn: string; RoleSessionName: string; DurationSeconds: number } {
  return {
    RoleArn: request.roleArn,
    RoleSessionName: request.sessionName,
    DurationSeconds: request.durationSeconds,
  };
}

function sessionOf(credentials: Credentials | undefined): Session {
  return {
    accessKeyId: required(credentials?.AccessKeyId, 'access key'),
    secretAccessKey: required(credentials?.SecretAccessKey, 'secret key'),
    ...(credentials?.SessionToken === undefined ? {} : { sessionToken: credentials.SessionToken }),
    ...(credentials?.Expiration === undefined ? {} : { expiration: credentials.Expiration }),
  };
}

function cloudFormation(client: CloudFormationClient): CloudFormation {
  return {
    async describeStack(StackName) {
      return ifThere(async () => {
        const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
        return Stacks?.[0] && stateOf(Stacks[0]);
      });
    },
    async template(StackName) {
      return ifThere(async () => {
        const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
        return TemplateBody;
      });
    },
    async resources(StackName) {
      const found = await ifThere(async () => {
        const pages = await Array.fromAsync(paginateListStackResources({ client }, { StackName }));
        return pages.flatMap(({ StackResourceSummaries }) => StackResourceSummaries ?? []);
      });
      return (found ?? []).map((resource) => ({
        logicalId: resource.LogicalResourceId ?? '',
        type: resource.ResourceType ?? '',
        status: resource.ResourceStatus ?? '',
        ...(resource.PhysicalResourceId === undefined ? {} : { physicalId: resource.PhysicalResourceId }),
      }));
    },
    async events(StackName, wanted) {
      const events: StackEvent[] = [];
      for await (const { StackEvents } of paginateDescribeStackEvents({ client }, { StackName })) {
        for (const event of (StackEvents ?? []).map(eventOf)) {
          if (!wanted(event)) return events;
          events.push(event);
        }
      }
      return events;
    },
    async importers(ExportName) {
      const found = await ifThere(async () => {
        const pages = await Array.fromAsync(paginateListImports({ client }, { ExportName }));
        return pages.flatMap(({ Imports }) => Imports ?? []);
      });
      return found ?? [];
    },
    driftOf: (nameOrId) => detectDrift(client, nameOrId),
  };
}

/** CloudFormation says with a ValidationError that a stack is not there, or that nobody imports an export. */
async function ifThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const absent = /does not exist|is not imported by any stack/;
    if (error instanceof Error && error.name === 'ValidationError' && absent.test(error.message)) return undefined;
    throw error;
  }
}

function stateOf(stack: Stack): StackState {
  const outputs = stack.Outputs ?? [];
  const changedAt = stack.LastUpdatedTime ?? stack.CreationTime;
  return {
    id: stack.StackId ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus ?? 'UNKNOWN',
    ...(stack.StackStatusReason === undefined ? {} : { statusReason: stack.StackStatusReason }),
    ...(changedAt === undefined ? {} : { changedAt }),
    outputs: pairs(outputs, ({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    exports: pairs(outputs, ({ ExportName, OutputValue }) => [ExportName, OutputValue]),
    tags: pairs(stack.Tags ?? [], ({ Key, Value }) => [Key, Value]),
    parameters: pairs(stack.Parameters ?? [], ({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]),
    terminationProtection: stack.EnableTerminationProtection ?? false,
  };
}

function pairs<T>(
  items: readonly T[],
  pair: (item: T) => readonly [string | undefined, string | undefined],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    items.map(pair).flatMap(([key, value]) => (key === undefined ? [] : [[key, value ?? ''] as const])),
  );
}

function eventOf(event: SdkEvent): StackEvent {
  return {
    id: event.EventId ?? '',
    stackId: event.StackId ?? '',
    stackName: event.StackName ?? '',
    timestamp: event.Timestamp ?? new Date(0),
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    ...(event.PhysicalResourceId === undefined ? {} : { physicalId: event.PhysicalResourceId }),
    ...(event.ResourceStatusReason === undefined ? {} : { reason: event.ResourceStatusReason }),
  };
}

function required(value: string | undefined, what: string): string {
  if (value === undefined) throw new ActionError('aws', `AWS answered without ${what}: try again`);
  return value;
}
