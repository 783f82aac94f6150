import { afterEach, expect, test } from 'vitest';
import type { BuildTarget } from '../../src/environment/targets.js';
import { push } from '../emulators/runner/events.js';
import { CONFIG, FILES, makeWorkspace, type Workspace } from './workspace.js';

let workspace: Workspace;
afterEach(() => {
  workspace.end();
});

const INPUTS = { command: 'bootstrap', 'only-check': 'true', release: 'all' };
const toolkit = (version: string) => ({ name: 'CDKToolkit', state: { outputs: { BootstrapVersion: version } } });
const check = async (inputs = INPUTS) => {
  const { outputs } = await workspace.run(inputs, push());
  const ids = (outputs['targets'] as readonly BuildTarget[]).map(({ id }) => id);
  return { ids, outputs };
};

test('one target for each place that is not bootstrapped, however much goes there', async () => {
  workspace = makeWorkspace(FILES);
  workspace.fakes.aws.in('eu-central-1').put(toolkit('33'));
  const { ids, outputs } = await check();
  expect(ids).toEqual(['prototype-web-eu-west-1']);
  expect(outputs).toMatchObject({ 'bootstrap-release': '', result: 'success', waves: [outputs['targets']] });
  expect(workspace.fakes.aws.fakeSts.hops.map(({ roleArn }) => roleArn)).toEqual([
    'arn:aws:iam::111122223333:role/plan',
    'arn:aws:iam::111122223333:role/plan',
  ]);
});

test('nothing where all are', async () => {
  workspace = makeWorkspace(FILES);
  for (const region of ['eu-central-1', 'eu-west-1']) workspace.fakes.aws.in(region).put(toolkit('34'));
  expect(await check()).toMatchObject({ ids: [], outputs: { targets: [], waves: [], result: 'skipped' } });
});

test('an older bootstrap counts as none', async () => {
  workspace = makeWorkspace(FILES);
  for (const region of ['eu-central-1', 'eu-west-1']) workspace.fakes.aws.in(region).put(toolkit('32'));
  expect((await check()).ids).toHaveLength(2);
});

test('a place that may not be looked at counts as one that is not bootstrapped', async () => {
  workspace = makeWorkspace(FILES);
  workspace.fakes.aws.in('eu-central-1').put(toolkit('33'));
  workspace.fakes.runner.identity = new Error('no identity');
  expect((await check()).ids).toHaveLength(2);
  expect(workspace.fakes.runner.log('notice')).toContain('whether prototype is bootstrapped cannot be seen');
});

test('targets of an earlier job say where', async () => {
  workspace = makeWorkspace(FILES);
  const target = {
    release: 'web',
    environment: 'production',
    region: 'eu-central-1',
    version: '',
    wave: 1,
    app: 'web',
  };
  const targets = JSON.stringify([{ id: 'production-web-eu-central-1', ...target }]);
  expect((await check({ ...INPUTS, targets } as typeof INPUTS)).ids).toEqual(['production-web-eu-central-1']);
});

test('where a release bootstraps, it is the target, with what builds it', async () => {
  workspace = makeWorkspace({ ...FILES, '.github/deploy.yml': `${CONFIG}bootstrap: init\n` });
  const { ids, outputs } = await check();
  expect(ids).toEqual(['prototype-init-eu-central-1', 'prototype-init-eu-west-1']);
  expect(outputs['bootstrap-release']).toBe('init');
  expect((outputs['targets'] as readonly BuildTarget[])[0]?.toolchain?.name).toBe('go');
});
