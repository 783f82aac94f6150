import { fill, holds, textOf, type Contexts, type Status } from './expression.js';
import { escalations, forFork, grantOf, RESTRICTED, type Grant } from './permissions.js';
import { callOf, inOrder, needsOf, type Call, type Job, type Workflow } from './workflow.js';

export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

/** One job that ran, or would have. */
export interface JobRun {
  /** The jobs that lead to it, and itself, as GitHub shows them: `diff / report`. */
  readonly path: string;
  /** Ids alone, without a matrix: `diff/report`. */
  readonly id: string;
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly summary: string;
  readonly grant: Grant;
  readonly environment: string | undefined;
  readonly concurrency: unknown;
  readonly matrix: unknown;
}

/** A job that is about to run its steps. */
export interface ReadyJob {
  readonly path: string;
  readonly id: string;
  readonly job: Job;
  readonly workflow: string;
  readonly contexts: Contexts;
  readonly grant: Grant;
  readonly environment: string | undefined;
  readonly secrets: Readonly<Record<string, string>>;
}

export type RunSteps = (job: ReadyJob) => Promise<Pick<JobRun, 'outputs' | 'log' | 'summary'> & { result: Result }>;

export interface RunOptions {
  readonly workflow: Workflow;
  /** The workflow behind a `uses` of a job. @throws Error when there is none */
  readonly resolve: (uses: string) => Workflow;
  readonly github: Readonly<Record<string, unknown>>;
  /** Of `workflow_dispatch`. @default none */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly runSteps: RunSteps;
  /** @default false */
  readonly fork?: boolean;
  /** How many jobs run side by side. @default 2 */
  readonly most?: number;
}

export interface WorkflowRun {
  readonly result: Result;
  readonly jobs: readonly JobRun[];
  /** Outputs and results of the jobs of the workflow itself, by id. */
  readonly needs: Readonly<
    Record<string, { readonly result: Result; readonly outputs: Readonly<Record<string, string>> }>
  >;
}

/** Why GitHub would not start a run at all. */
export class StartupFailure extends Error {}

/** Runs a workflow with all that it calls, by GitHub's rules for jobs. */
export async function runWorkflow(options: RunOptions): Promise<WorkflowRun> {
  const slots = limit(options.most ?? 2);
  const jobs: JobRun[] = [];
  const record = (job: JobRun): void => {
    jobs.push(job);
  };
  const scope: Scope = {
    options: { ...options, runSteps: (job) => slots(() => options.runSteps(job)) },
    record,
    path: [],
    ids: [],
    inputs: options.inputs ?? {},
    secrets: options.secrets ?? {},
    grant: grantOf(options.workflow.permissions) ?? RESTRICTED,
    called: false,
  };
  const { result, needs } = await runJobs(options.workflow, scope);
  return { result, jobs, needs };
}

interface Scope {
  readonly options: RunOptions;
  readonly record: (job: JobRun) => void;
  readonly path: readonly string[];
  readonly ids: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Of the workflow; of a called one, that of the job that calls it. */
  readonly grant: Grant;
  readonly called: boolean;
}

interface Done {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
}

type Needs = Readonly<Record<string, Done>>;

async function runJobs(workflow: Workflow, scope: Scope): Promise<{ result: Result; needs: Needs }> {
  const running = new Map<string, Promise<Done>>();
  const ancestors = ancestorsOf(workflow);
  for (const [id, job] of inOrder(workflow)) {
    const waits = async (): Promise<Done> => {
      const own = needsOf(job);
      const entries = await Promise.all(
        own.map(async (need) => [need, await (running.get(need) ?? Promise.reject(new Error(need)))] as const),
      );
      const behind = await Promise.all((ancestors.get(id) ?? []).flatMap((need) => running.get(need) ?? []));
      const status = statusOf(behind.map(({ result }) => result));
      return runJob(id, job, { workflow, scope, needs: Object.fromEntries(entries), status });
    };
    running.set(id, waits());
  }
  const results = await Promise.all([...running].map(async ([id, done]) => [id, await done] as const));
  return { result: totalOf(results.map(([, { result }]) => result)), needs: Object.fromEntries(results) };
}

