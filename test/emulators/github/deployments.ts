import { REPOSITORY } from '../runner/events.js';
import { failure, page, type Answer } from './answers.js';
import type { Operation } from './contract.js';
import description from './openapi.json' with { type: 'json' };

export interface StoredStatus {
  readonly id: number;
  readonly state: string;
  readonly description: string;
  readonly logUrl: string;
  readonly environmentUrl: string;
  readonly createdAt: string;
}

export interface StoredDeployment {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly task: string;
  readonly description: string;
  readonly payload: unknown;
  readonly transient: boolean;
  readonly creator: string;
  readonly createdAt: string;
  /** Oldest first. */
  readonly statuses: StoredStatus[];
}

export interface StoredCommitStatus {
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string;
  readonly url: string;
}

/** A deployment that was there before. */
export interface SeededDeployment {
  readonly environment: string;
  readonly sha: string;
  readonly createdAt: string;
  readonly statuses: readonly { readonly state: string; readonly description?: string; readonly at: string }[];
  /** @default 'someone' */
  readonly creator?: string;
  readonly payload?: unknown;
}

/** GitHub's limit of a description. */
const DESCRIPTION_LIMIT = 140;
const { examples } = description.components;

/** The deployments of a repository, their statuses, and the statuses of its commits. */
export class Deployments {
  /** Oldest first. */
  readonly list: StoredDeployment[] = [];
  readonly commitStatuses: StoredCommitStatus[] = [];
  /** Dates of commits by id. GitHub has every commit but those that were removed. */
  readonly commitDates = new Map<string, string | null>();
  private lastId = 300;

  constructor(private readonly tick: () => string) {}

  seed({ environment, sha, createdAt, statuses, creator = 'someone', payload = {} }: SeededDeployment): void {
    const base = { environment, sha, task: 'deploy', description: '', payload, transient: false, creator, createdAt };
    const deployment: StoredDeployment = { ...base, id: ++this.lastId, statuses: [] };
    for (const { state, description = '', at } of statuses) {
      const texts = { description, logUrl: '', environmentUrl: '' };
      deployment.statuses.push({ id: ++this.lastId, state, ...texts, createdAt: at });
    }
    this.list.push(deployment);
  }

  add(deployment: Omit<StoredDeployment, 'id' | 'createdAt' | 'statuses'>): StoredDeployment {
    const stored: StoredDeployment = { ...deployment, id: ++this.lastId, createdAt: this.tick(), statuses: [] };
    this.list.push(stored);
    return stored;
  }

  addStatus(deployment: StoredDeployment, status: Partial<StoredStatus> & { readonly state: string }): StoredStatus {
    const texts = { description: '', logUrl: '', environmentUrl: '' };
    const stored = { ...texts, ...status, id: ++this.lastId, createdAt: this.tick() };
    deployment.statuses.push(stored);
    return stored;
  }

  /** What GitHub does when a job with an `environment:` starts; `end` is what it does when the job is over. */
  startJob(job: { readonly environment: string; readonly sha: string; readonly logUrl: string }): {
    readonly end: (state: 'success' | 'failure' | 'error') => void;
  } {
    const { environment, sha, logUrl } = job;
    const texts = { task: 'deploy', description: '', payload: {}, transient: false, creator: 'github-actions[bot]' };
    const deployment = this.add({ environment, sha, ...texts });
    for (const state of ['queued', 'in_progress']) this.addStatus(deployment, { state, logUrl });
    return {
      end: (state) => {
        this.addStatus(deployment, { state, logUrl });
        if (state === 'success') this.retireBefore(deployment);
      },
    };
  }

  /** `auto_inactive`: earlier ones of the environment that had succeeded, unless it is for production or comes and goes. */
  retireBefore(current: StoredDeployment): void {
    for (const deployment of this.list) {
      if (deployment.id >= current.id || deployment.environment !== current.environment) continue;
      if (deployment.transient || deployment.environment === 'production') continue;
      if (deployment.statuses.at(-1)?.state === 'success') this.addStatus(deployment, { state: 'inactive' });
    }
  }
}

