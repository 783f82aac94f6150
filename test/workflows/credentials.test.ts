/**
 * What the app's own code can get hold of in the job that builds it. The app looks at its environment, at those of the
 * programs that started it and at every other one that `/proc` shows, and tries what it finds.
 *
 * A hosted runner differs: each job has a machine of its own, so only its own programs are there; and the runner's
 * worker holds the job's token in its memory, which code of the same user may read. That token is why the job may read
 * the repository and nothing else, which `checks/rules.test.ts` holds. The runner also gives actions (not scripts) a
 * token for the artifacts and caches of the run, `ACTIONS_RUNTIME_TOKEN`, which opens nothing else.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pullRequest, push, type RunnerEvent } from '../emulators/runner/events.js';
import { startWorld, type World } from '../emulators/world.js';
import { makeChain, chainConfig, trust } from './chain-app.js';
import { setWorkflowScene, type Run, type WorkflowScene } from './engine/scene.js';

let world: World;
let scene: WorkflowScene;
beforeAll(async () => {
  world = await startWorld({ trust: trust() });
  scene = setWorkflowScene(world, (folder) => {
    makeChain(folder, chainConfig(), { web: { curious: true } });
  });
});
afterAll(async () => {
  scene.end();
  await world.stop();
});

/** What the app tells of its search. */
interface Seen {
  readonly parents: readonly { readonly line: string; readonly environ: string }[];
  readonly tokens: readonly string[];
  readonly identity: readonly string[];
  /** Statuses of comments that it tried, without a token and with each that it found. */
  readonly comments: readonly number[];
  readonly ids: readonly number[];
  /** Files of the runner that it was told of, and wrote to. */
  readonly written: readonly string[];
  readonly texts: readonly string[];
}

/** A step behind the one that runs the app's code. */
const AFTER = `      - run: env | sed 's/^/after /'\n`;
const withStepAfter = (text: string, name: string): string =>
  name === 'build'
    ? text.replace(/      - uses: actions\/upload-artifact.*\n.*\n          name: assembly/, `${AFTER}$&`)
    : text;

/** A caller that hands its secret to the workflow, and grants what it can. */
const CALLER = `
on: [push, pull_request]
permissions: write-all
jobs:
  build:
    uses: fast-ish/deploy-action/.github/workflows/build.yml@v1
    secrets: { dependency-token: '\${{ secrets.LIBRARY_TOKEN }}' }
`;
const LIBRARY_TOKEN = 'ghp_plantedlibrarytoken5a1c';

function seenIn(run: Run): Seen {
  const { log } = run.jobs.find(({ id }) => id === 'build/build')!;
  const [, told = ''] = /curious (\S+)/.exec(log) ?? [];
  expect(told, log).not.toBe('');
  return JSON.parse(Buffer.from(told, 'base64').toString()) as Seen;
}

const ours = (texts: readonly string[]): readonly string[] =>
  [...world.github.secrets, ...world.sts.secrets, LIBRARY_TOKEN].filter((secret) =>
    texts.some((text) => text.includes(secret)),
  );

test.each<[string, RunnerEvent, boolean]>([
  ['a push', push(), false],
  ['a pull request', pullRequest(), false],
  ['a fork’s pull request', pullRequest({ fork: true }), true],
])('%s: the app finds no credential, and changes nothing', async (_, event, fork) => {
  const run = await scene.run({ caller: CALLER, event, fork, secrets: { LIBRARY_TOKEN }, mutate: withStepAfter });
  const build = run.jobs.find(({ id }) => id === 'build/build')!;
  expect(build.result, build.log).toBe('success');
  const seen = seenIn(run);
  // It saw the action and act behind it, or it has looked nowhere.
  expect(seen.parents.some(({ environ }) => environ.includes('INPUT_COMMAND=synth'))).toBe(true);
  expect(seen.parents.some(({ line }) => line.includes('bin/act\0'))).toBe(true);
  expect(ours(seen.texts)).toEqual([]);
  expect(seen.identity).toEqual([]);
  expect(seen.comments.filter((status) => status !== 401)).toEqual([]);
  expect(seen.ids.filter((status) => status !== 401)).toEqual([]);
  expect(world.github.comments(12)).toEqual([]);
  expect(seen.written).toEqual([]);
  const after = [...build.log.matchAll(/^\s*after (.*)$/gm)].map(([, line = '']) => line);
  expect(after).not.toEqual([]);
  expect(after.filter((line) => /curious/i.test(line))).toEqual([]);
  expect(run.artifact('assembly-prototype-web-eu-central-1', 'assembly.tar')).toContain('manifest.json');
});

test('were the token given to the action, the app would find it, and could not write with it', async () => {
  const mutate = (text: string): string => text.replace(/          github-token: ''.*\n/, '');
  const run = await scene.run({ caller: CALLER, event: push(), mutate });
  const seen = seenIn(run);
  expect(ours(seen.texts)).toHaveLength(1);
  expect(new Set(seen.comments)).toEqual(new Set([401, 403]));
  expect(world.github.comments(12)).toEqual([]);
});
