import { expect, test } from 'vitest';
import { closeAbandoned } from '../../src/github/abandoned.js';
import { FakeRecords } from '../fakes/records.js';

const state = JSON.stringify({ id: 1, release: 'web', region: 'eu-central-1', logUrl: 'https://x' });

test.each(['in_progress', 'queued', 'pending', 'waiting'])('a record that is %s ends as an error', async (before) => {
  const records = new FakeRecords();
  records.add({}, { state: before });
  expect(await closeAbandoned(state, records)).toBe(true);
  expect(records.lifeOf(1).at(-1)).toBe(
    'error deploy-action: web eu-central-1 stopped: the run ended before the deployment did',
  );
});

test('and so does one that got no status', async () => {
  const records = new FakeRecords();
  records.add({});
  expect(await closeAbandoned(state, records)).toBe(true);
});

test.each(['success', 'failure', 'error', 'inactive'])('one that is %s stays so', async (before) => {
  const records = new FakeRecords();
  records.add({}, { state: before });
  expect(await closeAbandoned(state, records)).toBe(false);
  expect(records.lifeOf(1)).toEqual([before]);
});
