/** However a run ends, the checkout is as it was, and what was private is gone. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { filesOf } from '../emulators/runner/machine.js';
import { API_KEY, CONTEXT, snapshot, writeSettings, type RelaySettings } from './relay.js';
import { setScene, type Scene } from './scene.js';

const GOOD: RelaySettings = { retentionDays: 4 };

let scene: Scene;
let contextFile: string;
beforeAll(async () => {
  scene = await setScene();
  contextFile = path.join(scene.workspace, 'relay/cdk.context.json');
  await scene.bootstrap();
});
afterAll(() => scene.end());
afterEach(() => {
  writeSettings(scene.workspace, GOOD);
  writeFileSync(contextFile, CONTEXT);
});

/** Only results are left in the runner's folder. */
function expectTidy(): void {
  expect(filesOf(scene.machine.temp).filter((file) => !file.startsWith('deploy-action/'))).toEqual([]);
  expect(readdirSync(scene.machine.temp).filter((name) => name.startsWith('deploy-action-'))).toEqual([]);
}

/** Sees what the app sees: the rendered context, in the file. */
function witness(line: string, marker: string, seen: string[]): void {
  if (line.includes(marker)) seen.push(readFileSync(contextFile, 'utf8'));
}

test('a job that is cancelled while the app runs puts the context back, byte for byte', async () => {
  writeSettings(scene.workspace, { ...GOOD, wait: true });
  const before = snapshot(scene.workspace);
  const seen: string[] = [];
  const run = await scene.onPullRequest(
    { command: 'diff' },
    {
      onLine: (line) => {
        witness(line, 'relay waits', seen);
      },
      cancelAt: (line) => line.includes('relay waits'),
    },
  );
  expect(run.cancelled, run.log).toBe(true);
  expect(run.exitCode).not.toBe(0);
  expect(seen).toHaveLength(1);
  expect(JSON.parse(seen[0]!)).toMatchObject({ 'relay:apiKey': API_KEY, ...(JSON.parse(CONTEXT) as object) });
  expect(run.post).toMatchObject({ exitCode: 0, leftRunning: false });
  expect(run.post?.log).toContain(`put back ${contextFile}`);
  expect(readFileSync(contextFile, 'utf8')).toBe(CONTEXT);
  expect(snapshot(scene.workspace)).toEqual(before);
  expectTidy();
});

test('and takes it away where there was none', async () => {
  rmSync(contextFile);
  writeSettings(scene.workspace, { ...GOOD, wait: true });
  const before = snapshot(scene.workspace);
  const run = await scene.onPullRequest({ command: 'synth' }, { cancelAt: (line) => line.includes('relay waits') });
  expect(run.cancelled, run.log).toBe(true);
  expect(snapshot(scene.workspace)).toEqual(before);
  expectTidy();
});

test('a job whose post step does not run is tidied up by the next one', async () => {
  writeSettings(scene.workspace, { ...GOOD, wait: true });
  const before = snapshot(scene.workspace);
  const waiting = { cancelAt: (line: string) => line.includes('relay waits'), post: false };
  await scene.onPullRequest({ command: 'synth' }, waiting);
  expect(readFileSync(contextFile, 'utf8')).toContain(API_KEY);
  writeSettings(scene.workspace, { ...GOOD, fail: 'enough' });
  const next = await scene.onPullRequest({ command: 'synth' });
  expect(next.exitCode).toBe(1);
  expect(readFileSync(contextFile, 'utf8')).toBe(CONTEXT);
  writeSettings(scene.workspace, { ...GOOD, wait: true });
  expect(snapshot(scene.workspace)).toEqual(before);
  for (const name of readdirSync(scene.machine.temp)) {
    if (name.startsWith('deploy-action-private-')) rmSync(path.join(scene.machine.temp, name), { recursive: true });
  }
});

test.each([
  { how: 'fails', settings: { ...GOOD, fail: 'no such relay' }, exitCode: 1 },
  { how: 'succeeds', settings: GOOD, exitCode: 0 },
])('a diff that $how leaves the checkout as it was', async ({ settings, exitCode }) => {
  writeSettings(scene.workspace, settings);
  const before = snapshot(scene.workspace);
  const run = await scene.onPullRequest({ command: 'diff' });
  expect(run.exitCode, run.log).toBe(exitCode);
  expect(snapshot(scene.workspace)).toEqual(before);
  expect(run.post).toMatchObject({ exitCode: 0, log: '' });
  expectTidy();
});

test('a deployment that is cancelled leaves nothing private, and one that ends leaves the checkout as it was', async () => {
  const before = snapshot(scene.workspace);
  const cancelled = await scene.onPush({ command: 'deploy' }, { cancelAt: (line) => line.includes('start: Building') });
  expect(cancelled.cancelled, cancelled.log).toBe(true);
  expect(snapshot(scene.workspace)).toEqual(before);
  expectTidy();
  const run = await scene.onPush({ command: 'deploy' });
  expect(run.exitCode, run.log).toBe(0);
  expect(snapshot(scene.workspace)).toEqual(before);
  expectTidy();
});
