import { markText, type MarkWord } from '../../src/metrics/mark.js';
import type { Life } from '../../src/metrics/model.js';

/**
 * A made-up history of 300 deployments, by a rule whose figures can be worked out on paper.
 *
 * Thirty days, 2 to 31 October 2026, ten deployments a day: number n (0 … 299) ends on day n / 10 (rounded down), n % 10
 * hours after 08:00 UTC. So the d-th day's run from 08:00 to 17:00. All go to production, release `webapp`, eu-central-1.
 * Until is 1 November, 00:00: all 300 are in a window of 30 days.
 *
 * Every deployment has a commit of its own, committed (20 + n % 10 · 10) minutes before the deployment ended.
 *
 * By the last digit of n:
 * - 3 fails. 4 is the next commit, and succeeds an hour later.
 * - 7 fails. 8 is a second run of 7's commit, and succeeds an hour later.
 * - 9 found nothing to change.
 * - all others succeed.
 *
 * On paper:
 * - Each day has 10 − 1 (9: unchanged) − 1 (8 is the same change as 7) = 8 changes: 0 1 2 3 4 5 6 7. 30 · 8 = 240.
 * - Of those 3 never succeeds: 7 deployments a day, 210 in 30 days, 7.0 a day.
 * - Failed: 3 and 7, two a day: 60 of 240 = 0.25.
 * - Lead time: from commit to the first success, for 0 1 2 4 5 6: 20 30 40 60 70 80 minutes; for 7: its commit was made
 *   20 + 70 = 90 minutes before 7 ended, and 8 succeeded an hour later: 150 minutes. Thirty times each of
 *   20 30 40 60 70 80 150: of 210 values the 105th and 106th are both 60 (the 91st to the 120th are): 60 min = 3,600 s.
 * - Restore: 3 → 4 and 7 → 8, an hour each: 60 incidents, median 3,600 s, none lasts.
 * - Unchanged: one a day, 30.
 */
export function paperHistory(): readonly Life[] {
  return Array.from({ length: 300 }, (_, n) => {
    const digit = n % 10;
    const end = Date.UTC(2026, 9, 2 + Math.floor(n / 10), 8 + digit);
    const of = digit === 8 ? n - 1 : n;
    const committed = end - (digit === 8 ? 60 : 0) * 60_000 - (20 + (of % 10) * 10) * 60_000;
    const word: MarkWord = digit === 3 || digit === 7 ? 'failed' : digit === 9 ? 'unchanged' : 'succeeded';
    return {
      environment: 'production',
      commit: of.toString(16).padStart(40, '0'),
      committedAt: new Date(committed),
      statuses: life(word, new Date(end), n % 2 === 0),
    };
  });
}

/** Every other one is a job's own, which GitHub ends; the others are ours. */
function life(word: MarkWord, end: Date, jobs: boolean): Life['statuses'] {
  const target = { release: 'webapp', region: 'eu-central-1' };
  const started = new Date(end.getTime() - 300_000);
  const state = word === 'failed' ? 'failure' : 'success';
  const begin = { state: 'in_progress', description: markText({ ...target, word: 'started' }), at: started };
  const told = { state: jobs ? 'in_progress' : state, description: markText({ ...target, word }), at: end };
  const github = { state, description: '', at: new Date(end.getTime() + 20_000) };
  return [begin, told, ...(jobs ? [github] : [])];
}

/** The end of the window. */
export const PAPER_UNTIL = new Date('2026-11-01T00:00:00Z');

/** The figures as they come out on paper, from the comment above. */
export const PAPER_FIGURES = {
  environment: 'production',
  release: 'webapp',
  region: 'eu-central-1',
  changes: 240,
  deployments: 210,
  deploymentsPerDay: 7,
  leadTimeSeconds: 3600,
  failures: 60,
  changeFailureRate: 0.25,
  restored: 60,
  unrestored: 0,
  timeToRestoreSeconds: 3600,
  unchanged: 30,
  withoutCommit: 0,
} as const;
