/** Every event that a caller serves, from a new account on: each test goes on where the one before it ended. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  dispatch,
  mergeGroup,
  pullRequest,
  push,
  release,
  schedule,
  type RunnerEvent,
} from '../emulators/runner/events.js';
import { startWorld, type World } from '../emulators/world.js';
import type { TargetResult } from '../../src/commands/results.js';
import { makeChain, PRODUCTION, PROTOTYPE, trust } from './chain-app.js';
import { readCaller, setWorkflowScene, type Run, type WorkflowScene } from './engine/scene.js';

let world: World;
let scene: WorkflowScene;
beforeAll(async () => {
  world = await startWorld({ trust: trust() });
  scene = setWorkflowScene(world, (folder) => {
    makeChain(folder);
  });
});
afterAll(async () => {
  scene.end();
  await world.stop();
});
beforeEach(() => {
  world.sts.clear();
});

const logs = (run: Run): string =>
  run.jobs.flatMap(({ path, log, result }) => (result === 'failure' ? [path, log] : [])).join('\n');
const resultsOf = (run: Run): readonly TargetResult[] =>
  JSON.parse(run.needs['release']?.outputs['results'] ?? '[]') as TargetResult[];
const executed = () => world.sts.calls.filter(({ action }) => action === 'ExecuteChangeSet');
/** Subjects that roles were taken with, each once. */
const subjects = () => [...new Set(world.sts.hops.map(({ subject }) => subject))].filter(Boolean);

test('a pull request: built without an identity, planned with the role that reads, told in one comment', async () => {
  const run = await scene.run({ caller: 'pull-request.yml', event: pullRequest() });
  expect(run.result, logs(run)).toBe('success');
  expect(subjects()).toEqual(['repo:acme-corp@77/webapp@4242:pull_request']);
  expect(executed()).toEqual([]);
  const comments = world.github.comments(12);
  expect(comments.map(({ body }) => body)).toEqual([expect.stringContaining('## Plan for `prototype`')]);
  expect(run.artifacts).toEqual([
    'assembly-prototype-web-eu-central-1',
    'plan-prototype-web-eu-central-1',
    'result-build-prototype-web-eu-central-1',
    'result-plan-prototype-web-eu-central-1',
  ]);
  const build = run.jobs.find(({ id }) => id === 'build/build')!;
  expect(build.grant).toEqual({ contents: 1 });
  const checkouts = run.calls.filter(({ action }) => action === 'checkout');
  expect(checkouts.length).toBeGreaterThanOrEqual(3);
  for (const { inputs } of checkouts) expect(inputs['persist-credentials']).toBe('false');
});

test('a push: bootstrapped, planned, and deployed in the environment', async () => {
  const run = await scene.run({ caller: 'push.yml', event: push() });
  expect(run.result, logs(run)).toBe('success');
  expect(subjects().sort()).toEqual([
    'repo:acme-corp@77/webapp@4242:environment:prototype',
    'repo:acme-corp@77/webapp@4242:ref:refs/heads/main',
  ]);
  expect(run.jobs.filter(({ environment }) => environment).map(({ path, environment }) => [path, environment])).toEqual(
    [
      ['release / bootstrap / bootstrap prototype eu-central-1', 'prototype'],
      ['release / deploy-1 / deploy prototype-web-eu-central-1', 'prototype'],
    ],
  );
  expect(resultsOf(run)).toEqual([
    {
      id: 'prototype-web-eu-central-1',
      environment: 'prototype',
      release: 'web',
      region: 'eu-central-1',
      version: '',
      result: 'success',
      risk: 'add',
      fingerprint: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      'stack-outputs': { 'acme-prototype-web': { InboxName: expect.any(String) as string } },
      url: 'https://github.com/acme-corp/webapp/actions/runs/7001',
      cause: '',
    },
  ]);
  const deploy = run.jobs.find(({ id }) => id === 'release/deploy-1/deploy')!;
  expect(deploy.concurrency).toEqual({
    group: 'deploy-action prototype-web-eu-central-1',
    'cancel-in-progress': false,
    queue: 'max',
  });
});

interface Event {
  readonly name: string;
  readonly caller: string;
  readonly event: RunnerEvent;
  readonly account: string;
  readonly results: readonly string[];
}

