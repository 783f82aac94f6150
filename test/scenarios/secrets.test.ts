/** Secrets are planted wherever one may come from; nothing that the action leaves behind may hold one. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { list } from 'tar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { marker } from '../../src/report/marker.js';
import type { ActionRun } from '../emulators/runner/action.js';
import { filesOf } from '../emulators/runner/machine.js';
import { ACCOUNT, REGION } from './consumer.js';
import { API_KEY, RELAY, writeSettings, type RelaySettings } from './relay.js';
import { setScene, type Scene, type StepOptions } from './scene.js';

/** What earlier steps of the job left in its environment. */
const JOB_ENV = { DEPLOY_PASSWORD: 'planted-of-the-job-8d1f', GITHUB_TOKEN: 'ghs_planted0of0the0job0000000000000000' };
const AMBIENT = {
  AWS_ACCESS_KEY_ID: ACCOUNT,
  AWS_SECRET_ACCESS_KEY: 'planted-ambient-key-2b7c',
  AWS_SESSION_TOKEN: 'planted-ambient-session-77aa',
};
const PIN = 'planted-default-of-no-echo-4e90';
const SETTINGS: RelaySettings = { retentionDays: 4, printEnvironment: true, storeToken: true };

let scene: Scene;
let temp: string;
const runs: { readonly what: string; readonly run: ActionRun }[] = [];

async function keep(what: string, run: Promise<ActionRun>, exitCode = 0): Promise<ActionRun> {
  const done = await run;
  expect(done.exitCode, done.log).toBe(exitCode);
  runs.push({ what, run: done });
  return done;
}

beforeAll(async () => {
  scene = await setScene();
  temp = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  await scene.bootstrap();
  writeSettings(scene.workspace, SETTINGS);
  const options: StepOptions = {
    env: { ...JOB_ENV, TMPDIR: temp },
    aws: { ...scene.world.sts.place(REGION), ...AMBIENT },
  };
  const { onPullRequest, onPush } = scene;
  await keep('resolve', onPush({ command: 'resolve' }, options));
  await keep('bootstrap', onPush({ command: 'bootstrap' }, options));
  await keep('synth', onPullRequest({ command: 'synth', 'comment-tag': 'synth' }, options));
  const diff = await keep('diff', onPullRequest({ command: 'diff' }, options));
  const plans = diff.outputs['plan-file']!;
  await keep('report', onPullRequest({ command: 'report', plans, 'comment-tag': 'report' }, options));
  const reported = { 'pull-request': '12', 'comment-tag': 'deploy', 'outputs-file': 'outputs.json' };
  await keep('deploy', onPush({ command: 'deploy', ...reported }, options));
  // The secrets are among what is deployed now; the engine's own words may hold them as well.
  writeSettings(scene.workspace, { retentionDays: 5, pin: PIN });
  const given = { 'diff-method': 'change-set', 'comment-tag': 'second' };
  await keep('second diff', onPullRequest({ command: 'diff', ...given }, options));
  writeSettings(scene.workspace, { ...SETTINGS, fail: `cannot reach https://relay:${API_KEY}@example.com` });
  await keep('failed diff', onPullRequest({ command: 'diff', 'comment-tag': 'failed' }, options), 1);
});
afterAll(async () => {
  await scene.end();
  rmSync(temp, { recursive: true, force: true });
});

/** All planted secrets by what they are. */
function secrets(): ReadonlyMap<string, string> {
  const given = scene.world
    .secrets()
    .map((secret, index) => [secret, `#${index} of what GitHub and STS gave`] as const);
  const planted = [...Object.entries({ ...JOB_ENV, API_KEY }), ...Object.entries(AMBIENT).slice(1)];
  return new Map([...given, ...planted.map(([name, secret]) => [secret, name] as const)]);
}

