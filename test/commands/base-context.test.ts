/** With a real `git` over a real checkout, as `actions/checkout` leaves one. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exec } from '../../src/cdk/exec-adapter.js';
import { withContextDiff } from '../../src/commands/base-context.js';
import type { Context } from '../../src/commands/context.js';
import { findTarget } from '../../src/commands/target.js';
import { readInputs, type DiffInputs } from '../../src/inputs.js';
import type { ContextDiff } from '../../src/plan/model.js';
import { fakePorts, type Fakes } from '../fakes/ports.js';
import { aPlan } from '../report/fixtures.js';

const CONFIG = `
schema: 1
organization: acme
environments:
  production:
    account: '111122223333'
    region: eu-west-1
    domain: acme.example
    variables: { retention: 7, apiKey: planted-base-secret }
releases:
  webapp: { app: app }
`;
const TEMPLATE = '{{> top}}\nretention: "{{retention}}"\nkey:\n  apiKey: "{{apiKey}}"\nrun: "{{commit}} {{runUrl}}"\n';

let folder: string;
let origin: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'base-')));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com', '-c', 'protocol.file.allow=always'];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...who, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

function write(files: Readonly<Record<string, string | undefined>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(origin, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
  }
  git(origin, 'add', '-A');
  git(origin, 'commit', '-qm', 'x', '--allow-empty');
}

beforeEach(() => {
  origin = mkdtempSync(path.join(folder, 'origin-'));
  git(origin, 'init', '-q', '-b', 'main');
  write({
    '.github/deploy.yml': CONFIG,
    'app/cdk.json': '{}',
    'app/cdk.context.template.yaml': TEMPLATE,
    'app/top.yaml': 'domain: "{{domain}}"\n',
  });
});

interface Proposal {
  readonly files: Readonly<Record<string, string | undefined>>;
  /** Made on the base after the pull request was opened. */
  readonly meanwhile?: Readonly<Record<string, string>>;
  /** @default the merge commit, with its parents */
  readonly checkout?: (pull: { base: string; head: string }) => string[];
  readonly inputs?: (workspace: string) => Readonly<Record<string, string>>;
  readonly event?: string;
}

/** A pull request, its checkout, and what becomes of the plan. */
async function propose(proposal: Proposal, fakes: Fakes = fakePorts()) {
  const { files, meanwhile, checkout = () => ['--depth', '2', '--branch', 'merge'] } = proposal;
  const base = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'checkout', '-qb', 'feature');
  write(files);
  const head = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'checkout', '-q', 'main');
  if (meanwhile) write(meanwhile);
  git(origin, 'checkout', '-qb', 'merge');
  git(origin, 'merge', '-q', '--no-ff', '-m', 'merge', 'feature');
  const workspace = mkdtempSync(path.join(folder, 'checkout-'));
  git(folder, 'clone', '-q', ...checkout({ base, head }), `file://${origin}`, workspace);
  return compared(workspace, { base, head }, proposal, fakes);
}

async function compared(
  workspace: string,
  pull: { base: string; head: string },
  { inputs, event = 'pull_request' }: Pick<Proposal, 'inputs' | 'event'>,
  fakes: Fakes,
): Promise<ContextDiff | undefined> {
  const repo = { full_name: 'acme/webapp' };
  const context: Context = {
    ports: { ...fakes.ports, exec },
    place: { workspace, base: folder, temp: folder, results: folder, toolCache: folder },
    env: { PATH: process.env['PATH'], GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: 'acme/webapp', GITHUB_RUN_ID: '7' },
    payload: {
      pull_request: { number: 1, head: { sha: pull.head, repo }, base: { sha: pull.base, ref: 'main', repo } },
    },
  };
  const all = { command: 'diff', environment: 'production', ...inputs?.(workspace) } as Readonly<
    Record<string, string>
  >;
  const parsed = readInputs((name) => all[name] ?? '') as DiffInputs;
  const found = findTarget(parsed, context);
  const plan = aPlan();
  const result = await withContextDiff({ plan, inputs: parsed, found }, context);
  expect({ ...result, context: undefined }).toEqual({ ...plan, context: undefined });
  return result.context;
}

