/** What becomes of plan files from other jobs: one report, in the comment that is ours. No AWS is needed for it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makePlan } from '../../src/plan/assemble.js';
import type { Change } from '../../src/plan/model.js';
import { COMMENT_BUDGET } from '../../src/report/comment.js';
import { marker, retiredMarker } from '../../src/report/marker.js';
import { startGitHub, type GitHubEmulator } from '../emulators/github/github.js';
import type { SeededComment } from '../emulators/github/state.js';
import { runAction, type ActionRun } from '../emulators/runner/action.js';
import { pullRequest, push, type RunnerEvent } from '../emulators/runner/events.js';
import { makeMachine } from '../emulators/runner/machine.js';
import { PARTS } from '../plan/parts.js';
import { aChange, aStack } from '../report/fixtures.js';
import { copyAction } from './scene.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
let folder: string;
let dist: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'report-'));
  dist = copyAction(path.join(folder, 'action'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let github: GitHubEmulator | undefined;
let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(path.join(folder, 'checkout-'));
});
afterEach(async () => {
  await github?.stop();
  github = undefined;
});

/** Runs `report` in a job of its own. */
async function report(
  inputs: Readonly<Record<string, string>>,
  { event = pullRequest(), comments = [] }: { event?: RunnerEvent; comments?: readonly SeededComment[] } = {},
): Promise<ActionRun> {
  github ??= await startGitHub({ comments });
  const machine = makeMachine();
  const job = github.job({ event });
  const options = { dist, event, workspace: checkout, machine, github: job };
  const run = await runAction({ ...options, inputs: { command: 'report', plans: 'plans', ...inputs } });
  rmSync(machine.folder, { recursive: true });
  return run;
}

