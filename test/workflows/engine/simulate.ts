import type { RunnerEvent } from '../../emulators/runner/events.js';
import { runWorkflow, type JobRun, type ReadyJob, type Result } from './run.js';
import { readCaller, readPublic } from './scene.js';
import { readWorkflow } from './workflow.js';

/** A run in which no step runs: what jobs answer is made up, so that only the rules between jobs are seen. */
export interface Simulation {
  /** File in `workflows/`, or the text of a caller. */
  readonly caller: string;
  readonly event?: RunnerEvent;
  /** Targets by wave: names of releases. @default one wave of `web` */
  readonly waves?: readonly (readonly string[])[];
  /** Places that are not bootstrapped. @default none */
  readonly bootstrap?: 'cdk' | 'release';
  /** What becomes of a job. @default it succeeds */
  readonly ends?: (job: ReadyJob) => Result | undefined;
  /** Of the repository. @default 'private' */
  readonly visibility?: string;
  readonly mutate?: (text: string, name: string) => string;
  readonly fork?: boolean;
}

export interface Simulated {
  readonly result: Result;
  /** Result by the job's path; those of a matrix each. */
  readonly jobs: Readonly<Record<string, Result>>;
  /** Paths of those that ran, in their order. */
  readonly ran: readonly string[];
  readonly runs: readonly JobRun[];
  /** Outputs of the caller's jobs. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function targetsOf(waves: readonly (readonly string[])[]): readonly (readonly object[])[] {
  return waves.map((releases, index) =>
    releases.map((release) => ({
      id: `prototype-${release}-eu-central-1`,
      release,
      environment: 'prototype',
      region: 'eu-central-1',
      version: 'v1',
      wave: index + 1,
      app: release,
    })),
  );
}

export async function simulate(options: Simulation): Promise<Simulated> {
  const { caller, waves = [['web']], bootstrap, ends = () => undefined } = options;
  const lists = targetsOf(waves);
  const missing = bootstrap === undefined ? [] : (lists[0] ?? []).slice(0, 1);
  const answers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    resolve: { targets: lists.flat(), waves: lists, environment: 'prototype', version: 'v1' },
    check: { targets: missing, 'bootstrap-release': bootstrap === 'release' ? 'init' : '' },
    report: { results: [], result: 'success', 'has-changes': true, risk: 'add' },
  };
  const run = await runWorkflow({
    workflow: readWorkflow(caller.includes('\n') ? caller : readCaller(caller)),
    resolve: (uses) => readPublic(uses, options.mutate),
    github: {
      event: { repository: { visibility: options.visibility ?? 'private' } },
      event_name: options.event?.name ?? 'push',
    },
    ...(options.fork === undefined ? {} : { fork: options.fork }),
    runSteps: (ready) => {
      const result = ends(ready) ?? 'success';
      const answer = result === 'success' ? (answers[ready.id.split('/').at(-1) ?? ''] ?? {}) : {};
      const outputs = Object.fromEntries(
        Object.keys(ready.job.outputs ?? {}).map((name) => {
          const value = answer[name];
          return [name, typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)];
        }),
      );
      return Promise.resolve({ result, outputs, log: '', summary: '' });
    },
  });
  return {
    result: run.result,
    jobs: Object.fromEntries(run.jobs.map(({ path, result }) => [path, result])),
    ran: run.jobs.filter(({ result }) => result !== 'skipped').map(({ path }) => path),
    runs: run.jobs,
    outputs: Object.fromEntries(Object.entries(run.needs).map(([id, { outputs }]) => [id, outputs])),
  };
}
