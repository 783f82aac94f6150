import { getOctokit } from '@actions/github';
import { ActionError } from '../errors.js';
import type { DeploymentRecord, PastDeployment, Records } from '../ports.js';

interface RestDeployment {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly creator: { readonly login: string } | null;
  readonly payload: unknown;
}

interface HistoryPage {
  readonly repository: {
    readonly deployments: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: readonly (HistoryNode | null)[] | null;
    };
  } | null;
}

interface HistoryNode {
  readonly environment: string | null;
  readonly commitOid: string;
  readonly createdAt: string;
  readonly commit: { readonly committedDate: string } | null;
  readonly statuses: {
    readonly nodes:
      | readonly ({ readonly state: string; readonly description: string | null; readonly createdAt: string } | null)[]
      | null;
  } | null;
}

/**
 * A hundred deployments with their statuses and commits in one request. Through REST it would be two more for each, and a
 * job's token has a thousand an hour. A deployment that waited, ran and was replaced has five statuses.
 */
const HISTORY = `query ($owner: String!, $repo: String!, $environments: [String!], $after: String) {
  repository(owner: $owner, name: $repo) {
    deployments(first: 100, after: $after, environments: $environments, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        environment
        commitOid
        createdAt
        commit { committedDate }
        statuses(last: 50) { nodes { state description createdAt } }
      }
    }
  }
}`;

/**
 * GitHub's records of the repository that the run is of.
 * @param env the runner's: `GITHUB_REPOSITORY`, and `GITHUB_API_URL` where it is not api.github.com
 * @throws ActionError `github` when `GITHUB_REPOSITORY` is not `owner/name`
 */
export function githubRecords(token: string, env: Readonly<Record<string, string | undefined>>): Records {
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  const [owner, repo, ...rest] = repository.split('/');
  if (!owner || !repo || rest.length > 0) {
    throw new ActionError('github', `GITHUB_REPOSITORY is "${repository}": it has to be owner/name`);
  }
  const octokit = getOctokit(token, env['GITHUB_API_URL'] ? { baseUrl: env['GITHUB_API_URL'] } : {});
  const { repos } = octokit.rest;
  const at = { owner, repo };
  return {
    async *deployments(environment) {
      const query = { ...at, environment, per_page: 100 };
      for await (const { data } of octokit.paginate.iterator(repos.listDeployments, query)) yield* data.map(recordOf);
    },
    async statuses(deployment) {
      const query = { ...at, deployment_id: deployment, per_page: 100 };
      const { data } = await repos.listDeploymentStatuses(query);
      const newestFirst = data.toSorted((left, right) => right.id - left.id);
      return newestFirst.map(({ state, description, log_url }) => ({ state, description, logUrl: log_url ?? '' }));
    },
    async createDeployment({ environment, commit, task, description, payload, transient }) {
      const { data, status } = await repos.createDeployment({
        ...at,
        ...{ ref: commit, environment, task, description, payload: { ...payload }, transient_environment: transient },
        // Whether the commit may be deployed was decided before: GitHub shall neither merge nor wait for checks.
        auto_merge: false,
        required_contexts: [],
      });
      if (!('id' in data)) throw new Error(`GitHub made no deployment: ${status} ${data.message ?? ''}`);
      return recordOf(data);
    },
    async addStatus(deployment, { state, description, logUrl, environmentUrl }) {
      await repos.createDeploymentStatus({
        ...at,
        ...{ deployment_id: deployment, state, description, log_url: logUrl },
        ...(environmentUrl === undefined ? {} : { environment_url: environmentUrl }),
        // By default the whole environment's earlier records become inactive, those of other releases and regions too.
        auto_inactive: false,
      });
    },
    async setCommitStatus(commit, { state, context, description, url }) {
      await repos.createCommitStatus({ ...at, sha: commit, state, context, description, target_url: url });
    },
    async *history(environment) {
      const environments = environment === '' ? null : [environment];
      for (let after: string | null = null, more = true; more;) {
        const page: HistoryPage = await octokit
          .graphql<HistoryPage>(HISTORY, { ...at, environments, after })
          .catch(refused);
        const { nodes, pageInfo } = page.repository?.deployments ?? { nodes: null, pageInfo: END };
        for (const node of nodes ?? []) if (node) yield pastOf(node);
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage && after !== null;
      }
    },
  };
}

const END = { hasNextPage: false, endCursor: null };

/** GraphQL answers a refusal with status 200: it gets the one that REST would have given. */
function refused(error: unknown): never {
  const errors = error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const types = (errors as readonly { readonly type?: unknown }[]).map(({ type }) => type);
  if (error instanceof Error && types.includes('FORBIDDEN')) throw Object.assign(error, { status: 403 });
  throw error;
}

function recordOf({ id, environment, sha, creator, payload }: RestDeployment): DeploymentRecord {
  return { id, environment, commit: sha, creator: creator?.login ?? '', payload: parsed(payload) };
}

/** GitHub gives a payload back as it came, as an object or as its text. */
function parsed(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

function pastOf({ environment, commitOid, createdAt, commit, statuses }: HistoryNode): PastDeployment {
  const told = (statuses?.nodes ?? []).flatMap((status) => status ?? []);
  return {
    environment: environment ?? '',
    commit: commitOid,
    ...(commit === null ? {} : { committedAt: new Date(commit.committedDate) }),
    createdAt: new Date(createdAt),
    statuses: told
      .map(({ state, description, createdAt: at }) => ({
        state: state.toLowerCase(),
        description: description ?? '',
        at: new Date(at),
      }))
      .sort((left, right) => left.at.getTime() - right.at.getTime()),
  };
}