/** What `success()` looks at: every job behind this one; GitHub counts one that was skipped as no success. */
function statusOf(results: readonly Result[]): Status {
  if (results.includes('cancelled')) return 'cancelled';
  return results.includes('failure') || results.includes('skipped') ? 'failure' : 'success';
}

function totalOf(results: readonly Result[]): Result {
  if (results.includes('failure')) return 'failure';
  if (results.includes('cancelled')) return 'cancelled';
  return results.every((result) => result === 'skipped') ? 'skipped' : 'success';
}

function ancestorsOf(workflow: Workflow): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const [id, job] of inOrder(workflow)) {
    const own = needsOf(job);
    all.set(id, [...new Set([...own, ...own.flatMap((need) => all.get(need) ?? [])])]);
  }
  return all;
}

interface Waiting {
  readonly workflow: Workflow;
  readonly scope: Scope;
  readonly needs: Needs;
  readonly status: Status;
}

async function runJob(id: string, job: Job, { workflow, scope, needs, status }: Waiting): Promise<Done> {
  const { options } = scope;
  const contexts: Contexts = {
    github: options.github,
    inputs: scope.inputs,
    needs,
    vars: {},
    secrets: scope.secrets,
    strategy: {},
    matrix: {},
  };
  const asked = grantOf(job.permissions) ?? (scope.called ? undefined : grantOf(workflow.permissions));
  const wanted = asked ?? scope.grant;
  const ids = [...scope.ids, id];
  if (scope.called) {
    const over = escalations(wanted, scope.grant);
    if (over.length > 0)
      throw new StartupFailure(`job ${ids.join('/')} asks for ${over.join(', ')}, which its caller does not grant`);
  }
  // A fork's run starts all the same: its tokens are cut, not what its workflows ask for.
  const grant = options.fork === true ? forFork(wanted) : wanted;
  const skipped: Done = { result: 'skipped', outputs: {} };
  if (!holds(job.if, contexts, status)) {
    recordJob(scope, { id, job, contexts, grant }, { ...skipped, log: '', summary: '' });
    return skipped;
  }
  const results = await Promise.all(
    combinations(job, contexts).map((matrix) =>
      one(id, job, { contexts: { ...contexts, matrix }, scope, grant, wanted, workflow }),
    ),
  );
  // A matrix keeps the outputs of whichever job ends last.
  return { result: totalOf(results.map(({ result }) => result)), outputs: results.at(-1)?.outputs ?? {} };
}

interface Place {
  readonly contexts: Contexts;
  readonly scope: Scope;
  readonly grant: Grant;
  /** The grant of a workflow that is called. */
  readonly wanted: Grant;
  readonly workflow: Workflow;
}

async function one(id: string, job: Job, { contexts, scope, grant, wanted, workflow }: Place): Promise<Done> {
  const path = pathOf(scope, id, job, contexts);
  if (job.uses !== undefined) {
    const called = scope.options.resolve(job.uses);
    const call = callOf(called);
    if (call === undefined) throw new StartupFailure(`${job.uses} cannot be called: it has no workflow_call`);
    const { result, needs } = await runJobs(called, {
      ...scope,
      path: [...scope.path, textOf(fill(job.name ?? id, contexts))],
      ids: [...scope.ids, id],
      inputs: inputsOf(job, call, contexts, path),
      secrets: secretsOf(job, call, contexts, path),
      grant: wanted,
      called: true,
    });
    return { result, outputs: outputsOf(call, needs, contexts) };
  }
  const environment = job.environment === undefined ? undefined : environmentOf(job.environment, contexts);
  const done = await scope.options.runSteps({
    path,
    id: [...scope.ids, id].join('/'),
    job,
    workflow: scope.options.workflow.name ?? workflow.name ?? '',
    contexts,
    grant,
    environment,
    secrets: scope.secrets,
  });
  recordJob(scope, { id, job, contexts, grant }, done);
  return { result: done.result, outputs: done.outputs };
}

