import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/commands/context.js';
import { gate } from '../../src/commands/gating.js';
import type { Found } from '../../src/commands/target.js';
import type { DiffInputs } from '../../src/inputs.js';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import { httpError } from '../fakes/github.js';
import { fakePorts, type Fakes } from '../fakes/ports.js';
import { ACCOUNT, inputOf, resources } from '../plan/golden/case.js';
import { PARTS } from '../plan/parts.js';

const [BASE, HEAD] = ['b'.repeat(40), 'a'.repeat(40)];
const FILE = '.github/deploy.yml';
const plan = makePlan({
  ...PARTS,
  stacks: [planStack(inputOf({ before: resources({ Files: ['AWS::S3::Bucket'] }), after: resources({}) }))],
});
const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 9, minute));

let workspace: string;
let fakes: Fakes;
beforeEach(() => {
  workspace = mkdtempSync(path.join(tmpdir(), 'gating-'));
  fakes = fakePorts();
  const { reviews } = fakes;
  reviews.heads.set('main', BASE);
  reviews.pulls = [
    { number: 7, author: 'octocat', headSha: HEAD, headRef: 'topic', headRepository: 'acme/shop', baseRef: 'main' },
  ];
  reviews.pushed = [{ by: { login: 'octocat', isPerson: true }, commit: HEAD, at: at(1) }];
  reviews.permissions.set('mona', 'write');
});
afterEach(() => {
  rmSync(workspace, { recursive: true });
});

const onBase = (own: string, file = FILE) => {
  const text = `schema: 1\nenvironments: { production: { account: '${ACCOUNT}', region: eu-west-1, ${own} } }\n`;
  fakes.reviews.files.set(`${file}@${BASE}`, text);
};

interface Run {
  readonly event?: object;
  readonly payload?: unknown;
  readonly gates?: readonly string[];
  readonly inputs?: Partial<DiffInputs>;
}

/** Ids of what is stopped, and what the gates were. */
async function run({ event, payload, gates = [], inputs = {} }: Run = {}) {
  const target = { environment: 'production', gates, exceptions: { types: ['AWS::S3::Bucket'], ids: [] } };
  const pull = { baseBranch: 'main', headSha: HEAD };
  const found = { target, event: event ?? pull, commit: HEAD } as unknown as Found;
  const given = { config: FILE, failOn: [], githubToken: 'token', pullRequest: '', ...inputs } as unknown as DiffInputs;
  const context = { ports: fakes.ports, place: { workspace }, payload: payload ?? { pull_request: { number: 7 } } };
  return gate(plan, given, found, context as unknown as Context);
}

test('the gates of the base stop what those of the checkout let pass', async () => {
  onBase('gates: [data-loss]');
  expect((await run()).failure?.message).toMatch(/^app: Files .* without retain or snapshot: change the app/);
  expect(fakes.runner.log('info')).toContain('gates of production on main (bbbbbbb): data-loss');
});

test('a gate that the checkout adds counts, its exceptions do not', async () => {
  onBase('gates: []');
  expect((await run({ gates: ['delete'] })).failure).toBeDefined();
});

test('without a pull request the checkout is all there is', async () => {
  const alone = { event: { branch: 'main' }, payload: {}, gates: ['delete'] };
  expect(await run(alone)).toMatchObject({ lifted: [{ gate: 'delete', exception: { value: 'AWS::S3::Bucket' } }] });
  expect(fakes.reviews.requests).toEqual([]);
});

test.each<[string, Run]>([
  ['the input', { event: { branch: 'x' }, payload: {}, inputs: { pullRequest: '7' } }],
  ['a comment on it', { event: {}, payload: { issue: { number: 7, pull_request: {} } } }],
  ['a push to its branch', { event: { branch: 'topic' }, payload: {} }],
])('a pull request that is known by %s has its base asked', async (_, how) => {
  fakes.github.open.set(HEAD, 7);
  onBase('gates: [delete]');
  expect((await run(how)).failure).toBeDefined();
});

test('a checkout below the workspace has the path that its repository knows', async () => {
  mkdirSync(path.join(workspace, 'source/.git'), { recursive: true });
  onBase('gates: [delete]', 'deploy.yml');
  expect((await run({ inputs: { config: 'source/deploy.yml' } })).failure).toBeDefined();
  expect(fakes.reviews.requests).toContain(`file deploy.yml@${BASE}`);
});

test('a base without the file is told', async () => {
  expect(await run()).toEqual({ lifted: [] });
  expect(fakes.runner.log('info')).toContain(`gates: main (bbbbbbb) has no ${FILE}`);
});

test.each<[string, () => Run | undefined, RegExp]>([
  ['may not be read', () => void fakes.reviews.refuse.set('file', httpError(403, 'no')), /add "contents: read"/],
  ['is gone', () => (fakes.reviews.heads.clear(), undefined), /add "contents: read"/],
  [
    'is broken',
    () => void fakes.reviews.files.set(`${FILE}@${BASE}`, 'schema: 9'),
    /its config is not valid .*: mend it there/,
  ],
  ['is out of reach', () => ({ inputs: { githubToken: '' } }), /without a github-token/],
])('a base that %s is a warning, and the checkout’s gates count without exceptions', async (_, change, warning) => {
  onBase('gates: [data-loss]');
  const how = change() ?? {};
  expect((await run({ ...how, gates: ['delete'] })).failure?.message).toContain('delete');
  expect(fakes.runner.log('warning')).toMatch(warning);
});

test('a GitHub in trouble fails the run, after its report', async () => {
  fakes.reviews.refuse.set('head', httpError(502, 'Bad Gateway'));
  expect(await run()).toMatchObject({ lifted: [], failure: { code: 'github' } });
});

test.each([
  ['mona', undefined],
  ['hubot', "the label 'careful' does not count: hubot, who set it, has no write permission (read)"],
  ['octocat', "the label 'careful' does not count: it was set by octocat, the author"],
])('a label by %s', async (login, note) => {
  onBase('gates: [delete], exceptions: { label: careful }');
  fakes.reviews.happened = [{ kind: 'labeled', by: { login, isPerson: true }, at: at(2), label: 'careful' }];
  const { lifted, failure } = await run();
  if (note === undefined) {
    expect(failure).toBeUndefined();
    expect(lifted).toMatchObject([{ gate: 'delete', exception: { kind: 'label', value: 'careful' }, by: 'mona' }]);
    expect(fakes.runner.log('info')).toContain('delete gate lifted by @mona through label careful: app: Files');
  } else {
    expect(lifted).toEqual([]);
    expect(failure?.message).toContain(note);
  }
});

test.each([403, 404, 422])('pushes that GitHub does not tell (%i) make no label count', async (status) => {
  onBase('gates: [delete], exceptions: { label: careful }');
  fakes.reviews.happened = [{ kind: 'labeled', by: { login: 'mona', isPerson: true }, at: at(2), label: 'careful' }];
  fakes.reviews.refuse.set('pushes', httpError(status, 'no'));
  expect((await run()).failure?.message).toContain('GitHub does not tell when aaaaaaa was pushed to topic');
});

test('in a merge queue the label of its pull request counts', async () => {
  onBase('gates: [delete], exceptions: { label: careful }');
  fakes.reviews.happened = [{ kind: 'labeled', by: { login: 'mona', isPerson: true }, at: at(2), label: 'careful' }];
  const payload = { merge_group: { head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-c0ffee' } };
  expect(await run({ event: { baseBranch: 'main' }, payload })).toMatchObject({ lifted: [{ by: 'mona' }] });
});
