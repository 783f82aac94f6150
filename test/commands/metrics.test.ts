import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { metrics } from '../../src/commands/metrics.js';
import { readInputs, type MetricsInputs } from '../../src/inputs.js';
import type { PastDeployment } from '../../src/ports.js';
import { FakeClock } from '../fakes/clock.js';
import { httpError } from '../fakes/github.js';
import { fakePorts } from '../fakes/ports.js';
import { PAPER_FIGURES, PAPER_UNTIL, paperHistory } from '../metrics/history.js';
import { aContext } from './found.js';

const inputs = (given: Readonly<Record<string, string>> = {}) =>
  readInputs((name) => ({ command: 'metrics', 'github-token': 't', ...given })[name] ?? '') as MetricsInputs;

function world() {
  const fakes = fakePorts({ clock: new FakeClock(PAPER_UNTIL.toISOString()) });
  const lives = paperHistory().map((life): PastDeployment => ({ ...life, createdAt: life.statuses[0]!.at }));
  fakes.records.past = lives.toReversed();
  return fakes;
}

test('the figures are an output, a file and a summary', async () => {
  const fakes = world();
  const context = aContext(fakes);
  const { outputs } = await metrics(inputs({ 'metrics-file': 'out/metrics.json' }), context);
  expect(outputs.metrics).toMatchObject({
    ...{ schema: 'metrics.v1', repository: 'acme/shop', windowDays: 30 },
    targets: [PAPER_FIGURES],
  });
  const file = path.join(context.place.workspace, 'out/metrics.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(outputs.metrics);
  expect(fakes.runner.summaries).toHaveLength(1);
  expect(fakes.runner.log('info')).toContain(
    'production webapp eu-central-1: 210 deployed, 60 of 240 failed, in 30 days',
  );
});

test.each([{ environment: 'prototype' }, { release: 'api' }])('of %j there is nothing', async (given) => {
  const fakes = world();
  const { outputs } = await metrics(inputs({ ...given, summary: 'false' }), aContext(fakes));
  expect(outputs.metrics).toMatchObject({ targets: [] });
  expect(fakes.runner.summaries).toEqual([]);
  expect(fakes.runner.log('info')).toBe('no deployments in 30 days');
});

test('one that waited a month for its approval is seen; what is older is not even read', async () => {
  const fakes = world();
  const [life] = fakes.records.past;
  const past = (days: number) => new Date(PAPER_UNTIL.getTime() - days * 86_400_000);
  fakes.records.past = [
    { ...life!, createdAt: past(30.5) },
    { ...life!, createdAt: past(32) },
  ];
  const { outputs } = await metrics(inputs({ window: '1' }), aContext(fakes));
  expect(outputs.metrics).toMatchObject({ targets: [{ unchanged: 1 }] });
});

test('a refusal is an error with the line to add', async () => {
  const fakes = world();
  fakes.records.refuse.set('history', httpError(403, 'Resource not accessible by integration'));
  await expect(metrics(inputs(), aContext(fakes))).rejects.toThrow(/cannot be read: .*add "deployments: read"/);
  await expect(metrics(inputs({ 'github-token': '' }), aContext(fakes))).rejects.toThrow('github-token is missing');
});
