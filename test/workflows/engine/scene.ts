import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyAction } from '../../scenarios/scene.js';
import { REPOSITORY, type RunnerEvent } from '../../emulators/runner/events.js';
import { ROOT } from '../../emulators/programs.js';
import type { World } from '../../emulators/world.js';
import { tally } from '../tally.js';
import { jobFolder, removeFolder, runAct } from './act.js';
import { settle, settleCondition } from './literals.js';
import { runWorkflow, type ReadyJob, type RunSteps, type WorkflowRun } from './run.js';
import { readWorkflow, type Step, type Workflow } from './workflow.js';

const SELF = 'fast-ish/deploy-action';
const STAND_INS = path.join(import.meta.dirname, '../stand-ins');

/** Which folder stands in for an external action. */
const FOLDERS: Readonly<Record<string, string>> = {
  'actions/checkout': 'checkout',
  'actions/upload-artifact': 'upload-artifact',
  'actions/download-artifact': 'download-artifact',
  'actions/attest': 'attest',
  'actions/setup-node': 'setup',
  'actions/setup-java': 'setup',
  'actions/setup-python': 'setup',
  'actions/setup-go': 'setup',
  'actions/setup-dotnet': 'setup',
  'astral-sh/setup-uv': 'setup',
};

/** What this machine reaches a package registry by; no secret is among them. */
const REGISTRY = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'JAVA_HOME'],
];

/** A call of a stand-in. */
export interface StandInCall {
  readonly action: string;
  readonly job: string;
  readonly inputs: Readonly<Record<string, string>>;
}

export interface Run extends WorkflowRun {
  readonly calls: readonly StandInCall[];
  /** Names of the artifacts that are there at the end. */
  readonly artifacts: readonly string[];
  /** Text of a file in an artifact. */
  artifact(name: string, file: string): string;
}

export interface RunRequest {
  /** File in `workflows/`, or the text of a caller. */
  readonly caller: string;
  readonly event: RunnerEvent;
  readonly secrets?: Readonly<Record<string, string>>;
  /** @default false */
  readonly fork?: boolean;
  /** Changes the text of a public workflow, to see what notices. */
  readonly mutate?: (text: string, name: string) => string;
  /** Of the repository. @default 'private' */
  readonly visibility?: 'public' | 'private';
  /** Of OIDC subjects. @default 'new' */
  readonly subjectForm?: 'old' | 'new';
}

/** A user's repository on GitHub, with the workflows that it copied. */
export interface WorkflowScene {
  /** Checkout that jobs get. */
  readonly repository: string;
  /** Another repository, by its full name; with a token it is private. */
  addRepository(name: string, files: Readonly<Record<string, string>>, token?: string): void;
  run(request: RunRequest): Promise<Run>;
  /** Adds the jobs that ran to the count of all. */
  end(): void;
}

