import { afterEach, expect, test } from 'vitest';
import { pullRequest, REPOSITORY } from '../runner/events.js';
import { startGitHub, type GitHubEmulator } from './github.js';

let github: GitHubEmulator;
afterEach(() => github.stop());

const REPO = `/repos/${REPOSITORY.fullName}`;
const HEAD = 'beef'.padEnd(40, '1');

async function start() {
  github = await startGitHub();
  const { token } = github.job({ event: pullRequest(), permission: 'read' });
  return async (path: string, body?: unknown) => {
    const answer = await fetch(`${github.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: await answer.json() };
  };
}

test('reviews, in the order in which they were given', async () => {
  const call = await start();
  github.team.review(12, 'mona');
  github.team.review(12, 'deployer[bot]', 'COMMENTED', 'f'.repeat(40));
  expect(await call(`${REPO}/pulls/12/reviews`)).toMatchObject({
    status: 200,
    json: [
      { user: { login: 'mona', type: 'User' }, state: 'APPROVED', commit_id: HEAD },
      { user: { login: 'deployer[bot]', type: 'Bot' }, state: 'COMMENTED', commit_id: 'f'.repeat(40) },
    ],
  });
});

test('labels and pushes, each with who and when', async () => {
  const call = await start();
  github.team.label(12, 'careful', 'mona');
  github.team.push(12, 'f'.repeat(40), 'alice');
  expect(await call(`${REPO}/issues/12/events`)).toMatchObject({
    json: [{ event: 'labeled', actor: { login: 'mona' }, label: { name: 'careful' } }],
  });
  expect(await call(`${REPO}/activity?ref=refs%2Fheads%2Ffeature&per_page=100`)).toMatchObject({
    json: [
      { actor: { login: 'alice' }, after: 'f'.repeat(40), before: HEAD, activity_type: 'push' },
      { actor: { login: 'octocat' }, after: HEAD, activity_type: 'branch_creation' },
    ],
  });
  expect(await call(`${REPO}/pulls/12`)).toMatchObject({ json: { head: { sha: 'f'.repeat(40) } } });
  expect(await call(`${REPO}/commits/${'f'.repeat(40)}`)).toMatchObject({ json: { author: { login: 'alice' } } });
  expect(await call(`${REPO}/commits/${'0'.repeat(40)}`)).toMatchObject({ status: 422 });
});

test('permissions', async () => {
  const call = await start();
  github.team.permissions.set('mona', 'admin');
  expect(await call(`${REPO}/collaborators/mona/permission`)).toMatchObject({ json: { permission: 'admin' } });
  expect(await call(`${REPO}/collaborators/hubot/permission`)).toMatchObject({ json: { permission: 'read' } });
});

test('a merge is what its commit belongs to, and leaves the files of its base', async () => {
  const call = await start();
  const [before, after] = ['a'.repeat(40), 'b'.repeat(40)];
  github.team.commit('main', before, { '.github/deploy.yml': 'schema: 1\n' });
  github.team.merge(12, after);
  expect(await call(`${REPO}/commits/${after}/pulls`)).toMatchObject({
    json: [{ number: 12, state: 'closed', merge_commit_sha: after, merged_at: expect.any(String) as string }],
  });
  expect(await call(`${REPO}/git/ref/heads%2Fmain`)).toMatchObject({ json: { object: { sha: after } } });
  const file = await call(`${REPO}/contents/.github%2Fdeploy.yml?ref=${after}`);
  expect(file).toMatchObject({ json: { encoding: 'base64', content: Buffer.from('schema: 1\n').toString('base64') } });
  expect(await call(`${REPO}/contents/other?ref=${after}`)).toMatchObject({ status: 404 });
  expect(await call(`${REPO}/git/ref/heads%2Fother`)).toMatchObject({ status: 404 });
});

test('who wrote a comment and who edited it, as GraphQL names them', async () => {
  github = await startGitHub({ comments: [{ pullRequest: 12, body: 'one', author: 'github-actions[bot]' }] });
  const started = github;
  const { token } = github.job({ event: pullRequest() });
  const [comment] = github.comments();
  const ask = async () => {
    const query = 'query($id: ID!) { node(id: $id) { ... on IssueComment { body } } }';
    const body = JSON.stringify({ query, variables: { id: comment!.nodeId } });
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${started.url}/graphql`, { method: 'POST', headers, body })).json();
  };
  expect(await ask()).toMatchObject({
    data: { node: { author: { __typename: 'Bot', login: 'github-actions' }, editor: null, lastEditedAt: null } },
  });
  github.team.edit(comment!, 'two', 'mona');
  expect(await ask()).toMatchObject({ data: { node: { body: 'two', editor: { __typename: 'User', login: 'mona' } } } });
});
