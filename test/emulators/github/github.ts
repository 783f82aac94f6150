import type { JsonWebKey } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { REPOSITORY, RUN_ID } from '../runner/events.js';
import { Faults } from '../faults.js';
import { serve } from '../http.js';
import { failure, type Answer } from './answers.js';
import { Contract } from './contract.js';
import { Jobs, type Job, type JobOptions } from './jobs.js';
import type { SeededDeployment, StoredCommitStatus, StoredDeployment } from './deployments.js';
import { graphql, operationsOn } from './operations.js';
import { teamOperations } from './team-operations.js';
import { Team } from './team.js';
import { GitHubState, type SeededComment, type StoredComment, type StoredPullRequest } from './state.js';

/** Requests to answer otherwise than GitHub does on a good day; the OIDC issuer's `/token` is one of the paths. */
export interface GitHubFault {
  /** @default any */
  readonly method?: string;
  /** @default any */
  readonly path?: RegExp;
  /** How many requests of this kind fail. @default 1 */
  readonly times?: number;
  /** `drop` closes the connection without an answer. */
  readonly answer: Answer | 'drop';
}

export interface GitHubOptions {
  /** @default one, open: #12 of `feature` into `main` */
  readonly pullRequests?: readonly StoredPullRequest[];
  readonly comments?: readonly SeededComment[];
  readonly faults?: readonly GitHubFault[];
  /** @default none */
  readonly deployments?: readonly SeededDeployment[];
}

export interface RunningJob extends Job {
  /** What GitHub does with the job's deployment when the job is over. */
  end(state: 'success' | 'failure' | 'error'): void;
}

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** 0 when the connection was dropped. */
  readonly status: number;
}

export interface GitHubEmulator {
  readonly url: string;
  readonly requests: readonly LoggedRequest[];
  /** Public keys of the issuer. */
  readonly keys: readonly JsonWebKey[];
  /** Every token that was given out. */
  readonly secrets: readonly string[];
  /** @default comments of every pull request */
  comments(pullRequest?: number): readonly StoredComment[];
  /** What people do here. */
  readonly team: Team;
  /** Oldest first. */
  readonly deployments: readonly StoredDeployment[];
  /** Oldest first. */
  readonly commitStatuses: readonly StoredCommitStatus[];
  /** When a commit was made; null for one that GitHub has no longer. @default the day before */
  dateCommit(sha: string, date: string | null): void;
  /** A new job with tokens of its own, and with a deployment if it has an environment. */
  job(options: JobOptions): RunningJob;
  /** A person's token, whose `GET /user` works. */
  personalToken(login: string): string;
  fail(fault: GitHubFault): void;
  /** @throws Error when a request or an answer broke GitHub's description */
  assertHonest(): void;
  /** Stops it. @throws Error as `assertHonest` */
  stop(): Promise<void>;
}

const PULL_REQUEST: StoredPullRequest = {
  number: 12,
  headSha: 'beef'.padEnd(40, '1'),
  headRef: 'feature',
  baseRef: 'main',
  state: 'open',
};

/** Starts GitHub's API and its OIDC issuer on a free port of the loopback. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubEmulator> {
  const state = new GitHubState(options.pullRequests ?? [PULL_REQUEST], options.comments);
  for (const deployment of options.deployments ?? []) state.deployments.seed(deployment);
  const jobs = new Jobs();
  const faults = new Faults(options.faults);
  const requests: LoggedRequest[] = [];
  const team = new Team(state);
  const operations = { ...operationsOn(state, () => server.url), ...teamOperations(team, state) };
  const contract = new Contract(operations);

  const route = async (method: string, url: URL, request: IncomingMessage): Promise<Answer | 'drop'> => {
    const body = await text(request);
    const fault = faults.take((due) => (due.method ?? method) === method && (due.path?.test(url.pathname) ?? true));
    if (fault) return fault.answer;
    const token = (request.headers.authorization ?? '').replace(/^(?:token|bearer) ?/i, '');
    const issued = issuerAnswer(jobs, url, token, server.url);
    if (issued) return issued;
    const caller = jobs.callerOf(token);
    if (!caller) return failure(401, token === '' ? 'Requires authentication' : 'Bad credentials');
    const graph = url.pathname === '/graphql';
    const reads = method === 'GET' || (graph && !body.includes('mutation'));
    if (!reads && caller.kind === 'read') return failure(403, 'Resource not accessible by integration');
    const json: unknown = body === '' ? undefined : JSON.parse(body);
    if (graph) return graphql(state, json);
    const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' };
    return contract.answer({ method, url, headers, body: json }, { ...caller, url });
  };

  const server = await serve(async (request, response) => {
    const url = new URL(request.url ?? '/', server.url);
    const method = request.method ?? '';
    const answer = await route(method, url, request).catch((error: unknown): Answer => {
      contract.violations.push(`the fake failed at ${method} ${url.pathname}: ${String(error)}`);
      return failure(500, String(error));
    });
    const log = { method, path: url.pathname, query: url.search.slice(1) };
    if (answer === 'drop') {
      requests.push({ ...log, status: 0 });
      request.socket.destroy();
      return;
    }
    requests.push({ ...log, status: answer.status });
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  const assertHonest = (): void => {
    if (contract.violations.length > 0) throw new Error(contract.violations.join('\n'));
  };
  return {
    url: server.url,
    requests,
    team,
    keys: jobs.keys,
    secrets: jobs.secrets,
    comments: (number) => state.comments.filter(({ pullRequest }) => (number ?? pullRequest) === pullRequest),
    deployments: state.deployments.list,
    commitStatuses: state.deployments.commitStatuses,
    dateCommit: (sha, date) => {
      state.deployments.commitDates.set(sha, date);
    },
    job: (job) => {
      const started = jobs.start(server.url, job);
      const { environment, deployment = true } = job;
      if (environment === undefined || !deployment) return { ...started, end: () => undefined };
      const logUrl = `https://github.com/${REPOSITORY.fullName}/actions/runs/${RUN_ID}/job/${started.id}`;
      return { ...started, ...state.deployments.startJob({ environment, sha: job.event.sha, logUrl }) };
    },
    personalToken: (login) => jobs.personal(login),
    fail: (fault) => {
      faults.add(fault);
    },
    assertHonest,
    stop: async () => {
      await server.stop();
      assertHonest();
    },
  };
}

/** What the OIDC issuer answers; undefined when the request is for the API. */
function issuerAnswer(jobs: Jobs, url: URL, token: string, base: string): Answer | undefined {
  const keys = `${base}/.well-known/jwks`;
  if (url.href === keys) return { status: 200, body: { keys: jobs.keys } };
  if (url.pathname === '/.well-known/openid-configuration')
    return { status: 200, body: { issuer: base, jwks_uri: keys } };
  if (url.pathname !== '/token') return undefined;
  const value = jobs.identityToken(token, url.searchParams.get('audience') ?? undefined);
  return value === undefined ? failure(401, 'Unauthorized') : { status: 200, body: { count: value.length, value } };
}