/** @param make writes the user's repository into a folder */
export function setWorkflowScene(world: World, make: (folder: string) => void): WorkflowScene {
  const folder = mkdtempSync(path.join(tmpdir(), 'workflows-'));
  const action = path.join(folder, 'action');
  copyAction(action);
  const repositories = path.join(folder, 'repositories');
  const repository = path.join(repositories, REPOSITORY.fullName);
  mkdirSync(repository, { recursive: true });
  make(repository);
  const standIns = copyStandIns(path.join(folder, 'stand-ins'));
  let ran = 0;
  let runs = 0;

  const run = async (request: RunRequest): Promise<Run> => {
    const place = path.join(folder, `run-${++runs}`);
    const artifacts = path.join(place, 'artifacts');
    const calls = path.join(place, 'calls.jsonl');
    mkdirSync(artifacts, { recursive: true });
    writeFileSync(calls, '');
    const resolve = (uses: string): Workflow => readPublic(uses, request.mutate);
    const text = request.caller.includes('\n') ? request.caller : readCaller(request.caller);
    const { event } = request;
    const runSteps: RunSteps = async (ready) => {
      const own = jobFolder(place);
      ran += 1;
      const mayWrite = (scope: string): boolean => ready.grant[scope] === 2;
      const github = world.github.job({
        event,
        permission: mayWrite('pull-requests') || mayWrite('deployments') || mayWrite('checks') ? 'write' : 'read',
        idToken: mayWrite('id-token'),
        ...(ready.environment === undefined ? {} : { environment: ready.environment }),
        ...(request.subjectForm === undefined ? {} : { subjectForm: request.subjectForm }),
      });
      const done = await runAct({
        folder: own,
        id: path.basename(ready.id),
        workflow: ready.workflow,
        event,
        steps: stepsOf(ready),
        outputs: ready.job.outputs ?? {},
        env: {
          ...variables(event),
          ...github.env,
          AWS_ENDPOINT_URL: world.sts.url,
          AWS_ENDPOINT_URL_S3: world.sts.url,
          AWS_EC2_METADATA_DISABLED: 'true',
          STAND_IN_ARTIFACTS: artifacts,
          STAND_IN_CALLS: calls,
          STAND_IN_JOB: ready.path,
          STAND_IN_REPOSITORIES: repositories,
        },
        secrets: { GITHUB_TOKEN: github.token, ...ready.secrets },
        repositories: usedBy(ready, { standIns, action }),
      });
      removeFolder(own);
      return done;
    };
    const result = await runWorkflow({
      workflow: readWorkflow(text),
      resolve,
      github: contextOf(event, request.visibility ?? 'private'),
      inputs: event.name === 'workflow_dispatch' ? (event.payload['inputs'] as Readonly<Record<string, unknown>>) : {},
      ...(request.secrets === undefined ? {} : { secrets: request.secrets }),
      ...(request.fork === undefined ? {} : { fork: request.fork }),
      runSteps,
    });
    return {
      ...result,
      calls: readFileSync(calls, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as StandInCall),
      artifacts: readdirSync(artifacts).sort(),
      artifact: (name, file) => readFileSync(path.join(artifacts, name, file), 'utf8'),
    };
  };
  return {
    repository,
    addRepository: (name, files, token) => {
      for (const [file, content] of Object.entries(files)) {
        const target = path.join(repositories, name, file);
        mkdirSync(path.dirname(target), { recursive: true });
        writeFileSync(target, content);
      }
      if (token !== undefined) writeFileSync(path.join(repositories, `${name}.token`), token);
    },
    run,
    end: () => {
      tally(ran);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Callers call the moving tag, the public workflows one another by path: either way it is the file in this checkout. */
export function readPublic(uses: string, mutate: RunRequest['mutate'] = (text) => text): Workflow {
  const [, name] = /^(?:fast-ish\/deploy-action|\.)\/\.github\/workflows\/([a-z-]+)\.yml(?:@v1)?$/.exec(uses) ?? [];
  if (name === undefined) throw new Error(`${uses} is no workflow of this repository`);
  return readWorkflow(mutate(readFileSync(path.join(ROOT, `.github/workflows/${name}.yml`), 'utf8'), name));
}

export function readCaller(name: string): string {
  return readFileSync(path.join(ROOT, 'workflows', name), 'utf8');
}

/** `github`, as far as workflows read it. */
function contextOf(event: RunnerEvent, visibility: string): Readonly<Record<string, unknown>> {
  return {
    event: { ...event.payload, repository: { ...(event.payload['repository'] as object), visibility } },
    event_name: event.name,
    ref: event.ref,
    sha: event.sha,
    repository: REPOSITORY.fullName,
    head_ref: event.headRef ?? '',
    base_ref: event.baseRef ?? '',
    token: '',
    actor: 'octocat',
    workflow: '',
    run_id: '7001',
  };
}

function variables(event: RunnerEvent): Record<string, string> {
  return {
    ...Object.fromEntries(REGISTRY.flatMap((name) => (process.env[name] ? [[name, process.env[name]] as const] : []))),
    GITHUB_REPOSITORY: REPOSITORY.fullName,
    GITHUB_REPOSITORY_OWNER: REPOSITORY.owner,
    GITHUB_REF: event.ref,
    SHA_REF: event.sha,
    GITHUB_HEAD_REF: event.headRef ?? '',
    GITHUB_BASE_REF: event.baseRef ?? '',
    GITHUB_RUN_ID: '7001',
  };
}

function stepsOf({ job, contexts }: ReadyJob): readonly Step[] {
  return (job.steps ?? []).map((step) => {
    const { if: condition, ...rest } = step;
    return {
      ...(settle(rest, contexts) as Step),
      ...(condition === undefined ? {} : { if: settleCondition(String(condition), contexts) }),
    };
  });
}

function usedBy({ job }: ReadyJob, { standIns, action }: { standIns: string; action: string }): Record<string, string> {
  return Object.fromEntries(
    (job.steps ?? []).flatMap(({ uses }) => {
      if (uses === undefined) return [];
      const [name = '', ref = ''] = uses.split('@');
      if (name === SELF) return [[uses, action]];
      const standIn = FOLDERS[name];
      if (standIn === undefined) throw new Error(`nothing stands in for ${uses}`);
      return [[`${name}@${ref}`, path.join(standIns, standIn)]];
    }),
  );
}

function copyStandIns(folder: string): string {
  cpSync(STAND_INS, folder, { recursive: true });
  for (const name of globSync('*/index.cjs', { cwd: folder })) {
    const target = path.join(folder, path.dirname(name), 'lib.cjs');
    if (!existsSync(target)) cpSync(path.join(folder, 'lib.cjs'), target);
  }
  return folder;
}
