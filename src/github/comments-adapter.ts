import { getOctokit } from '@actions/github';
import type { Comment, GitHub } from '../ports.js';
import { statusOf } from './refusal.js';
import { repositoryOf } from './repository.js';
import { tokenAccess } from './token-access.js';

/** The author of what a job's own `GITHUB_TOKEN` writes. */
const ACTIONS_BOT = 'github-actions[bot]';

const MINIMIZE = `mutation($nodeId: ID!, $reason: ReportedContentClassifiers!) {
  minimizeComment(input: {subjectId: $nodeId, classifier: $reason}) { minimizedComment { isMinimized } }
}`;

type Octokit = ReturnType<typeof getOctokit>;

interface RestComment {
  readonly id: number;
  readonly node_id?: string;
  readonly body?: string;
  readonly user: { readonly login: string } | null;
  readonly html_url: string;
}

/**
 * Comments of the repository that the run is of, through GitHub's API.
 * @param env the runner's: `GITHUB_REPOSITORY`, and `GITHUB_API_URL` where it is not api.github.com
 * @throws ActionError `github` when `GITHUB_REPOSITORY` is not `owner/name`
 */
export function githubComments(token: string, env: Readonly<Record<string, string | undefined>>): GitHub {
  const at = repositoryOf(env['GITHUB_REPOSITORY']);
  const octokit = getOctokit(token, env['GITHUB_API_URL'] ? { baseUrl: env['GITHUB_API_URL'] } : {});
  const { issues, repos } = octokit.rest;
  return {
    async *comments(pullRequest) {
      const query = { ...at, issue_number: pullRequest, per_page: 100 };
      for await (const { data } of octokit.paginate.iterator(issues.listComments, query)) {
        yield* data.map(commentOf);
      }
    },
    async createComment(pullRequest, body) {
      return commentOf((await issues.createComment({ ...at, issue_number: pullRequest, body })).data);
    },
    async updateComment(id, body) {
      return commentOf((await issues.updateComment({ ...at, comment_id: id, body })).data);
    },
    async minimizeComment(nodeId, reason) {
      // The REST API has no such operation.
      await octokit.graphql(MINIMIZE, { nodeId, reason });
    },
    identity: () => identity(octokit),
    async openPullRequest(commit) {
      const query = { ...at, commit_sha: commit, per_page: 100 };
      const { data } = await repos.listPullRequestsAssociatedWithCommit(query);
      return data.find(({ state }) => state === 'open')?.number;
    },
    access: (pullRequest) =>
      tokenAccess(
        {
          repository: async () => (await repos.get(at)).data,
          blankComment: async (issue_number) => {
            await issues.createComment({ ...at, issue_number, body: '' });
          },
        },
        pullRequest,
      ),
  };
}

/**
 * `viewer` answers for every kind of token: a user's login, or `<app>[bot]` for an installation's, which is how comments
 * name their author. A server that refuses it is asked for `/user`, which only users' tokens may read.
 */
async function identity(octokit: Octokit): Promise<string> {
  try {
    const { viewer } = await octokit.graphql<{ viewer: { login: string } }>('{ viewer { login } }');
    return viewer.login;
  } catch (error) {
    // A server in trouble has not refused: a guess here would end in a second comment.
    if ((statusOf(error) ?? 0) >= 500) throw error;
  }
  try {
    return (await octokit.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    return ACTIONS_BOT;
  }
}

function commentOf({ id, node_id, body, user, html_url }: RestComment): Comment {
  const nodeId = node_id === undefined ? {} : { nodeId: node_id };
  // A deleted user's comment has no author.
  return { id, ...nodeId, body: body ?? '', author: user?.login ?? '', url: html_url };
}
