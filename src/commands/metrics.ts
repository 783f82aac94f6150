import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ActionError } from '../errors.js';
import { recordRefusal } from '../github/record-refusal.js';
import type { MetricsInputs } from '../inputs.js';
import { metricsOf } from '../metrics/figures.js';
import type { Metrics } from '../metrics/model.js';
import type { Outcome } from '../outputs.js';
import type { PastDeployment } from '../ports.js';
import { renderMetrics } from '../report/metrics.js';
import type { Context } from './context.js';
import { runFacts } from './facts.js';

const DAY_MS = 86_400_000;

/** A job waits for an approval this long at most, and its deployment is as old as its wait. */
const LONGEST_WAIT_DAYS = 30;

/** Computes how often, how fast and how well was deployed, from GitHub's records. */
export async function metrics(inputs: MetricsInputs, context: Context): Promise<Outcome> {
  const { runner, clock } = context.ports;
  const until = clock.now();
  const reach = (inputs.window + LONGEST_WAIT_DAYS) * DAY_MS;
  const lives = await read(inputs, new Date(until.getTime() - reach), context);
  const figures = metricsOf(lives, {
    ...{ repository: runFacts(context).repository, until, windowDays: inputs.window },
    ...(inputs.release === '' ? {} : { release: inputs.release }),
  });
  for (const line of metricsLines(figures)) runner.info(line);
  if (inputs.summary) await runner.summary(renderMetrics(figures));
  if (inputs.metricsFile) write(figures, inputs.metricsFile, context);
  return { outputs: { metrics: figures, result: 'success' } };
}

/** @throws ActionError `github` */
async function read(inputs: MetricsInputs, oldest: Date, context: Context): Promise<readonly PastDeployment[]> {
  if (!inputs.githubToken) throw new ActionError('input', 'github-token is missing: metrics reads deployments with it');
  const lives: PastDeployment[] = [];
  try {
    const records = await context.ports.records(inputs.githubToken);
    for await (const life of records.history(inputs.environment)) {
      if (life.createdAt < oldest) break;
      lives.push(life);
    }
  } catch (error) {
    throw new ActionError('github', `the deployments cannot be read: ${recordRefusal(error, 'deployments: read')}`, {
      cause: error,
    });
  }
  return lives;
}

function metricsLines({ targets, windowDays }: Metrics): readonly string[] {
  if (targets.length === 0) return [`no deployments in ${windowDays} days`];
  return targets.map(({ environment, release, region, deployments, failures, changes }) => {
    const what = [environment, release || 'something else', region].filter(Boolean).join(' ');
    return `${what}: ${deployments} deployed, ${failures} of ${changes} failed, in ${windowDays} days`;
  });
}

function write(figures: Metrics, name: string, context: Context): void {
  const file = path.resolve(context.place.workspace, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}
