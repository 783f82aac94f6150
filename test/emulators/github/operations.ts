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
    (act: (comment: StoredComment, context: Context) => Answer): Operation =>
    (context) => {
      const comment = state.comments.find(({ id }) => id === Number(parameter(context, 'comment_id')));
      return comment ? act(comment, context) : failure(404, 'Not Found');
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
      const found = state.pullRequests.filter(({ headSha }) => headSha === parameter(context, 'commit_sha'));
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
    'issues/update-comment': onComment((comment, context) =>
      withBody(context, (text) => {
        state.editComment(comment, text);
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

/** Of the GraphQL API deployments are known, and one mutation: `minimizeComment` with the comment's id in its variables. */
export function graphql(state: GitHubState, body: unknown): Answer {
  const { query = '', variables = {} } = (body ?? {}) as { query?: string; variables?: Record<string, unknown> };
  if (query.includes('deployments(')) return queryDeployments(state.deployments, query, variables);
  const text = `${query} ${JSON.stringify(variables)}`;
  const comment = state.comments.find(({ nodeId }) => text.includes(nodeId));
  if (!query.includes('minimizeComment') || comment === undefined) {
    return {
      status: 200,
      body: { data: null, errors: [{ type: 'NOT_FOUND', message: 'Could not resolve to a node' }] },
    };
  }
  comment.minimized = true;
  return { status: 200, body: { data: { minimizeComment: { minimizedComment: { isMinimized: true } } } } };
}
