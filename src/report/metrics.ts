import type { Metrics, TargetMetrics } from '../metrics/model.js';
import { code, fence, heading, paragraph, tableLines, type Row } from './markdown.js';
import { duration } from './text.js';

/** Bars of a chart: a month of days is still read at a glance. */
const BARS = 31;
/** Environments that get a picture; a repository with one for each pull request has more than anybody looks at. */
const CHARTS = 6;
const DAY_MS = 86_400_000;

/** The job summary of figures: a table, and for each environment what happened day by day. */
export function renderMetrics(metrics: Metrics): string {
  const { targets, windowDays, since, until } = metrics;
  const title = heading(2, `Deployments in ${windowDays} days`);
  if (targets.length === 0) return [title, paragraph('There was no deployment in this time.')].join('\n\n');
  const head = ['Environment', 'Release', 'Deployments', 'Lead time', 'Change failure rate', 'Time to restore'];
  const environments = [...new Set(targets.map(({ environment }) => environment))];
  const charts = environments
    .slice(0, CHARTS)
    .flatMap((environment) => [heading(3, code(environment, 80)), fence('mermaid', chart(metrics, environment))]);
  const rest = environments.length - CHARTS;
  return [
    title,
    tableLines(head, targets.map(row)).join('\n'),
    paragraph(`From ${day(since)} to ${day(until)} (UTC). Medians; a bar is what was deployed, the line what failed.`),
    ...charts,
    ...(rest > 0 ? [paragraph(`${rest} more environments have no picture here.`)] : []),
  ].join('\n\n');
}

function row(target: TargetMetrics): Row {
  const { environment, release, region, deployments, deploymentsPerDay, changes, failures } = target;
  const rate = target.changeFailureRate;
  const lasting = target.unrestored > 0 ? ', one lasts' : '';
  return [
    [code(environment, 60)],
    release === '' ? ['by something else'] : [code(release, 60), ' ', region],
    [`${deployments} (${deploymentsPerDay.toFixed(2)} a day)`],
    [time(target.leadTimeSeconds)],
    [rate === null ? '–' : `${(rate * 100).toFixed(1)} % (${failures} of ${changes})`],
    [`${time(target.timeToRestoreSeconds)}${lasting}`],
  ];
}

function time(seconds: number | null): string {
  return seconds === null ? '–' : duration(seconds);
}

function day(iso: string): string {
  return iso.slice(0, 10);
}

/** The targets of an environment together, in bars of as many days as it takes to keep them few. */
function chart({ targets, until, windowDays }: Metrics, environment: string): string {
  const width = Math.ceil((windowDays + 1) / BARS);
  const count = Math.ceil((windowDays + 1) / width);
  const bars = Array.from({ length: count }, (_, index) => ({ age: (count - 1 - index) * width, done: 0, failed: 0 }));
  const last = Date.parse(day(until));
  for (const { date, deployments, failures } of targets.flatMap((t) => (t.environment === environment ? t.days : []))) {
    const age = Math.round((last - Date.parse(date)) / DAY_MS);
    const bar = bars[count - 1 - Math.floor(age / width)];
    if (bar === undefined) continue;
    bar.done += deployments;
    bar.failed += failures;
  }
  // A bar is called by its last day.
  const names = bars.map(({ age }) => `"${new Date(last - age * DAY_MS).toISOString().slice(5, 10)}"`);
  const most = Math.max(1, ...bars.map(({ done, failed }) => Math.max(done, failed)));
  return [
    'xychart-beta',
    `  x-axis [${names.join(', ')}]`,
    `  y-axis "changes" 0 --> ${most}`,
    `  bar [${bars.map(({ done }) => done).join(', ')}]`,
    `  line [${bars.map(({ failed }) => failed).join(', ')}]`,
  ].join('\n');
}
