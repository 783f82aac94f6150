import { REPOSITORY, RUN_ID, type RunnerEvent } from './events.js';
import type { Machine } from './machine.js';

/** What programs of this machine need to be found and to reach a registry; no secret is among them. */
const INHERITED = [
  ...['PATH', 'LANG', 'LC_ALL', 'TZ', 'JAVA_HOME'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
];

/** The run that a job belongs to. */
export interface Job {
  readonly event: RunnerEvent;
  readonly workspace: string;
  readonly machine: Machine;
  /** File with the event's payload. */
  readonly eventPath: string;
  /** @default '7001' */
  readonly runId?: string;
  /** @default 'Deploy' */
  readonly workflow?: string;
  /** @default 'deploy' */
  readonly job?: string;
}

/** Variables that a runner gives to every step of a job. */
export function jobEnvironment(options: Job): Record<string, string> {
  const { event, machine, workspace } = options;
  const inherited = INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]] as const] : []));
  const tag = event.ref.startsWith('refs/tags/');
  return {
    ...Object.fromEntries(inherited),
    CI: 'true',
    HOME: machine.home,
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__fast-ish_deploy-action',
    GITHUB_ACTION_REPOSITORY: 'fast-ish/deploy-action',
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTOR: 'octocat',
    GITHUB_ACTOR_ID: '583231',
    GITHUB_TRIGGERING_ACTOR: 'octocat',
    GITHUB_BASE_REF: event.baseRef ?? '',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: options.eventPath,
    GITHUB_HEAD_REF: event.headRef ?? '',
    GITHUB_JOB: options.job ?? 'deploy',
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: event.ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_REF_TYPE: tag ? 'tag' : 'branch',
    GITHUB_REPOSITORY: REPOSITORY.fullName,
    GITHUB_REPOSITORY_ID: String(REPOSITORY.id),
    GITHUB_REPOSITORY_OWNER: REPOSITORY.owner,
    GITHUB_REPOSITORY_OWNER_ID: String(REPOSITORY.ownerId),
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: options.runId ?? RUN_ID,
    GITHUB_RUN_NUMBER: '42',
    GITHUB_SHA: event.sha,
    GITHUB_WORKFLOW: options.workflow ?? 'Deploy',
    GITHUB_WORKFLOW_REF: `${REPOSITORY.fullName}/.github/workflows/deploy.yml@${event.ref}`,
    GITHUB_WORKFLOW_SHA: event.sha,
    GITHUB_WORKSPACE: workspace,
    // Where nothing else is said nothing is reached: port 9 discards, and no test may go to the real GitHub.
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_GRAPHQL_URL: 'http://127.0.0.1:9/graphql',
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'emulated',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: machine.temp,
    RUNNER_TOOL_CACHE: machine.toolCache,
    RUNNER_WORKSPACE: workspace,
  };
}