function recordJob(
  scope: Scope,
  { id, job, contexts, grant }: { id: string; job: Job; contexts: Contexts; grant: Grant },
  done: Done & { readonly log: string; readonly summary: string },
): void {
  const ran = done.result !== 'skipped';
  scope.record({
    ...done,
    path: ran ? pathOf(scope, id, job, contexts) : [...scope.path, id].join(' / '),
    id: [...scope.ids, id].join('/'),
    grant,
    environment: ran && job.environment !== undefined ? environmentOf(job.environment, contexts) : undefined,
    concurrency: ran ? fill(job.concurrency, contexts) : undefined,
    matrix: contexts['matrix'],
  });
}

function pathOf(scope: Scope, id: string, job: Job, contexts: Contexts): string {
  return [...scope.path, textOf(fill(job.name ?? id, contexts))].join(' / ');
}

function environmentOf(environment: NonNullable<Job['environment']>, contexts: Contexts): string {
  return textOf(fill(typeof environment === 'string' ? environment : environment.name, contexts));
}

function combinations({ strategy }: Job, contexts: Contexts): readonly Readonly<Record<string, unknown>>[] {
  const vectors = Object.entries(strategy?.matrix ?? {});
  return vectors.reduce<readonly Readonly<Record<string, unknown>>[]>(
    (all, [name, vector]) => {
      const values = fill(vector, contexts);
      if (!Array.isArray(values) || values.length === 0)
        throw new StartupFailure(`matrix vector '${name}' does not contain any values`);
      if (values.length > 256) throw new StartupFailure(`matrix vector '${name}' has more than 256 values`);
      return all.flatMap((one) => values.map((value: unknown) => ({ ...one, [name]: value })));
    },
    [{}],
  );
}

/** The inputs of a call, of their types, as GitHub checks them. */
function inputsOf(job: Job, call: Call, contexts: Contexts, path: string): Readonly<Record<string, unknown>> {
  const declared = call.inputs ?? {};
  const unknown = Object.keys(job.with ?? {}).find((name) => !(name in declared));
  if (unknown !== undefined) throw new StartupFailure(`${path}: ${unknown} is no input of ${job.uses ?? ''}`);
  return Object.fromEntries(
    Object.entries(declared).map(([name, input]) => {
      const given = job.with?.[name];
      if (given === undefined && input.required) throw new StartupFailure(`${path}: input ${name} is required`);
      const value = given === undefined ? (input.default ?? defaultOf(input.type)) : fill(given, contexts);
      if (input.type === 'string') return [name, textOf(value)];
      if (typeof value !== input.type)
        throw new StartupFailure(`${path}: input ${name} is to be a ${input.type ?? ''}, not '${textOf(value)}'`);
      return [name, value];
    }),
  );
}

function defaultOf(type: string | undefined): unknown {
  return type === 'boolean' ? false : type === 'number' ? 0 : '';
}

function secretsOf(job: Job, call: Call, contexts: Contexts, path: string): Readonly<Record<string, string>> {
  if (job.secrets === 'inherit') throw new StartupFailure(`${path}: secrets are passed by name`);
  const given = job.secrets ?? {};
  const unknown = Object.keys(given).find((name) => !(name in (call.secrets ?? {})));
  if (unknown !== undefined) throw new StartupFailure(`${path}: ${unknown} is no secret of ${job.uses ?? ''}`);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, textOf(fill(value, contexts))]));
}

function outputsOf(call: Call, needs: Needs, contexts: Contexts): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(call.outputs ?? {}).map(([name, { value }]) => [
      name,
      textOf(fill(value, { ...contexts, jobs: needs })),
    ]),
  );
}

/** Runs functions so many at a time. */
function limit(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