/** A plan file as the artifact of one job of a matrix. */
function plan(environment: string, changes: readonly Change[]): void {
  const target = { ...PARTS.target, id: `${environment}-app`, environment };
  const counts = { add: 0, update: changes.length, replace: 0, delete: 0, import: 0 };
  const risk = changes.length > 0 ? 'update' : 'none';
  const stack = aStack({ id: 'Shop', template: { after: DIGEST, before: DIGEST }, changes, counts, risk });
  const file = path.join(checkout, 'plans', environment, 'plan.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(makePlan({ ...PARTS, target, stacks: [stack] })));
}

const CHANGED = [aChange()];

test('the plans of two jobs are one comment and one summary', async () => {
  plan('production', CHANGED);
  plan('prototype', []);
  const run = await report({});
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true', risk: 'update' } });
  const [comment, ...others] = github!.comments(12);
  expect(others).toEqual([]);
  expect(run.outputs['comment-url']).toContain(`#issuecomment-${comment!.id}`);
  for (const text of [comment!.body, run.summary]) {
    expect(text).toContain('No changes for `prototype`');
    expect(text).toContain('| `production` · `Shop` | update | 1 to update |');
  }
});

test('every tag has a comment of its own, which is updated in place', async () => {
  plan('production', CHANGED);
  await report({ 'comment-tag': 'one' });
  await report({ 'comment-tag': 'two' });
  plan('production', []);
  await report({ 'comment-tag': 'one' });
  const comments = github!.comments(12);
  expect(comments.map(({ body, edits }) => [body.split('\n')[0], edits])).toEqual([
    [marker('one'), 1],
    [marker('two'), 0],
  ]);
  expect(comments[0]!.body).toContain('**No changes**');
});

test('a comment with our marker that is somebody else’s is left alone, on whatever page ours is', async () => {
  plan('production', CHANGED);
  const foreign = { pullRequest: 12, body: `${marker('Deploy')}\nnot by us` };
  const quoted = { pullRequest: 12, body: `> ${marker('Deploy')}`, author: 'github-actions[bot]' };
  const talk = Array.from({ length: 118 }, (_, index) => ({ pullRequest: 12, body: `remark ${index}` }));
  await report({}, { comments: [foreign, quoted, ...talk] });
  plan('production', []);
  await report({});
  const comments = github!.comments(12);
  expect(comments).toHaveLength(121);
  expect(comments.slice(0, 120).every(({ edits }) => edits === 0)).toBe(true);
  expect(comments[120]).toMatchObject({ author: 'github-actions[bot]', edits: 1 });
});

test('newer comments of the same tag by us are folded away once, and the oldest is updated', async () => {
  plan('production', CHANGED);
  const author = 'github-actions[bot]';
  const ours = ['first', 'second', 'third'].map((text) => ({
    ...{ pullRequest: 12, author },
    body: `${marker('Deploy')}\n${text}`,
  }));
  await report({}, { comments: [...ours, { pullRequest: 12, body: `${marker('Deploy')}\nnot by us` }] });
  const seen = () =>
    github!.comments(12).map(({ minimizedAs, edits, body }) => [minimizedAs, edits, body.split('\n')[0]]);
  const expected = [
    [undefined, 1, marker('Deploy')],
    ['OUTDATED', 1, retiredMarker('Deploy')],
    ['OUTDATED', 1, retiredMarker('Deploy')],
    [undefined, 0, marker('Deploy')],
  ];
  expect(seen()).toEqual(expected);
  await report({});
  expect(seen()).toEqual(expected);
});

test('the comment of a closed pull request is folded away, and one that is opened again gets a new one', async () => {
  plan('production', CHANGED);
  await report({});
  await report({}, { event: pullRequest({ action: 'closed' }) });
  expect(github!.comments(12)).toMatchObject([{ minimizedAs: 'RESOLVED' }]);
  await report({}, { event: pullRequest({ action: 'reopened' }) });
  expect(github!.comments(12)).toMatchObject([{ minimizedAs: 'RESOLVED' }, { minimized: false }]);
});

test('where comments cannot be folded away the report is written all the same', async () => {
  plan('production', CHANGED);
  const body = `${marker('Deploy')}\nold`;
  const author = 'github-actions[bot]';
  github = await startGitHub({
    comments: [1, 2].map(() => ({ pullRequest: 12, author, body })),
    faults: [{ path: /graphql/, times: 9, answer: { status: 403, body: { message: 'Resource not accessible' } } }],
  });
  const run = await report({});
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  expect(run.log).toContain('older comments on #12 stay as they are: ');
  expect(github.comments(12)).toMatchObject([{ edits: 1 }, { edits: 0, minimized: false }]);
});

test.each([
  { comment: 'false', changes: CHANGED, comments: 0 },
  { comment: 'changes', changes: [], comments: 0 },
  { comment: 'changes', changes: CHANGED, comments: 1 },
  { comment: 'true', changes: [], comments: 1 },
])(
  'comment: $comment with $changes.length changes leaves $comments comments',
  async ({ comment, changes, comments }) => {
    plan('production', changes);
    const run = await report({ comment });
    expect(run, run.log).toMatchObject({ exitCode: 0 });
    expect(github!.comments()).toHaveLength(comments);
    expect(run.summary).toContain('`production`');
  },
);

test('comment: changes says in the comment there is that the changes are gone', async () => {
  plan('production', CHANGED);
  await report({ comment: 'changes' });
  plan('production', []);
  await report({ comment: 'changes' });
  expect(github!.comments(12)).toMatchObject([
    { body: expect.stringContaining('**No changes**') as unknown, edits: 1 },
  ]);
});

test('a push finds the pull request of its commit, and one without has only the summary', async () => {
  plan('production', CHANGED);
  const found = await report({}, { event: push('refs/heads/feature', 'beef'.padEnd(40, '1')) });
  expect(found.outputs['comment-url'], found.log).toContain('/pull/12#');
  const none = await report({}, { event: push() });
  expect(none, none.log).toMatchObject({ exitCode: 0, outputs: { 'comment-url': '' } });
  expect(none.log).toContain('belongs to no pull request');
  expect(none.summary).toContain('`production`');
  expect(github!.comments()).toHaveLength(1);
});

test('what a comment cannot hold is in the summary, and the table stays whole', async () => {
  const before = 'x'.repeat(400);
  const properties = [{ path: 'Code', before, after: before.replace('x', 'y'), replacement: 'never', cause: 'direct' }];
  const many = Array.from({ length: 300 }, (_, index) =>
    aChange({ logicalId: `Handler${index}`, properties } as object),
  );
  plan('production', many);
  const run = await report({});
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  const { body } = github!.comments(12)[0]!;
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(COMMENT_BUDGET);
  expect(body).toMatch(/\| `Shop` \| update \|/);
  expect(body).toContain('job summary');
  expect(Buffer.byteLength(run.summary)).toBeGreaterThan(COMMENT_BUDGET);
});
