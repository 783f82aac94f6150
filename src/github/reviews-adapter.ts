import { getOctokit } from '@actions/github';
import { ActionError } from '../errors.js';
import type { Actor, PullRequest, PullRequestEvent, Reviews } from '../ports.js';
import { statusOf } from './refusal.js';
import { repositoryOf } from './repository.js';

/** What GitHub's REST API and its GraphQL say of somebody. */
interface RestUser {
  readonly login: string;
  readonly type?: string;
}

interface RestPullRequest {
  readonly number: number;
  readonly user: RestUser | null;
  readonly head: { readonly sha: string; readonly ref: string; readonly repo?: { readonly full_name: string } | null };
  readonly base: { readonly ref: string };
  readonly merged_at?: string | null;
  readonly merge_commit_sha?: string | null;
}

interface GraphqlActor {
  readonly __typename: string;
  readonly login: string;
}

interface GraphqlComment {
  readonly body: string;
  readonly createdAt: string;
  readonly lastEditedAt: string | null;
  readonly author: GraphqlActor | null;
  readonly editor: GraphqlActor | null;
}

const HISTORY = `query($id: ID!) {
  node(id: $id) {
    ... on IssueComment {
      body createdAt lastEditedAt
      author { __typename login }
      editor { __typename login }
    }
  }
}`;

/**
 * What GitHub knows of pull requests of the repository that the run is of.
 * @param env the runner's: `GITHUB_REPOSITORY`, and `GITHUB_API_URL` where it is not api.github.com
 * @throws ActionError `github` when `GITHUB_REPOSITORY` is not `owner/name`
 */
export function githubReviews(token: string, env: Readonly<Record<string, string | undefined>>): Reviews {
  const at = repositoryOf(env['GITHUB_REPOSITORY']);
  const octokit = getOctokit(token, env['GITHUB_API_URL'] ? { baseUrl: env['GITHUB_API_URL'] } : {});
  const { git, issues, pulls, repos } = octokit.rest;
  return {
    async pullRequest(number) {
      return pullRequestOf((await pulls.get({ ...at, pull_number: number })).data);
    },
    async pullRequestsOf(commit) {
      const query = { ...at, commit_sha: commit, per_page: 100 };
      return (await octokit.paginate(repos.listPullRequestsAssociatedWithCommit, query)).map(pullRequestOf);
    },
    async reviews(number) {
      const all = await octokit.paginate(pulls.listReviews, { ...at, pull_number: number, per_page: 100 });
      return all.map(({ user, state, commit_id, submitted_at }) => ({
        by: actorOf(user),
        state,
        commit: commit_id ?? '',
        at: new Date(submitted_at ?? 0),
      }));
    },
    async permission(login) {
      try {
        return (await repos.getCollaboratorPermissionLevel({ ...at, username: login })).data.permission;
      } catch (error) {
        if (statusOf(error) === 404) return 'none';
        throw error;
      }
    },
    async events(number) {
      const all = await octokit.paginate(issues.listEvents, { ...at, issue_number: number, per_page: 100 });
      return all.map((event): PullRequestEvent => {
        const label = 'label' in event ? event.label.name : undefined;
        return {
          kind: event.event,
          by: actorOf(event.actor),
          at: new Date(event.created_at),
          ...(label === undefined ? {} : { label }),
        };
      });
    },
    async pushes(repository, branch) {
      const place = repositoryOf(repository);
      const { data } = await repos.listActivities({ ...place, ref: `refs/heads/${branch}`, per_page: 100 });
      return data.map(({ actor, after, timestamp }) => ({
        by: actorOf(actor),
        commit: after,
        at: new Date(timestamp),
      }));
    },
    async authors(commit) {
      const { author, committer } = (await repos.getCommit({ ...at, ref: commit })).data;
      return [author, committer].flatMap((user) => (user && 'login' in user ? [user.login] : []));
    },
    async branchHead(branch) {
      return (await git.getRef({ ...at, ref: `heads/${branch}` })).data.object.sha;
    },
    async file(path, commit) {
      try {
        const { data } = await repos.getContent({ ...at, path, ref: commit });
        if (!Array.isArray(data) && data.type === 'file' && data.encoding === 'base64') {
          return Buffer.from(data.content, 'base64').toString('utf8');
        }
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
      throw new ActionError('github', `${path} at ${commit} is no file of less than 1 MiB: put a file there`);
    },
    async history(id) {
      const { node_id: node } = (await issues.getComment({ ...at, comment_id: id })).data;
      const { node: comment } = await octokit.graphql<{ node: GraphqlComment | null }>(HISTORY, { id: node });
      if (comment === null) throw new ActionError('github', `comment ${id} is gone: run the job again`);
      const { body, createdAt, lastEditedAt, author, editor } = comment;
      return {
        body,
        author: loginOf(author),
        ...(lastEditedAt === null ? {} : { editor: loginOf(editor) }),
        at: new Date(lastEditedAt ?? createdAt),
      };
    },
  };
}

function actorOf(user: RestUser | null | undefined): Actor {
  return { login: user?.login ?? '', isPerson: user?.type === 'User' };
}

/** GraphQL names an app's account without the ending that REST gives it. */
function loginOf(actor: GraphqlActor | null): string {
  if (actor === null) return '';
  return actor.__typename === 'Bot' && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login;
}

function pullRequestOf({ number, user, head, base, merged_at, merge_commit_sha }: RestPullRequest): PullRequest {
  const merged = typeof merged_at === 'string' && typeof merge_commit_sha === 'string';
  return {
    number,
    author: user?.login ?? '',
    headSha: head.sha,
    headRef: head.ref,
    ...(head.repo ? { headRepository: head.repo.full_name } : {}),
    baseRef: base.ref,
    ...(merged ? { mergeCommit: merge_commit_sha } : {}),
  };
}
