import { historyOf, type Change, type Incident } from './changes.js';
import { endingsOf } from './endings.js';
import type { Ending, Life, Metrics, TargetMetrics } from './model.js';

const DAY_SECONDS = 86_400;

export interface Question {
  readonly repository: string;
  readonly until: Date;
  readonly windowDays: number;
  /** @default every release */
  readonly release?: string;
}

/**
 * The four figures of every target that has something in the window. A change counts on the day that its first try ended,
 * an incident when it began: what began before the window counts for nothing, however it went on.
 * @param lives of deployments in any order; those from before the window tell what a failure in it is the sequel of
 */
export function metricsOf(lives: Iterable<Life>, { repository, until, windowDays, release }: Question): Metrics {
  const since = new Date(until.getTime() - windowDays * DAY_SECONDS * 1000);
  const series = new Map<string, Ending[]>();
  for (const ending of [...lives].flatMap(endingsOf)) {
    if (release !== undefined && ending.release !== release) continue;
    const key = [ending.environment, ending.release, ending.region].join('\n');
    const endings = series.get(key);
    if (endings) endings.push(ending);
    else series.set(key, [ending]);
  }
  const within = (at: Date): boolean => at > since && at <= until;
  const targets = [...series.values()]
    .map((endings) => targetMetrics(endings, within, windowDays))
    .filter(({ changes, unchanged, restored, unrestored }) => changes + unchanged + restored + unrestored > 0)
    .sort((left, right) => compare(left, right, 'environment', 'release', 'region'));
  return {
    schema: 'metrics.v1',
    ...{ repository, since: since.toISOString(), until: until.toISOString(), windowDays, targets },
  };
}

function targetMetrics(endings: readonly Ending[], within: (at: Date) => boolean, windowDays: number): TargetMetrics {
  const inOrder = endings.toSorted((left, right) => left.at.getTime() - right.at.getTime());
  const history = historyOf(inOrder);
  const changes = history.changes.filter(({ at }) => within(at));
  const incidents = history.incidents.filter(({ from }) => within(from));
  const succeeded = changes.filter(({ succeededAt }) => succeededAt !== undefined);
  const failures = changes.filter(({ failed }) => failed).length;
  const { environment = '', release = '', region = '' } = inOrder[0] ?? {};
  return {
    ...{ environment, release, region },
    changes: changes.length,
    deployments: succeeded.length,
    deploymentsPerDay: succeeded.length / windowDays,
    leadTimeSeconds: median(succeeded.flatMap(leadTime)),
    failures,
    changeFailureRate: changes.length === 0 ? null : failures / changes.length,
    restored: incidents.filter(({ to }) => to !== undefined).length,
    unrestored: incidents.filter(({ to }) => to === undefined).length,
    timeToRestoreSeconds: median(incidents.flatMap(restoring)),
    unchanged: history.unchanged.filter(within).length,
    withoutCommit: succeeded.filter(({ committedAt }) => committedAt === undefined).length,
    days: daysOf(changes),
  };
}

/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** Seconds. A clock that is wrong may date a commit after its deployment: that is no time at all. */
function leadTime({ committedAt, succeededAt }: Change): number[] {
  return committedAt === undefined || succeededAt === undefined ? [] : [Math.max(0, seconds(committedAt, succeededAt))];
}

function restoring({ from, to }: Incident): number[] {
  return to === undefined ? [] : [seconds(from, to)];
}

function seconds(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}

function daysOf(changes: readonly Change[]): TargetMetrics['days'] {
  const days = new Map<string, { deployments: number; failures: number }>();
  for (const { at, succeededAt, failed } of changes) {
    const date = at.toISOString().slice(0, 10);
    const day = days.get(date) ?? { deployments: 0, failures: 0 };
    days.set(date, {
      deployments: day.deployments + (succeededAt === undefined ? 0 : 1),
      failures: day.failures + (failed ? 1 : 0),
    });
  }
  return [...days].map(([date, day]) => ({ date, ...day })).sort((left, right) => left.date.localeCompare(right.date));
}

function compare<K extends string>(left: Record<K, string>, right: Record<K, string>, ...keys: readonly K[]): number {
  const [key] = keys.filter((each) => left[each] !== right[each]);
  return key === undefined ? 0 : left[key].localeCompare(right[key], 'en');
}
