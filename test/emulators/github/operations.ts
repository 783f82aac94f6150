import type { Context } from 'openapi-backend';
import { commentBody, failure, page, pullRequestBody, repositoryBody, userBody, type Answer } from './answers.js';
import type { Operation } from './contract.js';
import { deploymentOperations } from './deployments.js';
import { queryDeployments } from './graphql.js';
import type { GitHubState, StoredComment, StoredPullRequest } from './state.js';

/** Characters of a comment that GitHub takes. */
export const COMMENT_LIMIT = 65_536;

/** What each operation of the API does to the state. */
export function operationsOn(state: GitHubState, base: () => string): Readonly<Record<string, Operation>> {
  const body = (comment: StoredComment): unknown => commentBody(comment, base());
  const onComment =
    (act: (comment: StoredComment, ...rest: Parameters<Operation>) => Answer): Operation =>
    (context, caller) => {
      const comment = state.comments.find(({ id }) => id === Number(parameter(context, 'comment_id')));
      return comment ? act(comment, context, caller) : failure(404, 'Not Found');
    };
  const onPullRequest =
    (name: string, act: (pull: StoredPullRequest, ...rest: Parameters<Operation>) => Answer): Operation =>
    (context, caller) => {
      const pull = state.pullRequests.find(({ number }) => number === Number(parameter(context, name)));
      return pull ? act(pull, context, caller) : failure(404, 'Not Found');
    };
  return {
    ...deploymentOperations(state.deployments, base),
    'repos/get': () => ({ status: 200, body: repositoryBody() }),
    'users/get-authenticated': (_, { kind, login }) =>
      kind === 'user' ? { status: 200, body: userBody(login) } : failure(403, 'Resource not accessible by integration'),
    'pulls/get': onPullRequest('pull_number', (pull) => ({ status: 200, body: pullRequestBody(pull) })),
    'pulls/list': (_, { url }) => {
      const wanted = url.searchParams.get('state') ?? 'open';
      const [, head] = (url.searchParams.get('head') ?? '').split(':');
      const found = state.pullRequests
        .filter((pull) => wanted === 'all' || pull.state === wanted)
        .filter((pull) => head === undefined || pull.headRef === head);
      return page(found.map(pullRequestBody), url);
    },
    'repos/list-pull-requests-associated-with-commit': (context, { url }) => {
      const found = state.pullRequests.filter(({ headSha, mergeCommit }) =>
        [headSha, mergeCommit].includes(parameter(context, 'commit_sha')),
      );
      return page(found.map(pullRequestBody), url);
    },
    'issues/list-comments': onPullRequest('issue_number', ({ number }, _, { url }) => {
      const since = url.searchParams.get('since') ?? '';
      const found = state.comments.filter((comment) => comment.pullRequest === number && comment.updatedAt >= since);
      return page(found.map(body), url);
    }),
    'issues/create-comment': onPullRequest('issue_number', ({ number }, context, { login }) =>
      withBody(context, (text) => ({ status: 201, body: body(state.addComment(number, text, login)) })),
    ),
    'issues/get-comment': onComment((comment) => ({ status: 200, body: body(comment) })),
    'issues/update-comment': onComment((comment, context, { login }) =>
      withBody(context, (text) => {
        state.editComment(comment, text, login);
        return { status: 200, body: body(comment) };
      }),
    ),
    'issues/delete-comment': onComment((comment) => {
      state.deleteComment(comment);
      return { status: 204 };
    }),
  };
}

function parameter(context: Context, name: string): string {
  return (context.request.params as Readonly<Record<string, string>>)[name] ?? '';
}

function withBody(context: Context, act: (text: string) => Answer): Answer {
  const { body: text } = context.request.requestBody as { readonly body: string };
  if (text.trim() === '') return failure(422, 'Validation Failed: body can not be blank');
  if (text.length > COMMENT_LIMIT) return failure(422, `Body is too long (maximum is ${COMMENT_LIMIT} characters)`);
  return act(text);
}

/** `ReportedContentClassifiers` of the GraphQL API. */
const REASONS = ['SPAM', 'ABUSE', 'OFF_TOPIC', 'OUTDATED', 'DUPLICATE', 'RESOLVED'];

/**
 * What is known of the GraphQL API: deployments, who wrote and edited a comment, and the mutation `minimizeComment`, each
 * by its id.
 */
export function graphql(state: GitHubState, body: unknown): Answer {
  const { query = '', variables = {} } = (body ?? {}) as { query?: string; variables?: Record<string, unknown> };
  if (query.includes('deployments(')) return queryDeployments(state.deployments, query, variables);
  const values = [...Object.values(variables), ...query.split(/[^\w-]+/)];
  const comment = state.comments.find(({ nodeId }) => values.includes(nodeId));
  const refused = (type: string, message: string): Answer => ({
    status: 200,
    body: { data: null, errors: [{ type, message }] },
  });
  if (comment !== undefined && query.includes('... on IssueComment')) {
    return { status: 200, body: { data: { node: commentNode(comment) } } };
  }
  if (!query.includes('minimizeComment') || comment === undefined) {
    return refused('NOT_FOUND', 'Could not resolve to a node');
  }
  const reason = REASONS.find((one) => values.includes(one));
  if (reason === undefined) return refused('INVALID', 'Argument classifier has an invalid value');
  Object.assign(comment, { minimized: true, minimizedAs: reason });
  return { status: 200, body: { data: { minimizeComment: { minimizedComment: { isMinimized: true } } } } };
}

function commentNode({ body, author, editor, edits, createdAt, updatedAt }: StoredComment): unknown {
  return {
    body,
    createdAt,
    lastEditedAt: edits === 0 ? null : updatedAt,
    author: actorNode(author),
    editor: editor === undefined ? null : actorNode(editor),
  };
}

/** GraphQL names an app's account without the ending that REST gives it. */
function actorNode(login: string): unknown {
  const bot = login.endsWith('[bot]');
  return { __typename: bot ? 'Bot' : 'User', login: bot ? login.replace(/\[bot\]$/, '') : login };
}
