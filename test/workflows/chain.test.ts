/** Six targets in three waves: each test goes on where the one before it ended. Subjects are of the old form here. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TargetResult } from '../../src/commands/results.js';
import { pullRequest, push } from '../emulators/runner/events.js';
import { startWorld, type World } from '../emulators/world.js';
import { chainConfig, makeChain, SIX_TARGETS, trust, writeConfig, writeSettings } from './chain-app.js';
import { setWorkflowScene, type Run, type WorkflowScene } from './engine/scene.js';

let world: World;
let scene: WorkflowScene;
beforeAll(async () => {
  world = await startWorld({ trust: trust('old') });
  scene = setWorkflowScene(world, (folder) => {
    makeChain(folder, chainConfig(SIX_TARGETS), { keys: { table: true } });
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
const told = (run: Run): readonly string[] =>
  (JSON.parse(run.needs['release']?.outputs['results'] ?? '[]') as TargetResult[]).map(
    ({ release, result }) => `${release} ${result}`,
  );
const ended = (run: Run): readonly string[] =>
  run.jobs.flatMap(({ path, result }) => {
    const [, what, release] = /(diff|deploy) prototype-(\w+)-/.exec(path) ?? [];
    return what === undefined ? [] : [`${what} ${release ?? ''} ${result}`];
  });

test('all of them, wave by wave, attested, with subjects of the old form', async () => {
  const run = await scene.run({ caller: 'push.yml', event: push(), subjectForm: 'old', visibility: 'public' });
  expect(run.result, logs(run)).toBe('success');
  expect(told(run)).toEqual(['keys', 'net', 'data', 'queue', 'jobs', 'web'].map((name) => `${name} success`));
  const order = ended(run).map((line) => line.split(' ').slice(0, 2).join(' '));
  const waves = [order.slice(0, 4), order.slice(4, 8), order.slice(8)];
  expect(waves.map((wave) => wave.slice(0, 2).sort().concat(wave.slice(2).sort()))).toEqual([
    ['diff keys', 'diff net', 'deploy keys', 'deploy net'],
    ['diff data', 'diff queue', 'deploy data', 'deploy queue'],
    ['diff jobs', 'diff web', 'deploy jobs', 'deploy web'],
  ]);
  expect(new Set(world.sts.hops.map(({ subject }) => subject).filter(Boolean))).toEqual(
    new Set(['repo:acme-corp/webapp:ref:refs/heads/main', 'repo:acme-corp/webapp:environment:prototype']),
  );
  expect(run.jobs.find(({ id }) => id === 'release/build/attest')?.log).toContain('attested 6');
});

test('a deployment of the second wave that fails: the other of its wave goes on, the third is not started', async () => {
  writeSettings(scene.repository, { keys: { table: true }, data: { refused: true }, queue: { retention: 600 } });
  const run = await scene.run({ caller: 'push.yml', event: push(), subjectForm: 'old' });
  expect(run.result).toBe('failure');
  expect(told(run)).toEqual([
    ...['keys no-changes', 'net no-changes', 'data failure', 'queue success', 'jobs not-started', 'web not-started'],
  ]);
  const { summary } = run.jobs.at(-1)!;
  expect(summary).toContain('not started, because something before it failed');
  expect(summary).toContain('Refused');
});

test('a gate in the first wave: its target is not deployed, the other one is, and the second is not planned', async () => {
  const { environments, ...rest } = chainConfig(SIX_TARGETS) as { environments: { prototype: object } };
  const prototype = { ...environments.prototype, gates: ['delete'] };
  writeConfig(scene.repository, { ...rest, environments: { ...environments, prototype } });
  writeSettings(scene.repository, { net: { retention: 600 } });
  const run = await scene.run({ caller: 'push.yml', event: push(), subjectForm: 'old' });
  expect(run.result).toBe('failure');
  expect(told(run).slice(0, 2)).toEqual(['keys failure', 'net success']);
  expect(
    told(run)
      .slice(2)
      .every((line) => line.endsWith('not-started')),
  ).toBe(true);
  expect([...ended(run)].sort()).toEqual([
    'deploy keys failure',
    'deploy net success',
    'diff keys failure',
    'diff net success',
  ]);
  expect(run.artifacts).not.toContain('plan-prototype-keys-eu-central-1');
  expect(logs(run)).toContain('Artifact not found for name: plan-prototype-keys-eu-central-1');
});

test('a target that cannot be built: nothing is deployed', async () => {
  writeConfig(scene.repository, chainConfig(SIX_TARGETS));
  writeSettings(scene.repository, { keys: { table: true }, web: { fail: 'web is broken' } });
  const run = await scene.run({ caller: 'push.yml', event: push(), subjectForm: 'old' });
  expect(run.result).toBe('failure');
  expect(ended(run)).toEqual([]);
  expect(run.jobs.at(-1)?.summary).toContain('web is broken');
});

test('a fork’s pull request: built, and without credentials nothing is planned or written', async () => {
  writeConfig(scene.repository, chainConfig());
  writeSettings(scene.repository, {});
  const run = await scene.run({ caller: 'pull-request.yml', event: pullRequest({ fork: true }), fork: true });
  expect(run.jobs.find(({ id }) => id === 'build/build')?.result).toBe('success');
  expect(run.jobs.find(({ id }) => id === 'diff/diff')?.result).toBe('failure');
  expect(world.sts.hops).toEqual([]);
  expect(world.github.comments()).toEqual([]);
});

const LIBRARY = `
on: push
jobs:
  build:
    permissions: { contents: read }
    uses: fast-ish/deploy-action/.github/workflows/build.yml@v1
    with:
      dependency-repository: acme-corp/library
      dependency-command: 'cat library.txt; test -x run.sh || echo no mode'
      before: env | sort | cut -d= -f1 | sed 's/^/variable /'
    secrets:
      dependency-token: \${{ secrets.LIBRARY_TOKEN }}
`;

test.each([
  ['its token', 'library-token-3f9a', 'success'],
  ['another one', 'wrong', 'failure'],
])('a private library with %s; the job that runs code sees no token', async (_, token, result) => {
  scene.addRepository(
    'acme-corp/library',
    { 'library.txt': 'the library is built\n', 'run.sh': '' },
    'library-token-3f9a',
  );
  const run = await scene.run({ caller: LIBRARY, event: push(), secrets: { LIBRARY_TOKEN: token } });
  expect(run.result, logs(run)).toBe(result);
  const build = run.jobs.find(({ id }) => id === 'build/build')!;
  expect(build.result).toBe(result === 'success' ? 'success' : 'skipped');
  if (result === 'failure') return;
  expect(build.log).toContain('the library is built');
  const names = [...build.log.matchAll(/variable (\w+)/g)].map(([, name]) => name);
  expect(names).toContain('GITHUB_WORKSPACE');
  // GITHUB_TOKEN is there and empty.
  const secret = names.filter(
    (name) => /TOKEN|SECRET|ACCESS_KEY|CREDENTIAL/.test(name ?? '') && name !== 'GITHUB_TOKEN',
  );
  expect(secret).toEqual([]);
});
