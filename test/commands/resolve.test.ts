import { afterEach, expect, test } from 'vitest';
import type { BuildTarget } from '../../src/environment/targets.js';
import { dispatch, push } from '../emulators/runner/events.js';
import { FILES, makeWorkspace, type Workspace } from './workspace.js';

let workspace: Workspace;
afterEach(() => {
  workspace.end();
});

test('each target has its app and what builds it; waves are lists of them', async () => {
  workspace = makeWorkspace(FILES);
  const { outputs } = await workspace.run({ command: 'resolve', release: 'all' }, push());
  const targets = outputs['targets'] as readonly BuildTarget[];
  expect(targets.map(({ id, wave, app, toolchain }) => [id, wave, app, toolchain?.name])).toEqual([
    ['prototype-net-eu-central-1', 1, 'net', 'maven'],
    ['prototype-net-eu-west-1', 1, 'net', 'maven'],
    ['prototype-web-eu-central-1', 2, 'web', 'node'],
    ['prototype-web-eu-west-1', 2, 'web', 'node'],
  ]);
  expect(targets[0]?.toolchain?.before).toBe('make');
  expect(outputs['waves']).toEqual([targets.slice(0, 2), targets.slice(2)]);
  expect(JSON.stringify(targets)).not.toMatch(/\d{12}/);
});

test.each([
  ['the input', { environment: 'prototype production' }, push()],
  ['the choice of a run by hand', {}, dispatch({ environment: 'prototype, production' })],
])('several environments, of %s, are taken one after the other', async (_, inputs, event) => {
  workspace = makeWorkspace(FILES);
  const { outputs } = await workspace.run({ command: 'resolve', release: 'all', ...inputs }, event);
  const targets = outputs['targets'] as readonly BuildTarget[];
  expect(targets.map(({ environment, wave }) => `${environment} ${wave}`)).toEqual([
    ...['prototype 1', 'prototype 1', 'prototype 2', 'prototype 2', 'production 3', 'production 4'],
  ]);
  expect(outputs['environment']).toBe('prototype production');
});

test('targets of an earlier job are handed on as they are', async () => {
  workspace = makeWorkspace({});
  const target = { release: 'web', environment: 'prototype', region: 'eu-west-1', version: 'v2', wave: 3, app: 'web' };
  const targets = [{ id: 'prototype-web-eu-west-1', ...target }];
  const { outputs } = await workspace.run({ command: 'resolve', targets: JSON.stringify(targets) }, push());
  expect(outputs).toEqual({ environment: 'prototype', version: 'v2', targets, waves: [targets], result: 'success' });
});

test('an app of which nothing tells what builds it is a notice, since a job may know by itself', async () => {
  workspace = makeWorkspace({ 'app/cdk.json': '{}' });
  const inputs = { command: 'resolve', 'working-directory': 'app', 'aws-region': 'eu-west-1' };
  const { outputs } = await workspace.run(inputs, push());
  expect((outputs['targets'] as readonly BuildTarget[])[0]).not.toHaveProperty('toolchain');
  expect(workspace.fakes.runner.log('notice')).toContain("nothing in 'app' tells what the app is built with");
});

test('the input toolchain wins', async () => {
  workspace = makeWorkspace(FILES);
  const { outputs } = await workspace.run({ command: 'resolve', release: 'net', toolchain: 'gradle' }, push());
  expect((outputs['targets'] as readonly BuildTarget[])[0]?.toolchain?.name).toBe('gradle');
});
