import { expect, test } from 'vitest';
import { ownDeployment, retire, type OwnPayload } from '../../src/github/own-deployment.js';
import { FakeRecords } from '../fakes/records.js';

const payload: OwnPayload = {
  ...{ tool: 'deploy-action', kind: 'deploy', target: 'production-web-x', release: 'web', region: 'x', version: 'v1' },
  ...{ releaseVersion: '', fingerprint: '', assembly: 'sha256:1', commit: 'c0ffee', run: '7', attempt: '1' },
};
const request = { payload, description: 'deploy web', transient: false };
const status = { description: 'replaced', logUrl: 'https://x' };

test('a second try of one attempt goes on with the record of the first', async () => {
  const records = new FakeRecords();
  const first = await ownDeployment(records, 'production', request);
  const second = await ownDeployment(records, 'production', {
    ...request,
    payload: { ...payload, assembly: 'sha256:2' },
  });
  expect(second.id).toBe(first.id);
  expect(records.list).toHaveLength(1);
});

test.each([
  ['attempt', { attempt: '2' }],
  ['run', { run: '8' }],
  ['target', { target: 'production-web-y' }],
  ['kind', { kind: 'rollback' }],
  ['commit', { commit: 'beef' }],
] as const)('another %s has a record of its own', async (_, other) => {
  const records = new FakeRecords();
  await ownDeployment(records, 'production', request);
  await ownDeployment(records, 'production', { ...request, payload: { ...payload, ...other } });
  expect(records.list).toHaveLength(2);
});

test('what was in force for the target is retired, and nothing else', async () => {
  const records = new FakeRecords();
  const ours = (target: string) => ({ payload: { ...payload, target } });
  records.add(ours(payload.target), { state: 'success' });
  records.add(ours(payload.target), { state: 'success' });
  records.add(ours(payload.target), { state: 'failure' });
  records.add(ours('production-other-x'), { state: 'success' });
  records.add({ payload: {} }, { state: 'success' });
  const current = records.add(ours(payload.target), { state: 'success' });
  records.add(ours(payload.target), { state: 'success' });
  await retire(records, current, payload.target, status);
  const states = records.list.map(({ statuses }) => statuses[0]?.state);
  expect(states).toEqual(['success', 'inactive', 'failure', 'success', 'success', 'success', 'success']);
});

test('nothing is retired twice', async () => {
  const records = new FakeRecords();
  records.add({ payload }, { state: 'success' });
  records.add({ payload }, { state: 'inactive' });
  await retire(records, records.add({ payload }), payload.target, status);
  expect(records.requests.filter((line) => line.startsWith('status '))).toEqual([]);
});