describe('the context of a pull request against its base', () => {
  test('has what the config, the template and its partials change, secrets masked', async () => {
    const fakes = fakePorts();
    const config = CONFIG.replace('retention: 7', 'retention: 30').replace('base-secret', 'head-secret');
    const diff = await propose(
      {
        files: {
          '.github/deploy.yml': config,
          'app/top.yaml': 'domain: "www.{{domain}}"\n',
          'app/cdk.context.template.yaml': `${TEMPLATE}zones: [a, b]\n`,
        },
      },
      fakes,
    );
    expect(diff?.changes).toEqual([
      { key: 'domain', before: 'acme.example', after: 'www.acme.example' },
      { key: 'key.apiKey', before: '***', after: '***' },
      { key: 'retention', before: 7, after: 30 },
      { key: 'zones.0', after: 'a' },
      { key: 'zones.1', after: 'b' },
    ]);
    expect(diff?.base).toBe(git(origin, 'rev-parse', 'main'));
    expect(fakes.runner.secrets()).toEqual(expect.arrayContaining(['planted-base-secret', 'planted-head-secret']));
  });

  test('is nothing when it is the same', async () => {
    expect(await propose({ files: { 'app/other.txt': 'x' } })).toBeUndefined();
  });

  test('leaves out what others have merged meanwhile', async () => {
    const meanwhile = { '.github/deploy.yml': CONFIG.replace('retention: 7', 'retention: 9') };
    const files = { 'app/top.yaml': 'domain: "{{domain}}"\nnew: 1\n' };
    const expected = [{ key: 'new', after: 1 }];
    expect((await propose({ files, meanwhile }))?.changes).toEqual(expected);
  });

  test('of a checkout of the head itself is against where it branched off', async () => {
    const meanwhile = { '.github/deploy.yml': CONFIG.replace('retention: 7', 'retention: 9') };
    const files = { 'app/top.yaml': 'domain: "{{domain}}"\nnew: 1\n' };
    const diff = await propose({ files, meanwhile, checkout: () => ['--branch', 'feature'] });
    expect(diff?.changes).toEqual([{ key: 'new', after: 1 }]);
  });

  test.each<[string, Proposal]>([
    [
      'the checkout has the merge commit alone',
      { files: { 'app/top.yaml': 'a: 1\n' }, checkout: () => ['--depth', '1', '--branch', 'merge'] },
    ],
    ['it is no pull request', { files: { 'app/top.yaml': 'a: 1\n' }, event: 'push' }],
    [
      'the environment is new',
      {
        files: { '.github/deploy.yml': CONFIG.replace('production:', 'fresh:') },
        inputs: () => ({ environment: 'fresh' }),
      },
    ],
  ])('is left out when %s', async (_, proposal) => {
    const fakes = fakePorts();
    expect(await propose(proposal, fakes)).toBeUndefined();
    expect(fakes.runner.log('warning')).toBe('');
  });

  test('is left out where there is no repository', async () => {
    const fakes = fakePorts();
    const workspace = mkdtempSync(path.join(folder, 'plain-'));
    cpSync(origin, workspace, { recursive: true, filter: (file) => path.basename(file) !== '.git' });
    expect(await compared(workspace, { base: 'b'.repeat(40), head: 'c'.repeat(40) }, {}, fakes)).toBeUndefined();
    expect(fakes.runner.log('debug')).toContain('the checkout does not have the base');
  });

  test.each([
    [
      'template',
      { 'app/cdk.context.template.yaml': 'a: "{{nothing}}"\n' },
      /^the base's context cannot be rendered: app\/cdk\.context\.template\.yaml:1: \{\{nothing\}\} has no value/,
    ],
    ['partial', { 'app/cdk.context.template.yaml': '{{> away}}\n' }, /no partial away beside the template/],
    ['config', { '.github/deploy.yml': 'schema: 2\n' }, /\.github\/deploy\.yml:1: .*schema/],
  ])('says so when the base has a broken %s', async (_, broken, note) => {
    write(broken);
    const mended = { '.github/deploy.yml': CONFIG, 'app/cdk.context.template.yaml': TEMPLATE };
    const diff = await propose({ files: mended });
    expect(diff?.changes).toEqual([]);
    expect(diff?.note).toMatch(note);
  });

  test('of a template that is new has every key', async () => {
    write({ 'app/cdk.context.template.yaml': undefined });
    const diff = await propose({ files: { 'app/cdk.context.template.yaml': 'a: 1\nb: { c: [] }\n' } });
    expect(diff?.changes).toEqual([
      { key: 'a', after: 1 },
      { key: 'b.c', after: [] },
    ]);
  });

  test('follows no link of the base, and nothing out of it', async () => {
    rmSync(path.join(origin, 'app/top.yaml'));
    symlinkSync('/etc/hostname', path.join(origin, 'app/top.yaml'));
    write({});
    const diff = await propose({ files: { 'app/cdk.context.template.yaml': 'a: 1\n' } });
    expect(diff?.note).toContain('app/top.yaml is a link: name the file itself');
  });

  test('of a template that is named by its whole path', async () => {
    const files = { 'app/top.yaml': 'domain: x\n' };
    const inputs = (workspace: string) => ({
      'context-template': path.join(workspace, 'app/cdk.context.template.yaml'),
      config: './.github/deploy.yml',
    });
    expect((await propose({ files, inputs }))?.changes).toEqual([
      { key: 'domain', before: 'acme.example', after: 'x' },
    ]);
  });

  test('keeps 500 values and counts the rest', async () => {
    const many = Array.from({ length: 510 }, (_, index) => `k${index}: 1`).join('\n');
    const diff = await propose({ files: { 'app/cdk.context.template.yaml': `${TEMPLATE}${many}\n` } });
    expect(diff?.changes).toHaveLength(500);
    expect(diff?.more).toBe(10);
  });
});