/** Which secrets a text holds, by what they are, as they are or as JSON or an address spells them. */
function held(text: string, but: readonly string[] = []): readonly string[] {
  return [...secrets()]
    .filter(([secret]) => !but.includes(secret))
    .filter(([secret]) =>
      [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')].some((form) => text.includes(form)),
    )
    .map(([, what]) => what);
}

/** The comment of a tag. */
function comment(tag: string): string {
  return scene.world.github.comments(12).find(({ body }) => body.startsWith(marker(tag)))!.body;
}

/** Every text that a run leaves on GitHub; of the raw log not the lines that name a mask to the runner. */
function textsOf(run: ActionRun): Readonly<Record<string, string>> {
  const raw = (log: string) =>
    log
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n');
  return {
    log: run.log,
    'raw log': raw(run.rawLog),
    summary: run.rawSummary,
    outputs: JSON.stringify(run.outputs),
    state: JSON.stringify(run.state),
    annotations: JSON.stringify(run.annotations),
    'variables for later steps': JSON.stringify([run.exportedEnv, run.exportedPath]),
    'post log': raw(run.post?.rawLog ?? ''),
  };
}

test('secrets of every kind were there', () => {
  expect(scene.world.github.secrets.filter((secret) => secret.startsWith('ghs_')).length).toBeGreaterThan(7);
  expect(scene.world.github.secrets.filter((secret) => secret.split('.').length === 3).length).toBeGreaterThan(5);
  expect(scene.world.sts.secrets.length).toBeGreaterThan(20);
  expect(runs).toHaveLength(8);
});

test('no log, summary, output or annotation holds one', () => {
  const found = runs.flatMap(({ what, run }) =>
    Object.entries(textsOf(run)).flatMap(([where, text]) =>
      // What the app prints goes to the runner as it is; the runner's masks, which were told before, are in `log`.
      held(text, where === 'raw log' ? [API_KEY] : []).map((secret) => `${what}: ${where}: ${secret}`),
    ),
  );
  expect(found).toEqual([]);
});

test('no comment holds one', () => {
  const comments = scene.world.github.comments(12);
  expect(comments).toHaveLength(5);
  expect(comments.flatMap(({ body }) => held(body))).toEqual([]);
  expect(comments.at(-1)!.body).toContain('cannot reach https://relay:***@example.com');
});

test('no file that is left holds one, the assembly’s own apart', async () => {
  const left = filesOf(scene.machine.temp);
  expect(left).toContain(`deploy-action/prototype-relay-${REGION}/plan.json`);
  const others = left.filter((file) => !file.endsWith('assembly.tar'));
  const places = [
    ...others.map((file) => path.join(scene.machine.temp, file)),
    ...filesOf(scene.machine.home).map((file) => path.join(scene.machine.home, file)),
    ...filesOf(temp).map((file) => path.join(temp, file)),
    path.join(scene.workspace, 'outputs.json'),
    path.join(scene.workspace, 'relay/cdk.context.json'),
  ];
  expect(places.flatMap((file) => held(readFileSync(file, 'utf8')).map((secret) => `${file}: ${secret}`))).toEqual([]);

  // The app itself puts the value of its context into its template and its tree, which are what is to be deployed.
  // What the action knows beside that is in no file of the assembly.
  const archives = left.filter((file) => file.endsWith('assembly.tar'));
  expect(archives).toHaveLength(1);
  const inside = await entries(path.join(scene.machine.temp, archives[0]!));
  expect(Object.keys(inside)).toContain('Relay.template.json');
  const found = Object.entries(inside).flatMap(([name, text]) =>
    held(text, [API_KEY]).map((what) => `${name}: ${what}`),
  );
  expect(found).toEqual([]);
  const holding = Object.keys(inside).filter((name) => inside[name]!.includes(API_KEY));
  expect(holding.sort()).toEqual(['Relay.template.json', 'tree.json']);
});

test('the secret is where it belongs: in the resource and the output that the app made of it', async () => {
  expect(await scene.stack(RELAY)).toMatchObject({ outputs: { ApiToken: API_KEY } });
});

test('an output that only AWS knows is masked by its name, also where the CLI prints it', async () => {
  const { run } = runs.find(({ what }) => what === 'deploy')!;
  const { outputs } = (await scene.stack(RELAY))!;
  const token = outputs['StoreToken']!;
  expect(token).toMatch(/^acme-corp-/);
  expect(run.log).toContain('Relay.StoreToken = ***');
  const file = readFileSync(path.join(scene.workspace, 'outputs.json'), 'utf8');
  const texts = [...Object.values({ ...textsOf(run), 'raw log': '' }), file, comment('deploy')];
  expect(texts.filter((text) => text.includes(token))).toEqual([]);
});

test('the default of a NoEcho parameter is in no report and no log', () => {
  const { run } = runs.find(({ what }) => what === 'second diff')!;
  expect(run.log).toContain('Parameter Pin Pin: {"Type":"String","Default":"***","NoEcho":true}');
  expect(run.summary).toContain('Pin');
  for (const text of [
    ...Object.values(textsOf(run)),
    readFileSync(run.outputs['plan-file']!, 'utf8'),
    ...scene.world.github.comments(12).map(({ body }) => body),
  ]) {
    expect(text).not.toContain(PIN);
  }
});

test.each(['synth', 'diff', 'deploy'])('the app of %s sees no channel of the runner and no key', (command) => {
  const { run } = runs.find(({ what }) => what === command)!;
  const names = [...run.log.matchAll(/^environment ([^=]+)=/gm)].map(([, name]) => name!);
  expect(names).toEqual(expect.arrayContaining(['PATH', 'HOME', 'AWS_REGION', 'AWS_CONFIG_FILE', 'GITHUB_SHA']));
  const channel = /^(?:INPUT_|ACTIONS_|STATE_)|^GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY|EVENT_PATH)$/;
  const key = /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE|WEB_IDENTITY)/;
  expect(names.filter((name) => channel.test(name) || key.test(name) || name in JOB_ENV)).toEqual([]);
});

/** The files of a tar by their names. */
async function entries(file: string): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  await list({
    file,
    onReadEntry: (entry) => {
      const parts: Buffer[] = [];
      entry.on('data', (part: Buffer) => parts.push(part));
      entry.on('end', () => {
        if (entry.type === 'File') texts[path.normalize(entry.path)] = Buffer.concat(parts).toString();
      });
    },
  });
  return texts;
}
