import { expect, test } from 'vitest';
import { recordedPlan } from '../../src/commands/recorded.js';
import { planLine } from '../../src/report/plan-line.js';
import { FakeGitHub, httpError } from '../fakes/github.js';
import { FakeReviews } from '../fakes/reviews.js';
import { aPlan } from '../report/fixtures.js';

const HEAD = '1'.repeat(40);
const AT = new Date('2026-11-21T09:00:00Z');
const pull = { number: 7, author: 'octocat', headSha: HEAD, headRef: 'topic', baseRef: 'main' };
const OURS = 'github-actions[bot]';

function body(fingerprint = 'a', { commit = HEAD, tag = 'deploy' } = {}): string {
  const plan = aPlan();
  const target = { ...plan.target, id: 'prod' };
  const line = planLine([
    {
      ...plan,
      target,
      source: { ...plan.source, commit },
      fingerprint: `sha256:${fingerprint.repeat(64)}`,
      assetFingerprint: `sha256:${'c'.repeat(64)}`,
    },
  ]);
  return `<!-- deploy-action:${tag} -->\n${line}\n\n## Plan`;
}

function world(...comments: readonly { text: string; author?: string; editor?: string }[]) {
  const [github, reviews] = [new FakeGitHub(), new FakeReviews()];
  for (const { text, author = OURS, editor } of comments) {
    const { id } = github.add(7, text, author);
    reviews.histories.set(id, { body: text, author, ...(editor === undefined ? {} : { editor }), at: AT });
  }
  return { github, reviews };
}
const read = ({ github, reviews }: ReturnType<typeof world>, tag = '') =>
  recordedPlan({ pull, target: 'prod', tag }, github, reviews);

test.each<[string, ReturnType<typeof world>, string]>([
  ['among others', world({ text: 'hello', author: 'octocat' }, { text: body() }), ''],
  ['under any tag', world({ text: body('a', { tag: 'other' }) }), ''],
  ['under its tag', world({ text: body('b', { tag: 'other' }) }, { text: body() }), 'deploy'],
  ['twice the same', world({ text: body() }, { text: body('a', { tag: 'other' }) }), ''],
  ['edited by ourselves', world({ text: body(), editor: OURS }), ''],
  [
    'beside one of an older commit',
    world({ text: body('b', { commit: '2'.repeat(40), tag: 'x' }) }, { text: body() }),
    '',
  ],
])('the plan is found %s', async (_, there, tag) => {
  const { record, since } = await read(there, tag);
  expect(record).toMatchObject({ commit: HEAD, fingerprint: `sha256:${'a'.repeat(64)}` });
  expect(since).toEqual(AT);
});

test.each<[string, ReturnType<typeof world>, string]>([
  ['there is none', world({ text: 'hello' }), '#7 has no plan for prod: run diff'],
  [
    'it is of somebody else',
    world({ text: body(), author: 'mallory' }),
    'no plan for prod (that in the comment of mallory',
  ],
  ['it is quoted', world({ text: `> x\n${body()}` }), 'has no plan for prod'],
  ['it is of another commit', world({ text: body('a', { commit: '2'.repeat(40) }) }), 'has a plan of 2222222 for prod'],
  [
    'several differ',
    world({ text: body() }, { text: body('b', { tag: 'x' }) }),
    'several plans for prod, and they differ',
  ],
  ['somebody edited it', world({ text: body(), editor: 'mallory' }), 'has a plan that was edited by mallory'],
  ['a deleted account edited it', world({ text: body(), editor: '' }), 'was edited by an account that is gone'],
])('it is refused when %s', async (_, there, message) => {
  await expect(read(there)).rejects.toMatchObject({
    code: 'plan',
    message: expect.stringContaining(message) as string,
  });
});

test('it is refused when it was exchanged while it was read', async () => {
  const there = world({ text: body() });
  there.reviews.histories.set(there.github.on(7)[0]!.id, { body: body('b'), author: OURS, at: AT });
  await expect(read(there)).rejects.toThrow('got another plan while it was read');
});

test('a missing permission says which line to add', async () => {
  const there = world({ text: body() });
  there.reviews.refuse.set('history', httpError(403, 'Resource not accessible by integration'));
  await expect(read(there)).rejects.toMatchObject({
    code: 'github',
    message: expect.stringContaining('add "pull-requests: read" to the job\'s permissions') as string,
  });
});

test('it is refused when author and editor are both gone', async () => {
  const there = world({ text: body() });
  there.reviews.histories.set(there.github.on(7)[0]!.id, { body: body(), author: '', editor: '', at: AT });
  await expect(read(there)).rejects.toThrow('was edited by an account that is gone');
});