/** What each operation does to the deployments. */
export function deploymentOperations(
  deployments: Deployments,
  base: () => string,
): Readonly<Record<string, Operation>> {
  const repository = (): string => `${base()}/repos/${REPOSITORY.fullName}`;
  const onDeployment =
    (act: (deployment: StoredDeployment, ...rest: Parameters<Operation>) => Answer): Operation =>
    (context, caller) => {
      const id = Number((context.request.params as Readonly<Record<string, string>>)['deployment_id']);
      const deployment = deployments.list.find((one) => one.id === id);
      return deployment ? act(deployment, context, caller) : failure(404, 'Not Found');
    };
  return {
    'repos/list-deployments': (_, { url }) => {
      const wanted = (name: string, value: string): boolean => [null, value].includes(url.searchParams.get(name));
      const found = deployments.list.filter(
        ({ sha, task, environment }) =>
          wanted('sha', sha) && wanted('task', task) && wanted('environment', environment),
      );
      return page(
        found.toReversed().map((one) => deploymentBody(one, repository())),
        url,
      );
    },
    'repos/create-deployment': (context, { login }) => {
      const body = context.request.requestBody as NewDeployment;
      const { ref, task = 'deploy', description: text, environment = 'production', payload = {} } = body;
      if (!/^[0-9a-f]{40}$/.test(ref)) return failure(422, `No ref found for: ${ref}`);
      const checks = deployments.commitStatuses.filter(({ sha }) => sha === ref);
      if (body.required_contexts === undefined && checks.some(({ state }) => state !== 'success')) {
        return failure(409, `Conflict: Commit status checks failed for ${ref}`);
      }
      const transient = body.transient_environment ?? false;
      const fields = { environment, sha: ref, task, description: text ?? '', payload, transient, creator: login };
      return { status: 201, body: deploymentBody(deployments.add(fields), repository()) };
    },
    'repos/list-deployment-statuses': onDeployment((deployment, _, { url }) =>
      page(
        deployment.statuses.toReversed().map((status) => statusBody(status, deployment, repository())),
        url,
      ),
    ),
    'repos/create-deployment-status': onDeployment((deployment, context) => {
      const {
        state,
        description: text = '',
        auto_inactive: auto = true,
        ...urls
      } = context.request.requestBody as NewStatus;
      if (text.length > DESCRIPTION_LIMIT) return failure(422, 'Validation Failed: description is too long');
      const addresses = { logUrl: urls.log_url ?? '', environmentUrl: urls.environment_url ?? '' };
      const status = deployments.addStatus(deployment, { state, description: text, ...addresses });
      if (auto && state === 'success') deployments.retireBefore(deployment);
      return { status: 201, body: statusBody(status, deployment, repository()) };
    }),
    'repos/create-commit-status': (context) => {
      const { sha = '' } = context.request.params as Readonly<Record<string, string>>;
      const body = context.request.requestBody as NewCommitStatus;
      const { state, target_url: url = '', description: text = '', context: name = 'default' } = body;
      if (text.length > DESCRIPTION_LIMIT) return failure(422, 'Validation Failed: description is too long');
      deployments.commitStatuses.push({ sha, state, context: name, description: text, url });
      const answer = { ...examples.status.value, state, target_url: url, description: text, context: name };
      return { status: 201, body: { ...answer, url: `${repository()}/statuses/${sha}` } };
    },
  };
}

interface NewDeployment {
  readonly ref: string;
  readonly task?: string;
  readonly description?: string | null;
  readonly environment?: string;
  readonly payload?: unknown;
  readonly required_contexts?: readonly string[];
  readonly transient_environment?: boolean;
}

interface NewStatus {
  readonly state: string;
  readonly description?: string;
  readonly log_url?: string;
  readonly environment_url?: string;
  readonly auto_inactive?: boolean;
}

interface NewCommitStatus {
  readonly state: string;
  readonly target_url?: string;
  readonly description?: string;
  readonly context?: string;
}

function deploymentBody(deployment: StoredDeployment, repository: string): unknown {
  const { id, environment, sha, task, payload, transient, creator, createdAt } = deployment;
  const example = examples.deployment.value;
  return {
    ...{ ...example, id, sha, ref: sha, task, payload, environment, original_environment: environment },
    description: deployment.description,
    creator: { ...example.creator, login: creator, type: creator.endsWith('[bot]') ? 'Bot' : 'User' },
    url: `${repository}/deployments/${id}`,
    statuses_url: `${repository}/deployments/${id}/statuses`,
    repository_url: repository,
    transient_environment: transient,
    production_environment: environment === 'production',
    created_at: createdAt,
    updated_at: deployment.statuses.at(-1)?.createdAt ?? createdAt,
  };
}

function statusBody(status: StoredStatus, { id, environment }: StoredDeployment, repository: string): unknown {
  const { state, logUrl, environmentUrl, createdAt } = status;
  return {
    ...{ ...examples['deployment-status'].value, id: status.id, state, description: status.description, environment },
    url: `${repository}/deployments/${id}/statuses/${status.id}`,
    deployment_url: `${repository}/deployments/${id}`,
    repository_url: repository,
    // GitHub gives empty texts, which its own description does not allow: they are left out where they may be.
    target_url: logUrl || `https://github.com/${REPOSITORY.fullName}`,
    ...{ log_url: logUrl || undefined, environment_url: environmentUrl || undefined },
    ...{ created_at: createdAt, updated_at: createdAt },
  };
}
