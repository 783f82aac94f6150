/** Checks of one's own and the base's context, with real commands and a real `git`, in the job of a pull request. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/model.js';
import { BLOCKS } from '../docs/pages.js';
import { pullRequest } from '../emulators/runner/events.js';
import { writeConfig } from './consumer.js';
import { API_KEY, relayConfig, writeSettings } from './relay.js';
import { setScene, type Scene } from './scene.js';

let scene: Scene;
let base: string;
beforeAll(async () => {
  scene = await setScene();
  git('init', '-q', '-b', 'main');
  base = commit();
  const bucket = { type: 'AWS::S3::Bucket', properties: {} };
  writeSettings(scene.workspace, { retentionDays: 4, extra: bucket });
});
afterAll(() => scene.end());

function git(...args: string[]): string {
  const who = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  return execFileSync('git', [...who, ...args], { cwd: scene.workspace, encoding: 'utf8' }).trim();
}

function commit(): string {
  git('add', '.github', 'relay');
  git('commit', '-qm', 'x');
  return git('rev-parse', 'HEAD');
}

/** The policy that the documentation shows. */
const POLICY = BLOCKS.find(({ at, language }) => at.startsWith('docs/checks.md:') && language === 'js')!.text;

function check(name: string, run: string, severity?: string): Record<string, string> {
  return { name, run, ...(severity === undefined ? {} : { severity }) };
}

async function propose(checks: readonly Record<string, string>[], variables: object = {}) {
  mkdirSync(path.join(scene.workspace, 'relay/checks'), { recursive: true });
  writeFileSync(path.join(scene.workspace, 'relay/checks/policy.mjs'), POLICY);
  const config = relayConfig({ variables: { apiKey: API_KEY, ...variables }, domain: 'relay.example' });
  writeConfig(scene.workspace, { ...config, checks });
  const event = pullRequest({ sha: base, headSha: commit() });
  const run = await scene.onPullRequest({ command: 'diff' }, { event, env: { JOB_SECRET: 'planted-job-secret' } });
  return { run, plan: JSON.parse(readFileSync(run.outputs['plan-file']!, 'utf8')) as Plan };
}

test('what checks find is in comment, summary and plan, and an error fails the run after that', async () => {
  const { run, plan } = await propose([
    check('buckets', 'node relay/checks/policy.mjs'),
    check('cost', `echo '{"message":"12 USD a month more in '"$DEPLOY_ENVIRONMENT"'"}'; echo counting >&2`, 'info'),
    check('environment', `env | grep -E '^(AWS_(ACC|SEC|SES|CON|PRO)|JOB_|GITHUB_TOKEN|ACTIONS_|INPUT_)' >&2 || true`),
    check('broken', 'cat "$PLAN_FILE" | false | cat'),
    check('text', 'echo all good'),
  ]);
  expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { result: 'failure', 'has-changes': 'true' } });
  const found = plan.findings.map(({ check: name, severity, message }) => [name, severity, message]);
  expect(found).toEqual([
    ['buckets', 'error', 'a bucket needs a key of its own'],
    ['cost', 'info', '12 USD a month more in prototype'],
    ['broken', 'error', 'failed with exit code 1 and said nothing'],
    ['text', 'error', 'printed no JSON but: all good'],
  ]);
  expect(plan.findings[0]).toMatchObject({ stack: 'Relay', logicalId: expect.any(String) as string });
  const { body } = scene.world.github.comments(12)[0]!;
  for (const text of [body, run.summary]) {
    expect(text).toContain('### Findings');
    expect(text).toContain('| error | `buckets` | a bucket needs a key of its own | `Relay` ·');
    expect(text).toMatch(/\| info \| `cost` \| `?12 USD/);
  }
  expect(run.log).toContain('counting');
  expect(run.log).not.toMatch(/planted-job-secret|^.*AWS_SECRET_ACCESS_KEY=/m);
  const errors = run.annotations.filter(({ kind }) => kind === 'error');
  expect(errors).toHaveLength(1);
  expect(errors[0]!.message).toContain('plan: buckets: a bucket needs a key of its own (Relay ');
});

test('a warning is shown and fails nothing; the fingerprint does not depend on it', async () => {
  const { run, plan } = await propose([check('cost', `echo '[{"message":"a lot"}]'`, 'warning')]);
  expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
  const without = await propose([]);
  expect(without.plan.findings).toEqual([]);
  expect(without.plan.fingerprint).toBe(plan.fingerprint);
});

test('what the pull request changes in the context is in comment, summary and plan, secrets masked', async () => {
  const { run, plan } = await propose([], { apiKey: 'another-planted-key-77' });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  expect(plan.context).toMatchObject({ base });
  expect(plan.context!.changes.length).toBeGreaterThan(0);
  const { body } = scene.world.github.comments(12)[0]!;
  for (const text of [body, run.summary]) expect(text).toContain(`since ${base.slice(0, 7)}</summary>`);
  for (const text of [body, run.summary, run.log, JSON.stringify(plan)]) {
    expect(text).not.toContain(API_KEY);
    expect(text).not.toContain('another-planted-key-77');
  }
});

test('the picture of the stacks is in the summary, not in the comment', async () => {
  const { run } = await propose([]);
  expect(run.summary).toMatch(/```mermaid\nflowchart TD\n {2}subgraph w1\["Wave 1"\]\n/);
  expect(scene.world.github.comments(12)[0]!.body).not.toContain('mermaid');
});
