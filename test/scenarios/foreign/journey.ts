import { CloudFormationClient, paginateListStacks } from '@aws-sdk/client-cloudformation';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAws, type AwsEmulator } from '../../emulators/aws/aws.js';
import { ROOT } from '../../emulators/programs.js';
import { runAction, type ActionRun } from '../../emulators/runner/action.js';
import { push } from '../../emulators/runner/events.js';
import { makeMachine, type Machine } from '../../emulators/runner/machine.js';
import type { ForeignApp, Place } from './model.js';

/** Where the apps of these tests go. */
export const PLACE: Place = { account: '111122223333', region: 'us-west-2' };

/** What a user starts from: an account, a runner, and a folder for the checkout. */
export interface Journey {
  readonly checkout: string;
  /** Runs one command of the action as a step of the user's job. */
  run(command: string, app: ForeignApp, inputs?: Readonly<Record<string, string>>): Promise<ActionRun>;
  /** Status of every stack that there is or was, by name. */
  stacks(): Promise<Readonly<Record<string, string>>>;
  end(): Promise<void>;
}

/** Starts the AWS engine and a runner that keeps its tools from step to step. */
export async function startJourney(): Promise<Journey> {
  const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
  const checkout = join(folder, 'checkout');
  mkdirSync(checkout);
  const aws = await startAws({ account: PLACE.account });
  const machine = makeMachine({ toolCache: join(ROOT, '.cache/tools') });
  return {
    checkout,
    run: (command, app, inputs = {}) => runStep(command, app, inputs, aws, machine),
    stacks: () => stacks(aws),
    end: async () => {
      await aws.stop();
      for (const used of [folder, machine.folder]) rmSync(used, { recursive: true, force: true });
    },
  };
}

function runStep(
  command: string,
  app: ForeignApp,
  inputs: Readonly<Record<string, string>>,
  aws: AwsEmulator,
  machine: Machine,
): Promise<ActionRun> {
  return runAction({
    dist: join(ROOT, 'dist'),
    workspace: app.folder,
    machine,
    event: push(),
    // There is no pull request behind a push to main; the comment has tests of its own.
    inputs: { command, comment: 'false', ...app.inputs, ...inputs },
    aws: aws.env(PLACE.account, PLACE.region),
    env: app.env,
  });
}

async function stacks(aws: AwsEmulator): Promise<Record<string, string>> {
  const client = new CloudFormationClient({
    endpoint: aws.endpoint,
    region: PLACE.region,
    credentials: { accessKeyId: PLACE.account, secretAccessKey: 'emulated' },
  });
  const found: Record<string, string> = {};
  for await (const page of paginateListStacks({ client }, {})) {
    for (const stack of page.StackSummaries ?? []) found[stack.StackName ?? ''] = stack.StackStatus ?? '';
  }
  return found;
}

/** The files that a run may change for a while and has to leave as they were. */
export function contextFiles(app: ForeignApp): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(['cdk.json', 'cdk.context.json'].map((name) => [name, textOf(join(app.folder, name))]));
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
