import { afterEach, expect, test } from 'vitest';
import { push, REPOSITORY } from '../runner/events.js';
import { startGitHub, type GitHubEmulator } from './github.js';

let github: GitHubEmulator;
afterEach(() => github.stop());

const REPO = `/repos/${REPOSITORY.fullName}`;
const SHA = push().sha;

async function start() {
  github = await startGitHub();
  const { token } = github.job({ event: push() });
  return async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${github.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: (await answer.json()) as { readonly id: number } };
  };
}

const states = () => github.deployments.map(({ statuses }) => statuses.at(-1)?.state);

test('a success makes the earlier ones of its environment inactive, unless that is for production or was asked not to', async () => {
  const call = await start();
  const deploy = async (environment: string, status: object): Promise<void> => {
    const { json } = await call('POST', `${REPO}/deployments`, { ref: SHA, environment });
    await call('POST', `${REPO}/deployments/${json.id}/statuses`, { state: 'success', ...status });
  };
  await deploy('prototype', {});
  await deploy('production', {});
  await deploy('prototype', { auto_inactive: false });
  await deploy('production', {});
  expect(states()).toEqual(['success', 'success', 'success', 'success']);
  await deploy('prototype', {});
  expect(states()).toEqual(['inactive', 'success', 'inactive', 'success', 'success']);
});

test('a job with an environment has a deployment, which ends with the job; one that turned it off has none', async () => {
  const call = await start();
  const job = github.job({ event: push(), environment: 'production' });
  github.job({ event: push(), environment: 'production', deployment: false });
  const listed = await call('GET', `${REPO}/deployments?environment=production&sha=${SHA}`);
  expect(listed.json).toMatchObject([
    { environment: 'production', sha: SHA, creator: { login: 'github-actions[bot]' } },
  ]);
  const [{ statuses, id } = { statuses: [], id: 0 }] = github.deployments;
  expect(statuses.map(({ state }) => state)).toEqual(['queued', 'in_progress']);
  expect(statuses[0]?.logUrl).toMatch(new RegExp(`/actions/runs/7001/job/${job.id}$`));
  job.end('failure');
  expect((await call('GET', `${REPO}/deployments/${id}/statuses`)).json).toMatchObject([
    ...[{ state: 'failure' }, { state: 'in_progress' }, { state: 'queued' }],
  ]);
});

test.each([
  ['POST', '/deployments', { ref: 'refs/pull/12/merge' }, 422],
  ['POST', '/deployments/4711/statuses', { state: 'success' }, 404],
  ['GET', '/deployments/4711/statuses', undefined, 404],
  ['POST', `/statuses/${SHA}`, { state: 'success', description: 'x'.repeat(141) }, 422],
])('%s %s %j is answered %i', async (method, path, body, status) => {
  const call = await start();
  expect(await call(method, `${REPO}${path}`, body)).toMatchObject({ status });
});

test('a commit whose checks are not green is not deployed unless they are said not to matter', async () => {
  const call = await start();
  await call('POST', `${REPO}/statuses/${SHA}`, { state: 'failure' });
  expect(await call('POST', `${REPO}/deployments`, { ref: SHA })).toMatchObject({ status: 409 });
  expect(await call('POST', `${REPO}/deployments`, { ref: SHA, required_contexts: [] })).toMatchObject({ status: 201 });
});

test('a status with a description that is too long is refused', async () => {
  const call = await start();
  const { json } = await call('POST', `${REPO}/deployments`, { ref: SHA });
  const status = { state: 'success', description: 'x'.repeat(141) };
  expect(await call('POST', `${REPO}/deployments/${json.id}/statuses`, status)).toMatchObject({ status: 422 });
});

test.each([
  [
    'a field that GitHub does not have',
    '{ repository(owner: "a", name: "b") { deployments(first: 1) { nodes { secret } } } }',
  ],
  ['no page size', '{ repository(owner: "a", name: "b") { deployments(after: null) { nodes { createdAt } } } }'],
  ['too large a page', '{ repository(owner: "a", name: "b") { deployments(first: 101) { nodes { createdAt } } } }'],
])('a query with %s is answered with errors', async (_, query) => {
  const call = await start();
  const { status, json } = await call('POST', '/graphql', { query });
  expect(status).toBe(200);
  expect(json).toHaveProperty('errors');
});
