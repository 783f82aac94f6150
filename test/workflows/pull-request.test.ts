/** `workflows/pull-request.yml`, dropped into a repository as it is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pullRequest } from '../emulators/runner/events.js';
import { startWorld, type World } from '../emulators/world.js';
import { DEPLOY_ROLE, PLAN_ROLE } from '../scenarios/consumer.js';
import { makeRelay } from '../scenarios/relay.js';
import { setWorkflowScene, type WorkflowScene } from './engine/scene.js';

let world: World;
let scene: WorkflowScene;
beforeAll(async () => {
  world = await startWorld({
    trust: [
      { role: PLAN_ROLE, subjects: ['repo:acme-corp@77/webapp@4242:pull_request'] },
      { role: DEPLOY_ROLE, subjects: ['repo:acme-corp@77/webapp@4242:environment:prototype'] },
    ],
  });
  scene = setWorkflowScene(world, (folder) => makeRelay(folder));
});
afterAll(async () => {
  scene.end();
  await world.stop();
});

test('a pull request', async () => {
  const run = await scene.run({ caller: 'pull-request.yml', event: pullRequest() });
  for (const job of run.jobs)
    console.log(
      job.path,
      job.result,
      JSON.stringify(job.outputs).slice(0, 300),
      job.result === 'failure' ? job.log : '',
    );
  console.log(
    run.artifacts,
    world.github.comments(12).map((c) => c.body.slice(0, 400)),
  );
  expect(run.result).toBe('success');
});
