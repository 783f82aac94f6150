import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Result } from '../../src/report/result.js';
import { push } from '../emulators/runner/events.js';
import { FILES, makeWorkspace, type Workspace } from './workspace.js';

let workspace: Workspace;
afterEach(() => {
  workspace.end();
});

const INPUTS = { command: 'bootstrap', release: 'web', 'aws-region': 'eu-west-1', 'result-file': 'out/result.json' };
const left = () => JSON.parse(readFileSync(path.join(workspace.folder, 'out/result.json'), 'utf8')) as Result;

test('what a command came to', async () => {
  workspace = makeWorkspace(FILES);
  const state = { outputs: { BootstrapVersion: '33' } };
  workspace.fakes.aws.in('eu-west-1').put({ name: 'CDKToolkit', state });
  await workspace.run(INPUTS, push());
  expect(left()).toEqual({
    schema: 'result.v1',
    command: 'bootstrap',
    id: 'prototype-web-eu-west-1',
    environment: 'prototype',
    release: 'web',
    region: 'eu-west-1',
    version: '',
    result: 'skipped',
    url: 'https://github.com/acme-corp/webapp/actions/runs/7001',
  });
});

test('why it failed, without what is masked, and the failure itself', async () => {
  workspace = makeWorkspace(FILES);
  workspace.fakes.runner.mask('11112222');
  workspace.fakes.runner.mask('nowhere');
  const run = workspace.run({ ...INPUTS, environment: 'nowhere' }, push());
  await expect(run).rejects.toThrow("environment 'nowhere'");
  expect(left()).toMatchObject({
    result: 'failure',
    cause: expect.stringContaining("environment '***' (the input environment) is unknown") as string,
  });
});

test('a report takes it up, and tells which targets left none', async () => {
  workspace = makeWorkspace(FILES);
  await workspace.run({ ...INPUTS, environment: 'nowhere' }, push()).catch(() => undefined);
  const targets = (await workspace.run({ command: 'resolve', release: 'web', 'aws-region': 'eu-west-1' }, push()))
    .outputs;
  const { outputs } = await workspace.run(
    {
      command: 'report',
      results: 'out\nnot-there',
      'last-command': 'deploy',
      targets: JSON.stringify(targets['targets']),
      comment: 'false',
    },
    push(),
  );
  expect(outputs).toMatchObject({
    result: 'failure',
    results: [{ id: 'prototype-web-eu-west-1', result: 'not-started' }],
  });
  expect(workspace.fakes.runner.summaries[0]).toContain('not started, because something before it failed');
});

test.each([['nothing at all', 'nowhere', 'no job left a result, and no target was decided']])(
  'a report of %s says so',
  async (_, results, words) => {
    workspace = makeWorkspace({});
    const { outputs } = await workspace.run({ command: 'report', results, comment: 'false' }, push());
    expect(outputs).toMatchObject({ result: 'failure', results: [] });
    expect(workspace.fakes.runner.summaries[0]).toContain(words);
  },
);

test('a file that is no result is an error that names it', async () => {
  workspace = makeWorkspace({ 'out/result.json': '{"schema":"result.v2"}' });
  await expect(workspace.run({ command: 'report', results: 'out' }, push())).rejects.toThrow(
    /^out\/result\.json is no result \(.*\): give what a command has left as result-file$/,
  );
});
