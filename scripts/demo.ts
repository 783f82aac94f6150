/**
 * The action's whole job on the embedded AWS: bootstrap → diff of a pull request → deploy → a changed version → diff →
 * deploy, each as a runner would do it. Fails when the engine or the comment is not as it has to be.
 */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pullRequest, push, type RunnerEvent } from '../test/emulators/runner/events.js';
import { makeMachine } from '../test/emulators/runner/machine.js';
import { startWorld } from '../test/emulators/world.js';
import {
  ACCOUNT,
  DEPLOY_ROLE,
  makeConsumer,
  PLAN_ROLE,
  REGION,
  ROOT,
  webappConfig,
  writeConfig,
} from '../test/scenarios/consumer.js';
import { expectStack, expectThat } from './demo/expectations.js';
import { keep } from './demo/keep.js';
import { stepsOf } from './demo/step.js';

const OUT = path.join(ROOT, 'out', 'demo');
const STACK = 'acme-corp-prototype-webapp';

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const started = performance.now();
const machine = makeMachine({ toolCache: path.join(ROOT, '.cache', 'tools') });
const world = await startWorld({
  trust: [
    { role: PLAN_ROLE, subjects: ['repo:acme-corp@77/webapp@4242:pull_request'] },
    { role: DEPLOY_ROLE, subjects: ['repo:acme-corp@77/webapp@4242:ref:refs/heads/main'] },
  ],
});
try {
  const workspace = makeConsumer(path.join(OUT, 'repository'));
  const step = stepsOf(world, workspace, machine);
  const main = push();
  const proposal: RunnerEvent = pullRequest();

  await step('bootstrap', main, { command: 'bootstrap' });
  const first = await step('pull request: diff', proposal, { command: 'diff' });
  expectThat(first.outputs['has-changes'] === 'true', 'the first diff shows a new stack');
  await step('merged: deploy', main, { command: 'deploy' });
  await expectStack(world, ACCOUNT, REGION, STACK, 'CREATE_COMPLETE');

  writeConfig(workspace, { ...webappConfig(), version: { default: 'v2' } });
  await step('pull request to v2: diff', proposal, { command: 'diff' });
  const again = await step('the same diff again', proposal, { command: 'diff' });
  const comments = world.github.comments(12);
  expectThat(comments.length === 1, `the pull request has one comment, not ${comments.length}`);
  await step('merged: deploy v2', main, { command: 'deploy' });
  await expectStack(world, ACCOUNT, REGION, STACK, 'UPDATE_COMPLETE');
  const last = await step('nothing is left to do: diff', proposal, { command: 'diff', comment: 'false' });
  expectThat(last.outputs['has-changes'] === 'false', 'after the deployment nothing is left to change');

  keep(OUT, { comment: comments[0]?.body ?? '', run: again });
  console.log(`\ndone in ${Math.round((performance.now() - started) / 1000)} s`);
} finally {
  await world.stop();
  rmSync(machine.folder, { recursive: true, force: true });
}
