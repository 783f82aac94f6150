import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Annotation, WorkflowCommand } from './commands.js';
import { jobEnvironment } from './environment.js';
import type { RunnerEvent } from './events.js';
import { parsePairs, readSummary } from './file-commands.js';
import { StepLog } from './log.js';
import { filesOf, makeFileCommands, makeMachine, writeEvent, type Machine } from './machine.js';
import { inputVariables, readManifest } from './manifest.js';
import { Masks } from './masks.js';
import { runProcess } from './process.js';

export interface ActionOptions {
  /** Folder that holds the bundle: `<dist>/index.js`. */
  readonly dist: string;
  /** @default `action.yml` beside `dist` */
  readonly manifest?: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly event: RunnerEvent;
  /** Checkout of the consumer's repository. */
  readonly workspace: string;
  /** Where GitHub is, and `token` for `${{ github.token }}`. @default unreachable */
  readonly github?: { readonly env: Readonly<Record<string, string>>; readonly token: string };
  /** Where AWS is and with which ambient credentials. @default no variables */
  readonly aws?: Readonly<Record<string, string>>;
  /** More variables of the job, set last. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default a new one */
  readonly machine?: Machine;
  /** @default 300 */
  readonly timeoutSeconds?: number;
  /** The run is cancelled, as GitHub does it, at the first printed line that this is true of. @default never */
  readonly cancelAt?: (line: string) => boolean;
  /** Gets every line of the masked log as it comes. */
  readonly onLine?: (line: string) => void;
  /** Runs the post step. @default true */
  readonly post?: boolean;
}

/** What one step, main or post, did. */
export interface StepRun {
  readonly exitCode: number;
  readonly cancelled: boolean;
  readonly leftRunning: boolean;
  /** As GitHub shows it: masked, commands obeyed. */
  readonly log: string;
  readonly rawLog: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Masked; empty when it was over the limit. */
  readonly summary: string;
  readonly rawSummary: string;
  /** Ten of each kind, as GitHub keeps them. */
  readonly annotations: readonly Annotation[];
  /** Workflow commands that were obeyed. */
  readonly commands: readonly WorkflowCommand[];
  readonly state: Readonly<Record<string, string>>;
  /** What it set through `GITHUB_ENV` and `GITHUB_PATH` for the steps after it. */
  readonly exportedEnv: Readonly<Record<string, string>>;
  readonly exportedPath: readonly string[];
}

export interface ActionRun extends StepRun {
  /** The post step; undefined when the manifest has none or it was not wanted. */
  readonly post: StepRun | undefined;
  /** Masked values. */
  readonly masks: readonly string[];
  /** Files left in `RUNNER_TEMP` after the post step. */
  readonly left: readonly string[];
  readonly machine: Machine;
}

/**
 * Runs the action as a runner does: its main step, and its post step whatever happened.
 * @throws Error when a step takes too long or answers in files that a runner could not read
 */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const { dist, event, workspace, github, machine = makeMachine() } = options;
  const manifest = readManifest(options.manifest ?? join(dist, '../action.yml'));
  const token = github?.token ?? '';
  const idToken = github?.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
  const masks = new Masks([token, idToken]);
  const env = {
    ...jobEnvironment({ event, workspace, machine, eventPath: writeEvent(machine, event.payload) }),
    ...github?.env,
    ...options.aws,
    ...inputVariables(manifest, options.inputs, { 'github.token': token }),
    ...options.env,
  };
  const step: Step = { options, machine, masks, env, file: manifest.main, state: {}, cancelAt: options.cancelAt };
  const main = await runStep(step);
  const post =
    manifest.post !== undefined && options.post !== false
      ? await runStep({ ...step, file: manifest.post, state: main.state, cancelAt: undefined })
      : undefined;
  return { ...main, post, masks: masks.list(), left: filesOf(machine.temp), machine };
}

/** An output as it reaches other jobs: GitHub drops one that holds a masked value. */
export function asJobOutput(run: Pick<ActionRun, 'outputs' | 'masks'>, name: string): string {
  const value = run.outputs[name] ?? '';
  return new Masks(run.masks).apply(value) === value ? value : '';
}

interface Step {
  readonly options: ActionOptions;
  readonly machine: Machine;
  readonly masks: Masks;
  readonly env: Readonly<Record<string, string>>;
  readonly file: string;
  readonly state: Readonly<Record<string, string>>;
  readonly cancelAt: ActionOptions['cancelAt'];
}

async function runStep({ options, machine, masks, env, file, state, cancelAt }: Step): Promise<StepRun> {
  const files = makeFileCommands(machine);
  const log = new StepLog(masks, options.onLine);
  const states = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value] as const);
  const result = await runProcess({
    file: join(options.dist, basename(file)),
    cwd: options.workspace,
    env: { ...env, ...Object.fromEntries(states), ...files },
    onLine: (line) => {
      log.line(line);
    },
    cancelAt,
    timeoutSeconds: options.timeoutSeconds ?? 300,
  });
  const read = (name: keyof typeof files): string => readFileSync(files[name], 'utf8');
  const { summary, error } = readSummary(read('GITHUB_STEP_SUMMARY'));
  if (error !== undefined) log.line(`::error::${error}`);
  return {
    ...result,
    log: log.log,
    rawLog: log.rawLog,
    annotations: log.annotations,
    commands: log.commands,
    outputs: parsePairs(read('GITHUB_OUTPUT')),
    state: parsePairs(read('GITHUB_STATE')),
    exportedEnv: parsePairs(read('GITHUB_ENV')),
    exportedPath: read('GITHUB_PATH').split('\n').filter(Boolean),
    summary: masks.apply(summary),
    rawSummary: read('GITHUB_STEP_SUMMARY'),
  };
}
