import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runAction, type ActionOptions, type ActionRun } from '../emulators/runner/action.js';
import { pullRequest, push, type RunnerEvent } from '../emulators/runner/events.js';
import { makeMachine, type Machine } from '../emulators/runner/machine.js';
import type { JobOptions } from '../emulators/github/jobs.js';
import { startWorld, type World, type WorldOptions } from '../emulators/world.js';
import { ACCOUNT, DEPLOY_ROLE, PLAN_ROLE, REGION, ROOT } from './consumer.js';
import { makeRelay } from './relay.js';

/** One step of a job on GitHub. */
export interface StepOptions extends Partial<Omit<ActionOptions, 'inputs' | 'github' | 'aws'>> {
  /** What the job may do. @default it writes comments and has an identity */
  readonly job?: Omit<JobOptions, 'event'>;
  /** @default AWS is there, and no key to it */
  readonly aws?: Readonly<Record<string, string>>;
}

/** Runs the action, its main and its post step. */
export type Step = (inputs: Readonly<Record<string, string>>, options?: StepOptions) => Promise<ActionRun>;

/** A user's repository, a runner, and the world around it; the action is there as a runner downloads it. */
export interface Scene {
  readonly world: World;
  readonly machine: Machine;
  /** The checkout of the small app. */
  readonly workspace: string;
  /** Folder that holds the action's `action.yml` and `dist`, and nothing else. */
  readonly action: string;
  /** Runs a command for a pull request. */
  readonly onPullRequest: Step;
  /** Runs a command for a push to `main`. */
  readonly onPush: Step;
  /** What the engine, not the action, says of a stack; undefined when it is not there. */
  stack(name: string): Promise<{ readonly status: string; readonly outputs: Record<string, string> } | undefined>;
  /** The engine itself, past everything that watches the action. */
  cloudFormation(): CloudFormationClient;
  /** Names of the stacks that there are. */
  stacks(): Promise<readonly string[]>;
  /** Bootstraps the account with the CDK's own template, in less time than `cdk bootstrap` takes. */
  bootstrap(account?: string): Promise<void>;
  end(): Promise<void>;
}

export const PLAN_SUBJECT = 'repo:acme-corp@77/webapp@4242:pull_request';
export const DEPLOY_SUBJECT = 'repo:acme-corp@77/webapp@4242:ref:refs/heads/main';

/** Roles that trust the jobs which they are for, and no other. */
const TRUST = [
  { role: PLAN_ROLE, subjects: [PLAN_SUBJECT] },
  { role: DEPLOY_ROLE, subjects: [DEPLOY_SUBJECT] },
];

/** Copies the action, as a runner downloads it; folder of the bundle. */
export function copyAction(folder: string): string {
  const dist = path.join(folder, 'dist');
  cpSync(path.join(ROOT, 'dist'), dist, { recursive: true });
  // The runner reads it; the bundle never does.
  cpSync(path.join(ROOT, 'action.yml'), path.join(folder, 'action.yml'));
  return dist;
}

/** Sets the scene with a copy of the action: other tests may build a new one meanwhile. */
export async function setScene(options: WorldOptions = {}): Promise<Scene> {
  const folder = mkdtempSync(path.join(tmpdir(), 'scene-'));
  const action = path.join(folder, 'action');
  copyAction(action);
  const workspace = makeRelay(path.join(folder, 'repository'));
  const machine = makeMachine({ toolCache: path.join(ROOT, '.cache/tools') });
  const world = await startWorld({ trust: TRUST, ...options });

  const step =
    (event: RunnerEvent): Step =>
    (inputs, { job, ...more } = {}) =>
      runAction({
        dist: path.join(action, 'dist'),
        event,
        workspace,
        machine,
        github: world.github.job({ event: more.event ?? event, ...job }),
        aws: world.sts.place(REGION),
        ...more,
        inputs,
      });
  const client = (account = ACCOUNT): CloudFormationClient =>
    new CloudFormationClient({
      region: REGION,
      endpoint: world.aws.endpoint,
      credentials: { accessKeyId: account, secretAccessKey: 'none' },
    });
  const stack = async (name: string, account?: string): ReturnType<Scene['stack']> => {
    try {
      const { Stacks } = await client(account).send(new DescribeStacksCommand({ StackName: name }));
      const outputs = (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
        OutputKey,
        OutputValue,
      ]);
      return { status: Stacks?.[0]?.StackStatus ?? '', outputs: Object.fromEntries(outputs) as Record<string, string> };
    } catch (error) {
      if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
      throw error;
    }
  };
  return {
    world,
    machine,
    workspace,
    action,
    onPullRequest: step(pullRequest()),
    onPush: step(push()),
    stack: (name) => stack(name),
    cloudFormation: () => client(),
    stacks: async () => {
      const { StackSummaries = [] } = await client().send(new ListStacksCommand({}));
      return StackSummaries.map(({ StackName = '' }) => StackName).sort();
    },
    bootstrap: async (account) => {
      const template = path.join(ROOT, 'node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml');
      const input = { StackName: 'CDKToolkit', TemplateBody: readFileSync(template, 'utf8') };
      await client(account).send(new CreateStackCommand(input));
      while ((await stack('CDKToolkit', account))?.status !== 'CREATE_COMPLETE') await pause(50);
    },
    end: async () => {
      for (const used of [folder, machine.folder]) rmSync(used, { recursive: true, force: true });
      await world.stop();
    },
  };
}
