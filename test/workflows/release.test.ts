/** `workflows/release.yml` and its kin, dropped into a repository as they are: each test goes on where the one before ended. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { release } from '../emulators/runner/events.js';
import { startWorld, type World } from '../emulators/world.js';
import { DEPLOY_ROLE, PLAN_ROLE } from '../scenarios/consumer.js';
import { makeRelay, relayConfig } from '../scenarios/relay.js';
import { setWorkflowScene, type WorkflowScene } from './engine/scene.js';

let world: World;
let scene: WorkflowScene;
beforeAll(async () => {
  world = await startWorld({
    trust: [
      { role: PLAN_ROLE, subjects: ['repo:acme-corp@77/webapp@4242:ref:refs/tags/v1.4.2'] },
      { role: DEPLOY_ROLE, subjects: ['repo:acme-corp@77/webapp@4242:environment:prototype'] },
    ],
  });
  scene = setWorkflowScene(world, (folder) => makeRelay(folder, relayConfig({ when: { release: 'published' } })));
});
afterAll(async () => {
  scene.end();
  await world.stop();
});

test('a release', async () => {
  const t = Date.now();
  const run = await scene.run({ caller: 'release.yml', event: release('v1.4.2') });
  for (const job of run.jobs)
    console.log(
      job.path,
      job.result,
      JSON.stringify(job.outputs).slice(0, 100),
      job.result === 'failure' ? job.log : '',
    );
  console.log(run.artifacts, run.jobs.at(-1)?.summary, Date.now() - t, JSON.stringify(run.needs));
  expect(run.result).toBe('success');
});
