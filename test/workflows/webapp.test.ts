/** The platform's own web application through the chain, and an app in Java through the same pull request. */
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pullRequest, push } from '../emulators/runner/events.js';
import { startWorld, type World } from '../emulators/world.js';
import { DEPLOY_ROLE, makeConsumer, PLAN_ROLE } from '../scenarios/consumer.js';
import { setWorkflowScene, type Run, type WorkflowScene } from './engine/scene.js';

let world: World;
let scene: WorkflowScene;
beforeAll(async () => {
  world = await startWorld({
    trust: [
      {
        role: PLAN_ROLE,
        subjects: ['repo:acme-corp@77/webapp@4242:pull_request', 'repo:acme-corp@77/webapp@4242:ref:refs/heads/main'],
      },
      { role: DEPLOY_ROLE, subjects: ['repo:acme-corp@77/webapp@4242:environment:prototype'] },
    ],
  });
  scene = setWorkflowScene(world, (folder) => {
    const made = path.join(folder, '../made');
    mkdirSync(made, { recursive: true });
    makeConsumer(made);
    cpSync(made, folder, { recursive: true, verbatimSymlinks: true });
  });
});
afterAll(async () => {
  scene.end();
  await world.stop();
});

const logs = (run: Run): string =>
  run.jobs.flatMap(({ path: at, log, result }) => (result === 'failure' ? [at, log] : [])).join('\n');

/** The tests of the app have a check of their own, and its packages are those of this checkout. */
const CALLER = (workflow: string, more = ''): string => `
name: webapp
on: push
jobs:
  chain:
    permissions: { contents: read, id-token: write, attestations: write }
    uses: fast-ish/deploy-action/.github/workflows/${workflow}.yml@v1
    with: { install: none, test: none${more} }
`;

test('a push: bootstrapped, built with its packages above, and deployed', async () => {
  const run = await scene.run({ caller: CALLER('release'), event: push() });
  expect(run.result, logs(run)).toBe('success');
  const [only] = JSON.parse(run.needs['chain']?.outputs['results'] ?? '[]') as [{ result: string; version: string }];
  expect(only).toMatchObject({ result: 'success', version: 'v1', risk: 'access' });
});

test('and then a pull request of version 2, with the tests of the app', async () => {
  const run = await scene.run({
    caller: CALLER('build', ', version: v2')
      .replace('test: none', 'test: node --version')
      .replace('on: push', 'on: pull_request'),
    event: pullRequest(),
  });
  expect(run.result, logs(run)).toBe('success');
  expect(run.artifacts).toContain('assembly-prototype-webapp-eu-central-1');
});
