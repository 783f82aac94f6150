import type { DeploymentRecord, DeploymentStatus, Records } from '../ports.js';
import { isOurs } from './own-deployment.js';

/** What is known of the job that runs. */
export interface JobFacts {
  readonly run: string;
  /** Id of the job. @default not known */
  readonly job?: string;
  /** The commit of the run, and the one that a reader knows. */
  readonly commits: readonly string[];
}

/**
 * The deployment that GitHub made because the job has an `environment:`. `several`: more than one job of the run goes
 * there now, and which is this one cannot be told.
 */
export type JobDeployment =
  | { readonly kind: 'found'; readonly record: DeploymentRecord }
  | { readonly kind: 'none' }
  | { readonly kind: 'several' };

/** Who makes the deployments of jobs. */
const ACTIONS_BOT = 'github-actions[bot]';

/** A job's deployment is made when the job starts, so it is among the newest of its commit. */
const MOST_SEEN = 100;

/**
 * Finds the job's own deployment by the address of the log in its statuses, which ends in the run's and the job's id:
 * `…/actions/runs/<run>/job/<job>`.
 */
export async function jobDeployment(records: Records, environment: string, facts: JobFacts): Promise<JobDeployment> {
  const open: DeploymentRecord[] = [];
  let seen = 0;
  for await (const record of records.deployments(environment)) {
    seen += 1;
    if (seen > MOST_SEEN) break;
    if (record.creator !== ACTIONS_BOT || isOurs(record) || !facts.commits.includes(record.commit)) continue;
    const statuses = await records.statuses(record.id);
    const match = matches(statuses, facts);
    if (match === 'job') return { kind: 'found', record };
    if (match === 'run' && isOpen(statuses)) open.push(record);
  }
  const [only, ...others] = open;
  if (only === undefined) return { kind: 'none' };
  return others.length > 0 ? { kind: 'several' } : { kind: 'found', record: only };
}

/** Whether a deployment has not come to an end yet. */
export function isOpen(statuses: readonly DeploymentStatus[]): boolean {
  return !['success', 'failure', 'error', 'inactive'].includes(statuses[0]?.state ?? '');
}

function matches(statuses: readonly DeploymentStatus[], { run, job }: JobFacts): 'job' | 'run' | 'other' {
  const logs = statuses.flatMap(({ logUrl }) => {
    const [, ofRun, ofJob] = /\/actions\/runs\/(\d+)(?:\/jobs?\/(\d+))?/.exec(logUrl) ?? [];
    return ofRun === run ? [ofJob] : [];
  });
  if (logs.length === 0) return 'other';
  if (job === undefined) return 'run';
  if (logs.includes(job)) return 'job';
  // The address names another job of this run.
  return logs.some((ofJob) => ofJob !== undefined) ? 'other' : 'run';
}
