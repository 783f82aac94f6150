import { parse } from 'yaml';

export type Permissions = Readonly<Record<string, string>> | string;

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string | boolean;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly 'working-directory'?: string;
}

export interface Job {
  readonly name?: string;
  readonly needs?: string | readonly string[];
  readonly if?: string | boolean;
  readonly permissions?: Permissions;
  readonly strategy?: { readonly matrix?: Readonly<Record<string, unknown>>; readonly 'fail-fast'?: boolean };
  readonly environment?: string | { readonly name: string };
  readonly concurrency?: string | Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly 'runs-on'?: string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
  /** Of a job that calls a workflow. */
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>> | 'inherit';
}

export interface CallInput {
  readonly description?: string;
  readonly type?: 'string' | 'boolean' | 'number';
  readonly required?: boolean;
  readonly default?: unknown;
}

/** `on: workflow_call`. */
export interface Call {
  readonly inputs?: Readonly<Record<string, CallInput>>;
  readonly secrets?: Readonly<Record<string, { readonly description?: string; readonly required?: boolean } | null>>;
  readonly outputs?: Readonly<Record<string, { readonly description?: string; readonly value: string }>>;
}

export interface Workflow {
  readonly name?: string;
  readonly on: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly concurrency?: string | Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function readWorkflow(text: string): Workflow {
  return parse(text) as Workflow;
}

export function callOf({ on }: Workflow): Call | undefined {
  if (typeof on === 'string' || Array.isArray(on)) return undefined;
  return 'workflow_call' in on ? ((on as { workflow_call?: Call }).workflow_call ?? {}) : undefined;
}

export function needsOf({ needs }: Job): readonly string[] {
  return needs === undefined ? [] : typeof needs === 'string' ? [needs] : needs;
}

/** Jobs, each after those that it waits for. @throws Error for one that waits for itself or for nobody's */
export function inOrder({ jobs }: Workflow): readonly (readonly [string, Job])[] {
  const done = new Map<string, Job>();
  const visit = (id: string, way: readonly string[]): void => {
    const job = jobs[id];
    if (job === undefined || way.includes(id)) throw new Error(`job ${way.join(' → ')} needs ${id}, which cannot be`);
    if (done.has(id)) return;
    for (const need of needsOf(job)) visit(need, [...way, id]);
    done.set(id, job);
  };
  for (const id of Object.keys(jobs)) visit(id, []);
  return [...done];
}
