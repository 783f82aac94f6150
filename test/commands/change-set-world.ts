import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AssemblyStack } from '../../src/cdk/assembly/model.js';
import type { Known } from '../../src/commands/access.js';
import type { ChangeSetRequest } from '../../src/commands/change-sets.js';
import type { Context } from '../../src/commands/context.js';
import { planStack } from '../../src/plan/compare.js';
import { makePlan } from '../../src/plan/assemble.js';
import type { Plan, StackPlan } from '../../src/plan/model.js';
import type { FakeChangeSet } from '../fakes/change-sets.js';
import { fakePorts, type Fakes } from '../fakes/ports.js';
import { PARTS } from '../plan/parts.js';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const NAME = 'deploy-action-7-1-a1b2c3d4';

export const arnOf = (stack: string, name = NAME) =>
  `arn:aws:cloudformation:${REGION}:${ACCOUNT}:changeSet/${name}/${stack}-0000`;

const QUEUE = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };

/** A stack of an assembly: by default a queue that is not there yet. */
export function stackOf(id: string, more: Partial<AssemblyStack> = {}): AssemblyStack {
  return {
    ...{ id, displayName: id, name: `acme-${id}`, account: ACCOUNT, region: REGION, terminationProtection: false },
    ...{ tags: {}, dependsOn: [], wave: 1, roles: {}, assets: [], file: '', constructs: {}, nested: {} },
    body: QUEUE,
    ...more,
  };
}

/** The change set that CloudFormation makes of a new stack with a queue. */
export function changeSetOf(stack: AssemblyStack, more: Partial<FakeChangeSet> = {}): FakeChangeSet {
  return {
    id: arnOf(stack.id),
    name: NAME,
    stackId: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack.name}/1`,
    stackName: stack.name,
    status: 'CREATE_COMPLETE',
    executionStatus: 'AVAILABLE',
    tags: {},
    changes: [{ logicalId: 'Queue', type: 'AWS::SQS::Queue', action: 'Add', details: [] }],
    template: JSON.stringify(stack.body),
    ...more,
  };
}

/** What the templates say: everything of these stacks is new. */
export function planned(stacks: readonly AssemblyStack[]): readonly StackPlan[] {
  return stacks.map((stack) =>
    planStack({
      ...{ id: stack.id, displayName: stack.displayName, name: stack.name, account: ACCOUNT, region: REGION },
      ...{ wave: stack.wave, dependsOn: stack.dependsOn, after: stack.body, assets: [] },
    }),
  );
}

export interface World {
  readonly fakes: Fakes;
  readonly context: Context;
  readonly access: Known;
  readonly request: ChangeSetRequest;
  readonly reviewed: Plan;
  readonly now: readonly StackPlan[];
  end(): void;
}

/** Some stacks of an assembly, and a `cdk` that makes the change sets it is told to. */
export function worldOf(
  stacks: readonly AssemblyStack[],
  make: (stack: AssemblyStack) => FakeChangeSet | undefined = (stack) => changeSetOf(stack),
  cliVersion = '2.1148.1',
): World {
  const fakes = fakePorts();
  const temp = mkdtempSync(path.join(tmpdir(), 'change-sets-'));
  const folder = path.join(temp, 'cdk.out');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ version: '54.0.0', artifacts: {} }));
  fakes.exec.on(/^cdk deploy .*prepare-change-set/, {
    act: ({ args }) => {
      for (const stack of stacks.filter(({ displayName }) => args.includes(displayName))) {
        const made = make(stack);
        if (made !== undefined) fakes.aws.fakeChangeSets.put(made);
      }
    },
  });
  fakes.exec.on(/^cdk deploy .*execute-change-set/);
  const access: Known = {
    account: ACCOUNT,
    region: REGION,
    hasCredentials: true,
    env: {},
    cloudFormation: () => fakes.aws.in(REGION),
    cloudFormationOf: () => Promise.resolve(fakes.aws.in(REGION)),
    changeSetsOf: () => Promise.resolve(fakes.aws.fakeChangeSets),
    way: {
      ...{ region: REGION, hops: [], sessionName: 's', durationSeconds: 3600, sessionTags: true, audience: 'a' },
    },
  };
  const context: Context = {
    ports: fakes.ports,
    place: { workspace: temp, base: temp, temp, results: temp, toolCache: temp },
    env: { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '1' },
    payload: {},
  };
  const source = {
    assembly: { folder, version: '54.0.0', stacks, assetManifests: [], missing: [] },
    stacks,
    digest: '',
    archive: '',
    cli: { program: '/bin/cdk', version: cliVersion, origin: 'of the project' },
  };
  const now = planned(stacks);
  return {
    fakes,
    context,
    access,
    request: { source, access, concurrency: 1, toolkitStackName: 'CDKToolkit', cdkArgs: [] },
    reviewed: makePlan({ ...PARTS, stacks: now }),
    now,
    end: () => {
      rmSync(temp, { recursive: true, force: true });
    },
  };
}
