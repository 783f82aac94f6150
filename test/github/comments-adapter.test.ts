import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { githubComments } from '../../src/github/comments-adapter.js';

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly link?: string;
}

const COMMENTS = '/repos/acme/shop/issues/7/comments';
const rest = (id: number) => ({ id, body: `body ${id}`, user: { login: 'octocat' }, html_url: `https://x/${id}` });

let server: Server;
let base: string;
let requests: string[];
let answers: Record<string, Answer>;

async function answer(request: IncomingMessage): Promise<Answer> {
  const body = await text(request);
  const line = `${request.method ?? ''} ${request.url ?? ''}`;
  requests.push(body === '' ? line : `${line} ${body}`);
  return answers[line] ?? { status: 404, body: { message: 'Not Found' } };
}

beforeEach(async () => {
  requests = [];
  answers = {};
  server = createServer((request, response) => {
    void answer(request).then(({ status, body, link }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...(link ? { link } : {}) });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
});

const github = () => githubComments('token', { GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: base });

describe('comments', () => {
  test('come from every page, a hundred at a time', async () => {
    answers[`GET ${COMMENTS}?per_page=100`] = {
      status: 200,
      body: [rest(1), { ...rest(2), user: null, body: undefined }],
      link: `<${base}${COMMENTS}?per_page=100&page=2>; rel="next"`,
    };
    answers[`GET ${COMMENTS}?per_page=100&page=2`] = { status: 200, body: [rest(3)] };
    expect(await Array.fromAsync(github().comments(7))).toEqual([
      { id: 1, body: 'body 1', author: 'octocat', url: 'https://x/1' },
      { id: 2, body: '', author: '', url: 'https://x/2' },
      { id: 3, body: 'body 3', author: 'octocat', url: 'https://x/3' },
    ]);
  });

  test('are created and updated', async () => {
    answers[`POST ${COMMENTS}`] = { status: 201, body: rest(8) };
    answers['PATCH /repos/acme/shop/issues/comments/8'] = { status: 200, body: rest(8) };
    await github().createComment(7, 'one');
    expect(await github().updateComment(8, 'two')).toMatchObject({ id: 8 });
    expect(requests).toEqual([
      `POST ${COMMENTS} {"body":"one"}`,
      'PATCH /repos/acme/shop/issues/comments/8 {"body":"two"}',
    ]);
  });

  test('are folded away by their GraphQL id, which the list has', async () => {
    answers[`GET ${COMMENTS}?per_page=100`] = { status: 200, body: [{ ...rest(1), node_id: 'IC_1' }] };
    answers['POST /graphql'] = { status: 200, body: { data: { minimizeComment: {} } } };
    const [comment] = await Array.fromAsync(github().comments(7));
    await github().minimizeComment?.(comment?.nodeId ?? '', 'OUTDATED');
    const { query, variables } = JSON.parse(requests[1]!.replace('POST /graphql ', '')) as Record<string, unknown>;
    expect(variables).toEqual({ nodeId: 'IC_1', reason: 'OUTDATED' });
    expect(query).toMatch(/minimizeComment\(input: \{subjectId: \$nodeId, classifier: \$reason\}\)/);
  });

  test('that GraphQL refuses to fold away are an error', async () => {
    const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
    answers['POST /graphql'] = { status: 200, body: { data: null, errors } };
    await expect(github().minimizeComment?.('IC_1', 'OUTDATED')).rejects.toThrow('Resource not accessible');
  });

  test('an error has its status', async () => {
    answers[`POST ${COMMENTS}`] = { status: 403, body: { message: 'Resource not accessible by integration' } };
    await expect(github().createComment(7, 'x')).rejects.toMatchObject({ status: 403 });
  });
});

describe('who we are', () => {
  const viewer = (login: string): Answer => ({ status: 200, body: { data: { viewer: { login } } } });
  const refused: Answer = { status: 403, body: { message: 'Resource not accessible by integration' } };
  const user: Answer = { status: 200, body: { login: 'octocat' } };
  test.each<[string, Answer, Answer, string]>([
    ['a token of the job', viewer('github-actions[bot]'), refused, 'github-actions[bot]'],
    ['a token of an app', viewer('acme-deployer[bot]'), refused, 'acme-deployer[bot]'],
    ['a user, where GraphQL is not there', { status: 404, body: {} }, user, 'octocat'],
    [
      'a token of the job, where GraphQL refuses',
      { status: 200, body: { errors: [{}] } },
      refused,
      'github-actions[bot]',
    ],
  ])('%s', async (_, graphql, get, expected) => {
    answers['POST /graphql'] = graphql;
    answers['GET /user'] = get;
    expect(await github().identity()).toBe(expected);
  });

  test.each<[string, Answer, Answer]>([
    ['GraphQL is in trouble', { status: 502, body: {} }, user],
    ['the token is not valid', { status: 401, body: {} }, { status: 401, body: {} }],
  ])('is not guessed when %s', async (_, graphql, get) => {
    answers['POST /graphql'] = graphql;
    answers['GET /user'] = get;
    await expect(github().identity()).rejects.toThrow();
  });
});

test('the open pull request of a commit', async () => {
  const pulls = [
    { number: 1, state: 'closed' },
    { number: 2, state: 'open' },
  ];
  answers['GET /repos/acme/shop/commits/abc/pulls?per_page=100'] = { status: 200, body: pulls };
  expect(await github().openPullRequest?.('abc')).toBe(2);
});

test.each(['', 'shop', 'a/b/c', '/shop'])('the repository "%s" is refused', (repository) => {
  expect(() => githubComments('token', { GITHUB_REPOSITORY: repository })).toThrow(
    `GITHUB_REPOSITORY is "${repository}": it has to be owner/name`,
  );
});
