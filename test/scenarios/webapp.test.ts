/** The platform's own web application, from its first version to its second. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePlan } from '../../src/plan/schema.js';
import { makeConsumer, webappConfig, writeConfig } from './consumer.js';
import { setScene, type Scene } from './scene.js';

const STACK = 'acme-corp-prototype-webapp';

let scene: Scene;
let workspace: string;
beforeAll(async () => {
  scene = await setScene();
  workspace = makeConsumer(path.join(path.dirname(scene.workspace), 'webapp'));
  await scene.bootstrap();
});
afterAll(() => scene.end());

test('its first version is deployed', async () => {
  const run = await scene.onPush({ command: 'deploy' }, { workspace });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success', version: 'v1' } });
  expect(await scene.stack(STACK)).toMatchObject({ status: 'CREATE_COMPLETE' });
  const nested = (await scene.stacks()).filter((name) => name.startsWith(`${STACK}-`));
  expect(nested.length).toBeGreaterThanOrEqual(6);
});

test('its second version is planned stack by stack, and deployed as it was planned', async () => {
  writeConfig(workspace, { ...webappConfig(), version: { default: 'v2' } });
  const diff = await scene.onPullRequest({ command: 'diff' }, { workspace });
  expect(diff, diff.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true', version: 'v2' } });
  const plan = parsePlan(readFileSync(diff.outputs['plan-file']!, 'utf8'), 'plan.json');
  const changed = plan.stacks.filter(({ changes }) => changes.some(({ noise }) => noise === undefined));
  expect(changed.map(({ displayName }) => displayName).sort()).toMatchInlineSnapshot(`
    [
      "acme-corp-prototype-webapp",
      "acme-corp-prototype-webapp/api",
      "acme-corp-prototype-webapp/authentication",
      "acme-corp-prototype-webapp/database",
      "acme-corp-prototype-webapp/function",
    ]
  `);
  expect(plan.counts).toMatchInlineSnapshot(`
    {
      "add": 1,
      "delete": 0,
      "import": 0,
      "noise": 4,
      "replace": 0,
      "update": 5,
    }
  `);
  const [comment, ...others] = scene.world.github.comments(12);
  expect(others).toEqual([]);
  for (const { displayName } of changed) expect(comment!.body).toContain(displayName);

  const { assembly, 'assembly-digest': digest, 'plan-file': reviewed } = diff.outputs;
  const given = { assembly: assembly!, 'assembly-digest': digest!, plan: reviewed! };
  const run = await scene.onPush({ command: 'deploy', ...given }, { workspace });
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  expect(await scene.stack(STACK)).toMatchObject({ status: 'UPDATE_COMPLETE' });
});