const EVENTS: readonly Event[] = [
  {
    name: 'the same push again: nothing to bootstrap, and nothing changes',
    caller: 'push.yml',
    event: push(),
    account: PROTOTYPE,
    results: ['prototype no-changes'],
  },
  {
    name: 'a release: production',
    caller: 'release.yml',
    event: release('v1.4.2'),
    account: PRODUCTION,
    results: ['production success'],
  },
  {
    name: 'a prerelease: the prototype',
    caller: 'release.yml',
    event: release('v1.5.0-rc.1', { prerelease: true }),
    account: PROTOTYPE,
    results: ['prototype no-changes'],
  },
  {
    name: 'a tag',
    caller: 'push.yml',
    event: push('refs/tags/v1.4.3'),
    account: PRODUCTION,
    results: ['production no-changes'],
  },
  {
    name: 'by hand, the prototype and then production',
    caller: 'dispatch.yml',
    event: dispatch({ environment: 'prototype production', release: '', version: '' }),
    account: PRODUCTION,
    results: ['prototype no-changes', 'production no-changes'],
  },
];

describe('and then', () => {
  test.each(EVENTS)('$name', async ({ caller, event, account, results }) => {
    const run = await scene.run({ caller, event });
    expect(run.result, logs(run)).toBe('success');
    expect(resultsOf(run).map((one) => `${one.environment} ${one.result}`)).toEqual(results);
    expect(world.sts.hops.some(({ roleArn }) => roleArn.includes(account))).toBe(true);
    const bootstrapped = run.jobs.some(
      ({ id, result }) => id === 'release/bootstrap/bootstrap' && result === 'success',
    );
    expect(bootstrapped).toBe(results.includes('production success'));
  });

  test('a merge queue: checked, and nothing is written', async () => {
    const run = await scene.run({ caller: 'merge-queue.yml', event: mergeGroup() });
    expect(run.result, logs(run)).toBe('success');
    expect(executed()).toEqual([]);
    expect(world.github.comments(12)).toHaveLength(1);
  });
});

interface Wrong {
  readonly name: string;
  readonly caller: string;
  readonly event: RunnerEvent;
  readonly message: string;
}

const WRONG: readonly Wrong[] = [
  {
    name: 'an event that leads nowhere says what to add',
    caller: 'push.yml',
    event: push('refs/heads/feature'),
    message: "no environment for 'push to feature': set the input environment, or add the event to a 'when'",
  },
  {
    name: 'a branch that is called like a shell command is only a name',
    caller: 'push.yml',
    event: push('refs/heads/$(touch${IFS}/tmp/pwned);`id`'),
    message: "no environment for 'push to $(touch${IFS}/tmp/pwned);`id`'",
  },
  {
    name: 'so is an environment with quotes and commands',
    caller: 'dispatch.yml',
    event: dispatch({ environment: `"';$(id)`, release: '', version: '' }),
    message: 'is unknown',
  },
  {
    name: 'with spaces, a newline and a command',
    caller: 'dispatch.yml',
    event: dispatch({ environment: 'prototype\n$(id)', release: '', version: '' }),
    message: "'$(id)'",
  },
  {
    name: 'a version that is no name',
    caller: 'dispatch.yml',
    event: dispatch({ environment: 'prototype', release: '', version: '`id`\nv1' }),
    message: 'is no name: it must match',
  },
  {
    name: 'an event that the workflow does not serve',
    caller: readCaller('push.yml').replace(/^on:\n(?: .*\n)+/m, 'on: schedule\n'),
    event: schedule(),
    message: "no environment for 'schedule 0 4 * * *': set the input environment, or add the event to a 'when'",
  },
  {
    name: 'a release that there is not',
    caller: 'dispatch.yml',
    event: dispatch({ environment: 'prototype', release: 'wep', version: '' }),
    message: "release 'wep' (the input release) is unknown",
  },
];

describe('bad input ends the run at once, in one line, and is told in the report', () => {
  test.each(WRONG)('$name', async ({ caller, event, message }) => {
    const run = await scene.run({ caller, event });
    expect(run.result).toBe('failure');
    expect(logs(run)).toContain(message);
    expect(logs(run)).not.toContain('uid=');
    expect(run.jobs.filter(({ result }) => result !== 'skipped').map(({ id }) => id)).toEqual([
      'release/resolve',
      'release/report',
    ]);
    expect(run.jobs.at(-1)?.summary).toContain('no target was decided');
    expect(world.sts.hops).toEqual([]);
  });
});
