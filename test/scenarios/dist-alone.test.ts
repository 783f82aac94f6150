/** Every command runs from a copy of `dist/` that has nothing else of this repository near it, and loads little. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS, type CommandName } from '../../src/inputs.js';
import type { ActionRun } from '../emulators/runner/action.js';
import { copyAction, setScene, type Scene } from './scene.js';

/** Bytes: 2.5 MB and 1.6 MB of the purpose of this bundle, taken strictly. */
const ALL_LIMIT = 2_500_000;
const LOADED_LIMIT = 1_600_000;

let folder: string;
let dist: string;
let scene: Scene;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'alone-'));
  dist = copyAction(folder);
  scene = await setScene();
});
afterAll(async () => {
  await scene.end();
  rmSync(folder, { recursive: true, force: true });
});

const size = (files: Iterable<string>): number =>
  [...files].reduce((sum, name) => sum + statSync(path.join(dist, name)).size, 0);

test('all JavaScript is no more than 2.5 MB', () => {
  const all = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[cm]?js$/.test(name));
  console.log(`dist/: ${size(all)} bytes of JavaScript in ${all.length} files`);
  expect(size(all)).toBeLessThanOrEqual(ALL_LIMIT);
});

/** The files of `dist/` that each command read. */
const loaded = {} as Partial<Record<CommandName, ReadonlySet<string>>>;

async function run(command: CommandName, inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
  const list = path.join(folder, `${command}.txt`);
  const env = {
    LOADED_FILES: list,
    NODE_OPTIONS: `--import=${pathToFileURL(path.join(import.meta.dirname, 'loaded.mjs')).href}`,
  };
  const step = ['synth', 'diff', 'report'].includes(command) ? scene.onPullRequest : scene.onPush;
  const result = await step({ command, ...inputs }, { dist, env });
  const files = readFileSync(list, 'utf8').split('\n').filter(Boolean);
  expect(files.filter((file) => path.dirname(file) !== dist)).toEqual([]);
  const names = new Set(files.map((file) => path.basename(file)));
  loaded[command] = names;
  console.log(`${command} loads ${size(names)} bytes in ${names.size} files`);
  return result;
}

interface Run {
  readonly command: CommandName;
  readonly outputs: object;
  readonly inputs?: () => Readonly<Record<string, string>>;
  readonly fails?: boolean;
}

const RUNS: readonly Run[] = [
  // Both syntheses make the same, so that nothing compares them; nothing is bootstrapped yet.
  { command: 'doctor', outputs: { findings: expect.stringContaining('bootstrap-version') as string }, fails: true },
  { command: 'resolve', outputs: { environment: 'prototype' } },
  { command: 'bootstrap', outputs: { result: 'success' } },
  { command: 'synth', outputs: { result: 'success' } },
  { command: 'diff', outputs: { 'has-changes': 'true' } },
  { command: 'report', outputs: { 'has-changes': 'true' }, inputs: () => ({ plans: diffed['plan-file']! }) },
  { command: 'prepare', outputs: { 'has-changes': 'true' } },
  // An assembly that was given, so that its checks are loaded as well.
  {
    command: 'deploy',
    outputs: { result: 'success' },
    inputs: () => ({ assembly: diffed['assembly']!, 'pull-request': '12' }),
  },
  { command: 'metrics', outputs: { result: 'success' } },
];
let diffed: Readonly<Record<string, string>> = {};

test.each(RUNS)('$command runs, and loads no more than 1.6 MB', async ({ command, outputs, inputs, fails }) => {
  const result = await run(command, inputs?.());
  expect(result, result.log).toMatchObject({ exitCode: fails ? 1 : 0, outputs });
  if (command === 'diff') diffed = result.outputs;
  expect(size(loaded[command] ?? [])).toBeGreaterThan(10_000);
  expect(size(loaded[command] ?? [])).toBeLessThanOrEqual(LOADED_LIMIT);
});

/** What only some commands need, by words that survive the bundling, and who may load it. */
const PARTS: readonly { readonly what: string; readonly words: string; readonly by: readonly CommandName[] }[] = [
  {
    what: 'the SDK of STS',
    words: 'AssumeRoleWithWebIdentity',
    by: ['bootstrap', 'synth', 'diff', 'prepare', 'deploy', 'doctor'],
  },
  {
    what: 'the SDK of CloudFormation',
    words: 'DescribeStackEvents',
    by: ['bootstrap', 'synth', 'diff', 'prepare', 'deploy', 'doctor'],
  },
  {
    what: 'GitHub’s API',
    words: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    by: ['diff', 'prepare', 'report', 'deploy', 'metrics', 'doctor'],
  },
  { what: 'the reports', words: 'deploy-action:${', by: ['diff', 'prepare', 'report', 'deploy'] },
  { what: 'the comparison of templates', words: 'AWS::ElastiCache::ReplicationGroup', by: ['diff', 'prepare'] },
  { what: 'what a deployment comes to', words: 'not deployed: ', by: ['bootstrap', 'deploy'] },
  { what: 'GitHub’s records', words: 'commit { committedDate }', by: ['deploy', 'metrics'] },
  { what: 'the check of plan files', words: 'it is no plan', by: ['report'] },
  { what: 'the run of cdk diff', words: 'title:"cdk diff"', by: ['diff', 'prepare'] },
  { what: 'the making of change sets', words: 'change sets need the CLI', by: ['prepare'] },
];

test.each(PARTS)('$what is loaded only where it is needed', ({ words, by }) => {
  const holding = readdirSync(dist).filter((name) => {
    return name.endsWith('.js') && readFileSync(path.join(dist, name), 'utf8').includes(words);
  });
  expect(holding).not.toEqual([]);
  const loading = COMMANDS.filter((command) => holding.some((name) => loaded[command]?.has(name)));
  expect(loading).toEqual(COMMANDS.filter((command) => by.includes(command)));
});
