import { afterEach, expect, test } from 'vitest';
import { pullRequest, REPOSITORY } from '../runner/events.js';
import { startGitHub, type GitHubEmulator, type GitHubOptions } from './github.js';
import { verifiedClaims } from './oidc.js';

let github: GitHubEmulator;
afterEach(() => github.stop());

const REPO = `/repos/${REPOSITORY.fullName}`;

/** Starts GitHub; gives a way to call it with a job's token. */
async function start(options: GitHubOptions = {}, permission: 'read' | 'write' = 'write') {
  github = await startGitHub(options);
  const { token } = github.job({ event: pullRequest(), permission });
  return async (method: string, path: string, body?: unknown, as = token) => {
    const answer = await fetch(path.startsWith('http') ? path : `${github.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: unknown = answer.status === 204 ? undefined : await answer.json();
    return { status: answer.status, json, link: answer.headers.get('link') ?? '' };
  };
}

test('a comment is written, read, changed, hidden and removed', async () => {
  const call = await start();
  const created = await call('POST', `${REPO}/issues/12/comments`, { body: 'one' });
  expect(created).toMatchObject({ status: 201, json: { body: 'one', user: { login: 'github-actions[bot]' } } });
  const { id, node_id: node } = created.json as { id: number; node_id: string };
  expect(await call('PATCH', `${REPO}/issues/comments/${id}`, { body: 'two' })).toMatchObject({ status: 200 });
  expect(await call('GET', `${REPO}/issues/12/comments`)).toMatchObject({ json: [{ id, body: 'two' }] });
  const query =
    'mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) { clientMutationId } }';
  await call('POST', '/graphql', { query, variables: { id: node } });
  expect(github.comments(12)).toMatchObject([{ body: 'two', edits: 1, minimized: true }]);
  expect(await call('DELETE', `${REPO}/issues/comments/${id}`)).toMatchObject({ status: 204 });
  expect(github.comments(12)).toEqual([]);
});

test('lists come in pages of thirty, of a hundred at most, linked to one another', async () => {
  const comments = Array.from({ length: 130 }, (_, at) => ({ pullRequest: 12, body: `comment ${at}` }));
  const call = await start({ comments });
  const first = await call('GET', `${REPO}/issues/12/comments`);
  expect(first.json).toHaveLength(30);
  const next = /<([^>]+)>; rel="next"/.exec(first.link)?.[1] ?? '';
  expect((await call('GET', next)).json).toMatchObject([{ body: 'comment 30' }, ...Array<object>(29).fill({})]);
  const large = await call('GET', `${REPO}/issues/12/comments?per_page=100&page=2`);
  expect(large.json).toHaveLength(30);
  expect((await call('GET', `${REPO}/issues/12/comments?per_page=200`)).json).toHaveLength(100);
  expect(large.link).not.toContain('rel="next"');
});

test.each([
  ['', 401, 'Requires authentication'],
  ['ghs_unknown', 401, 'Bad credentials'],
])('a token %j gets %i', async (token, status, message) => {
  const call = await start();
  expect(await call('GET', `${REPO}/pulls/12`, undefined, token)).toMatchObject({ status, json: { message } });
});

test('a token that may read cannot comment', async () => {
  const call = await start({}, 'read');
  expect(await call('GET', `${REPO}/issues/12/comments`)).toMatchObject({ status: 200 });
  expect(await call('POST', `${REPO}/issues/12/comments`, { body: 'x' })).toMatchObject({ status: 403 });
});

test('who it is: refused to a job, told to a person', async () => {
  const call = await start();
  expect(await call('GET', '/user')).toMatchObject({ status: 403 });
  const token = github.personalToken('mona');
  expect(await call('GET', '/user', undefined, token)).toMatchObject({ status: 200, json: { login: 'mona' } });
});

test('a comment may have 65,536 characters and not one more', async () => {
  const call = await start();
  expect(await call('POST', `${REPO}/issues/12/comments`, { body: 'x'.repeat(65_536) })).toMatchObject({ status: 201 });
  const { status, json } = await call('POST', `${REPO}/issues/12/comments`, { body: 'x'.repeat(65_537) });
  expect([status, json]).toMatchObject([422, { message: expect.stringContaining('too long') as string }]);
});

test('repository, pull requests and those of a commit', async () => {
  const call = await start();
  expect(await call('GET', REPO)).toMatchObject({ status: 200, json: { full_name: REPOSITORY.fullName } });
  expect(await call('GET', `${REPO}/pulls/12`)).toMatchObject({ status: 200, json: { head: { ref: 'feature' } } });
  expect(await call('GET', `${REPO}/pulls?state=closed`)).toMatchObject({ json: [] });
  const sha = 'beef'.padEnd(40, '1');
  expect(await call('GET', `${REPO}/commits/${sha}/pulls`)).toMatchObject({ json: [{ number: 12 }] });
  expect(await call('GET', `${REPO}/pulls/13`)).toMatchObject({ status: 404 });
});

test('faults come first and pass', async () => {
  const call = await start({ faults: [{ path: /comments/, times: 2, answer: { status: 502, body: {} } }] });
  github.fail({ method: 'POST', answer: 'drop' });
  const path = `${REPO}/issues/12/comments`;
  expect([(await call('GET', path)).status, (await call('GET', path)).status]).toEqual([502, 502]);
  await expect(call('POST', path, { body: 'x' })).rejects.toThrow();
  expect(await call('POST', path, { body: 'x' })).toMatchObject({ status: 201 });
  expect(github.requests.map(({ status }) => status)).toEqual([502, 502, 0, 201]);
});

test('a request that GitHub does not describe is a violation', async () => {
  const call = await start();
  expect(await call('POST', `${REPO}/issues/12/comments`, { text: 'x' })).toMatchObject({ status: 500 });
  expect(() => {
    github.assertHonest();
  }).toThrow(/POST .*request: .*body/);
  const dishonest = github;
  github = await startGitHub();
  await expect(dishonest.stop()).rejects.toThrow(/POST .*request: /);
});

test('a job gets identity tokens with its own subject, for the audience it asks for', async () => {
  await start();
  const { env, subject } = github.job({ event: pullRequest(), environment: 'production' });
  const ask = async (token: string) =>
    fetch(`${env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? ''}&audience=sts.amazonaws.com`, {
      headers: { authorization: `Bearer ${token}` },
    });
  const answer = await ask(env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '');
  const { value } = (await answer.json()) as { value: string };
  expect(subject).toBe('repo:acme-corp@77/webapp@4242:environment:production');
  expect(verifiedClaims(value, github.keys)).toMatchObject({ sub: subject, aud: 'sts.amazonaws.com', iss: github.url });
  expect(verifiedClaims(`${value.slice(0, -4)}AAAA`, github.keys)).toBeUndefined();
  expect((await ask('wrong')).status).toBe(401);
  expect(github.job({ event: pullRequest(), idToken: false }).env).not.toHaveProperty('ACTIONS_ID_TOKEN_REQUEST_URL');
});
