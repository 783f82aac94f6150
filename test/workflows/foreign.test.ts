/** `workflows/pull-request.yml`, dropped unchanged into repositories that are not of this one, with a config and a role. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { pullRequest } from '../emulators/runner/events.js';
import { startWorld, type World } from '../emulators/world.js';
import { ACCOUNT, PLAN_ROLE, REGION } from '../scenarios/consumer.js';
import { mavenApp, sampleTypeScript } from '../scenarios/foreign/apps.js';
import { setWorkflowScene, type Run, type WorkflowScene } from './engine/scene.js';

let world: World;
const scenes: WorkflowScene[] = [];
beforeAll(async () => {
  world = await startWorld({ trust: [{ role: PLAN_ROLE, subjects: ['repo:acme-corp@77/webapp@4242:pull_request'] }] });
});
afterAll(async () => {
  for (const scene of scenes) scene.end();
  await world.stop();
});

const logs = (run: Run): string =>
  run.jobs.flatMap(({ path: at, log, result }) => (result === 'failure' ? [at, log] : [])).join('\n');

const PLACE = { account: ACCOUNT, region: REGION };
const ROLES = { plan: PLAN_ROLE };

const APPS = [
  {
    name: 'cdk init sample-app in TypeScript: installed, tested and planned',
    make: async (folder: string) => {
      await sampleTypeScript(folder);
      const config = { schema: 1, environments: { prototype: { ...PLACE, roles: ROLES } } };
      return stringify(config);
    },
    tests: 'Success - Main Test',
  },
  {
    name: 'a Maven app: tested and planned',
    make: async (folder: string) => {
      await mavenApp(folder, PLACE);
      const file = path.join(folder, '.github/deploy.yml');
      const config = parse(readFileSync(file, 'utf8')) as { environments: { prototype: object } };
      const prototype = { ...config.environments.prototype, roles: ROLES, when: { 'pull-request': true } };
      return stringify({ ...config, environments: { ...config.environments, prototype } });
    },
    tests: 'Success - Main Test',
  },
];

test.each(APPS)('$name', async ({ make, tests }) => {
  const scene = setWorkflowScene(world, () => undefined);
  scenes.push(scene);
  const made = path.join(scene.repository, '../made');
  const config = await make(made);
  cpSync(made, scene.repository, {
    recursive: true,
    // A checkout has none of what is installed; and an npm may be set up to leave other platforms out of the lock file.
    filter: (file) => !/[/\\](?:node_modules|package-lock\.json|target|cdk\.out)$/.test(file),
  });
  rmSync(made, { recursive: true });
  cpSync(
    path.join(import.meta.dirname, '../../workflows/pull-request.yml'),
    path.join(scene.repository, '.github/workflows/pull-request.yml'),
  );
  writeFileSync(path.join(scene.repository, '.github/deploy.yml'), config);

  const before = world.github.comments(12).length;
  const run = await scene.run({ caller: 'pull-request.yml', event: pullRequest() });
  expect(run.result, logs(run)).toBe('success');
  expect(run.jobs.find(({ id }) => id === 'build/build')?.log).toContain(tests);
  const comments = world.github.comments(12);
  expect(comments).toHaveLength(Math.max(1, before));
  expect(comments[0]?.body).toContain('## Plan for `prototype`');
});
