import { expect, test } from 'vitest';
import { jobDeployment } from '../../src/github/job-deployment.js';
import { FakeRecords } from '../fakes/records.js';

const log = (run: number, job?: number) =>
  `https://github.com/acme/shop/actions/runs/${run}${job === undefined ? '' : `/job/${job}`}`;
const running = (logUrl: string) => [
  { state: 'queued', logUrl },
  { state: 'in_progress', logUrl },
];
const facts = { run: '7', commits: ['merge', 'head'] };

function records(...lives: readonly Parameters<FakeRecords['add']>[]): FakeRecords {
  const fake = new FakeRecords();
  for (const life of lives) fake.add(...life);
  return fake;
}

test.each([
  [
    'by the job’s id',
    records([{ commit: 'merge' }, ...running(log(7, 70))], [{ commit: 'merge' }, ...running(log(7, 71))]),
    '70',
    1,
  ],
  ['when its commit is the head’s', records([{ commit: 'head' }, ...running(log(7, 70))]), '70', 1],
  ['by the run alone', records([{ commit: 'head' }, ...running(log(7, 70))]), undefined, 1],
  ['by an address without a job', records([{ commit: 'head' }, ...running(log(7))]), '70', 1],
  [
    'even after it has ended, by its id',
    records([{ commit: 'head' }, { state: 'failure', logUrl: log(7, 70) }]),
    '70',
    1,
  ],
])('is found %s', async (_, fake, job, id) => {
  expect(await jobDeployment(fake, 'production', { ...facts, ...(job === undefined ? {} : { job }) })).toMatchObject({
    kind: 'found',
    record: { id },
  });
});

test.each([
  ['there is nothing', records()],
  ['it is of another environment', records([{ environment: 'prototype', commit: 'head' }, ...running(log(7, 70))])],
  ['it is of another run', records([{ commit: 'head' }, ...running(log(77, 70))])],
  ['it is of another job', records([{ commit: 'head' }, ...running(log(7, 71))])],
  ['it is of another commit', records([{ commit: 'other' }, ...running(log(7, 70))])],
  ['a person made it', records([{ commit: 'head', creator: 'octocat' }, ...running(log(7, 70))])],
  ['it is one of ours', records([{ commit: 'head', payload: { tool: 'deploy-action' } }, ...running(log(7, 70))])],
])('is none when %s', async (_, fake) => {
  expect(await jobDeployment(fake, 'production', { ...facts, job: '70' })).toEqual({ kind: 'none' });
});

test('one of the same run that has ended is not the job’s', async () => {
  const fake = records([{ commit: 'head' }, { state: 'success', logUrl: log(7, 70) }]);
  expect(await jobDeployment(fake, 'production', facts)).toEqual({ kind: 'none' });
});

test('is not guessed among several', async () => {
  const fake = records([{ commit: 'head' }, ...running(log(7, 70))], [{ commit: 'head' }, ...running(log(7, 71))]);
  expect(await jobDeployment(fake, 'production', facts)).toEqual({ kind: 'several' });
});

test('is looked for among the newest hundred', async () => {
  const fake = records([{ commit: 'head' }, ...running(log(7, 70))]);
  for (let more = 0; more < 100; more += 1) fake.add({ commit: 'other' });
  expect(await jobDeployment(fake, 'production', facts)).toEqual({ kind: 'none' });
  expect(fake.requests).toEqual(['list production']);
});
