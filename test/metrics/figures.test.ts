import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { median, metricsOf } from '../../src/metrics/figures.js';
import { markText, type MarkWord } from '../../src/metrics/mark.js';
import type { Life, TargetMetrics } from '../../src/metrics/model.js';
import { PAPER_FIGURES, PAPER_UNTIL, paperHistory } from './history.js';

const question = { repository: 'acme/shop', until: PAPER_UNTIL, windowDays: 30 };

describe('a history of 300 deployments', () => {
  const metrics = metricsOf(paperHistory(), question);

  test('has the figures that were worked out by hand', () => {
    expect(metrics).toMatchObject({ since: '2026-10-02T00:00:00.000Z', until: '2026-11-01T00:00:00.000Z' });
    expect(metrics.targets).toHaveLength(1);
    const [{ days, ...figures } = { days: [] }] = metrics.targets;
    expect(figures).toEqual(PAPER_FIGURES);
    expect(days).toHaveLength(30);
    expect(days.every(({ deployments, failures }) => deployments === 7 && failures === 2)).toBe(true);
  });

  test('has them in whatever order it comes', () => {
    const shuffled = fc.shuffledSubarray([...paperHistory()], { minLength: 300 });
    fc.assert(
      fc.property(shuffled, (lives) => {
        expect(metricsOf(lives, question)).toEqual(metrics);
      }),
      { numRuns: 10 },
    );
  });

  test('has a tenth of them in three days', () => {
    const [target] = metricsOf(paperHistory(), { ...question, windowDays: 3 }).targets;
    expect(target).toMatchObject({ changes: 24, deployments: 21, deploymentsPerDay: 7, failures: 6, restored: 6 });
  });
});

/** A deployment `hours` before the end of the window. */
function life(hours: number, word: MarkWord, more: Partial<Life> & { release?: string; region?: string } = {}): Life {
  const { release = 'webapp', region = 'eu-central-1', ...rest } = more;
  const at = new Date(PAPER_UNTIL.getTime() - hours * 3_600_000);
  const committedAt = new Date(at.getTime() - 3_600_000);
  const statuses = [{ state: 'success', description: markText({ release, region, word }), at }];
  return { environment: 'production', commit: `at ${hours}`, committedAt, statuses, ...rest };
}

const only = (lives: readonly Life[], windowDays = 1): TargetMetrics | undefined =>
  metricsOf(lives, { ...question, windowDays }).targets[0];

test('no deployments: no targets', () => {
  expect(metricsOf([], question).targets).toEqual([]);
  expect(only([life(25, 'succeeded')])).toBeUndefined();
});

test('only failures: a rate of one, and nothing that has a median', () => {
  expect(only([life(5, 'failed'), life(4, 'failed')])).toMatchObject({
    ...{ changes: 2, deployments: 0, deploymentsPerDay: 0, changeFailureRate: 1, leadTimeSeconds: null },
    ...{ restored: 0, unrestored: 1, timeToRestoreSeconds: null },
  });
});

test('only runs without changes: no rate', () => {
  expect(only([life(5, 'unchanged')])).toMatchObject({ changes: 0, changeFailureRate: null, unchanged: 1 });
});

test('what began before the window counts for nothing, however it went on', () => {
  const before = life(25, 'failed', { commit: 'a' });
  expect(only([before, life(5, 'succeeded', { commit: 'a' })])).toBeUndefined();
  expect(only([before, life(5, 'succeeded')])).toMatchObject({ changes: 1, failures: 0, restored: 0 });
});

test('the end of the window is in it, its beginning is not, and what comes later is not either', () => {
  expect(only([life(24, 'succeeded'), life(0, 'succeeded'), life(-1, 'succeeded')])).toMatchObject({ changes: 1 });
});

test('environments, releases and regions side by side do not mend or fail one another', () => {
  const { targets } = metricsOf(
    [
      life(5, 'failed'),
      life(4, 'succeeded', { release: 'api' }),
      life(4, 'succeeded', { region: 'us-west-2' }),
      life(4, 'succeeded', { environment: 'prototype' }),
      { ...life(4, 'succeeded'), statuses: [{ state: 'success', description: '', at: PAPER_UNTIL }] },
    ],
    question,
  );
  const names = targets.map(({ environment, release, region }) => `${environment} ${release} ${region}`);
  expect(names).toEqual([
    'production  ',
    'production api eu-central-1',
    'production webapp eu-central-1',
    'production webapp us-west-2',
    'prototype webapp eu-central-1',
  ]);
  expect(targets.map(({ failures, unrestored }) => failures + unrestored)).toEqual([0, 0, 2, 0, 0]);
  expect(
    metricsOf([life(5, 'failed'), life(4, 'succeeded', { release: 'api' })], { ...question, release: 'api' }).targets,
  ).toMatchObject([{ release: 'api', failures: 0 }]);
});

test('a commit that is gone has no lead time; one that is dated after its deployment has none to speak of', () => {
  const whole = life(5, 'succeeded');
  const gone: Life = { environment: whole.environment, commit: whole.commit, statuses: whole.statuses };
  expect(only([gone])).toMatchObject({ deployments: 1, withoutCommit: 1, leadTimeSeconds: null });
  expect(only([gone, life(4, 'succeeded', { committedAt: PAPER_UNTIL })])).toMatchObject({ leadTimeSeconds: 0 });
});

test.each([
  [[], null],
  [[5], 5],
  [[9, 1], 5],
  [[9, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])('the median of %j is %j', (values, expected) => {
  expect(median(values)).toBe(expected);
});
