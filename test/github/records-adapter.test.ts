import { afterEach, expect, test } from 'vitest';
import { githubRecords } from '../../src/github/records-adapter.js';
import { startGitHub, type GitHubEmulator, type GitHubOptions } from '../emulators/github/github.js';
import { push, REPOSITORY } from '../emulators/runner/events.js';

const SHA = 'c0ffee'.padEnd(40, '0');
let github: GitHubEmulator;
afterEach(() => github.stop());

async function start(options: GitHubOptions = {}, permission: 'read' | 'write' = 'write') {
  github = await startGitHub(options);
  const { token } = github.job({ event: push(), permission });
  return githubRecords(token, { GITHUB_REPOSITORY: REPOSITORY.fullName, GITHUB_API_URL: github.url });
}

const deployment = {
  ...{ environment: 'prototype', commit: SHA, task: 'deploy', description: 'd', transient: false },
  payload: { tool: 'deploy-action' },
};
const status = { description: 'x', logUrl: 'https://github.com/x' };

test('a deployment is made, told of, and listed; nothing of the environment becomes inactive by itself', async () => {
  const records = await start();
  const first = await records.createDeployment(deployment);
  expect(first).toEqual({
    ...{ id: first.id, environment: 'prototype', commit: SHA },
    ...{ creator: 'github-actions[bot]', payload: { tool: 'deploy-action' } },
  });
  await records.addStatus(first.id, { ...status, state: 'in_progress' });
  await records.addStatus(first.id, { ...status, state: 'success', environmentUrl: 'https://app' });
  const second = await records.createDeployment(deployment);
  await records.addStatus(second.id, { ...status, state: 'success' });
  expect((await records.statuses(first.id)).map(({ state }) => state)).toEqual(['success', 'in_progress']);
  expect(github.deployments[0]?.statuses.at(-1)).toMatchObject({ environmentUrl: 'https://app' });
  const ids = await Array.fromAsync(records.deployments('prototype'), ({ id }) => id);
  expect(ids).toEqual([second.id, first.id]);
  expect(await Array.fromAsync(records.deployments('production'))).toEqual([]);
});

test('a commit whose checks have failed can be recorded as deployed', async () => {
  const records = await start();
  await records.setCommitStatus(SHA, { state: 'failure', context: 'ci', description: 'red', url: 'https://x' });
  await expect(records.createDeployment(deployment)).resolves.toMatchObject({ commit: SHA });
  expect(github.commitStatuses).toMatchObject([{ sha: SHA, state: 'failure', context: 'ci', description: 'red' }]);
});

test('payloads are read as objects, and as the text of one', async () => {
  const at = '2026-11-01T00:00:00Z';
  const seeded = ['{"tool":"deploy-action"}', 'plain', { a: 1 }].map((payload) => ({
    ...{ environment: 'prototype', sha: SHA, createdAt: at, statuses: [], payload },
  }));
  const records = await start({ deployments: seeded });
  const payloads = await Array.fromAsync(records.deployments('prototype'), ({ payload }) => payload);
  expect(payloads).toEqual([{ a: 1 }, 'plain', { tool: 'deploy-action' }]);
});

test('the history comes a hundred at a time, newest first, and only as far as it is asked for', async () => {
  const deployments = Array.from({ length: 250 }, (_, index) => ({
    environment: index % 2 === 0 ? 'production' : 'prototype',
    sha: SHA,
    createdAt: new Date(Date.UTC(2026, 9, 1, 0, index)).toISOString(),
    statuses: [
      { state: 'in_progress', at: '2026-10-01T09:00:00Z' },
      { state: 'success', description: 'done', at: '2026-10-01T10:00:00Z' },
    ],
  }));
  const records = await start({ deployments }, 'read');
  github.dateCommit(SHA, null);
  const all = await Array.fromAsync(records.history(''));
  expect(all).toHaveLength(250);
  expect(all[0]).toEqual({
    environment: 'prototype',
    commit: SHA,
    createdAt: new Date(Date.UTC(2026, 9, 1, 0, 249)),
    statuses: [
      { state: 'in_progress', description: '', at: new Date('2026-10-01T09:00:00Z') },
      { state: 'success', description: 'done', at: new Date('2026-10-01T10:00:00Z') },
    ],
  });
  expect(github.requests).toHaveLength(3);
  github.dateCommit(SHA, '2026-09-30T08:00:00Z');
  const [first] = await Array.fromAsync(records.history('production'));
  expect(first?.committedAt).toEqual(new Date('2026-09-30T08:00:00Z'));
  expect(github.requests).toHaveLength(5);
  for await (const life of records.history('')) {
    expect(life.environment).toBe('prototype');
    break;
  }
  expect(github.requests).toHaveLength(6);
});

test('a refusal has its status, through GraphQL as well', async () => {
  const records = await start({}, 'read');
  await expect(records.createDeployment(deployment)).rejects.toMatchObject({ status: 403 });
  const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
  github.fail({ path: /graphql/, answer: { status: 200, body: { data: { repository: null }, errors } } });
  await expect(Array.fromAsync(records.history(''))).rejects.toMatchObject({ status: 403 });
});

test('a repository without a name is refused', async () => {
  await start();
  expect(() => githubRecords('t', { GITHUB_REPOSITORY: 'shop' })).toThrow('it has to be owner/name');
});
