/** What act ignores, over the files themselves; and the mutations that show that each rule can see. */
import { describe, expect, test } from 'vitest';
import { asFile, CALLERS, PUBLIC, type WorkflowFile } from './files.js';
import { missingArtifacts, RULES } from './rules.js';

const ALL = [...PUBLIC, ...CALLERS];

test('the files are those that the documentation names', () => {
  expect(PUBLIC.map(({ name }) => name)).toEqual(['bootstrap', 'build', 'deploy', 'diff', 'release']);
  expect(CALLERS.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['dispatch', 'merge-queue', 'pull-request', 'push', 'release']),
  );
});

describe.each(Object.entries(RULES))('%s', (_, rule) => {
  test.each(ALL.map((file) => [`${file.kind} ${file.name}`, file] as const))('%s', (_name, file) => {
    expect(rule(file)).toEqual([]);
  });
});

test('what is downloaded was uploaded', () => {
  expect(missingArtifacts(PUBLIC)).toEqual([]);
});

function mutated(name: string, before: string | RegExp, after: string): WorkflowFile {
  const [kind, plain = name] = name.startsWith('caller ')
    ? (['caller', name.slice(7)] as const)
    : (['public'] as const);
  const file = ALL.find((one) => one.kind === kind && one.name === plain)!;
  const text = file.text.replace(before, after);
  expect(text).not.toBe(file.text);
  return asFile(plain, kind, text);
}

test.each<[string, string, string | RegExp, string]>([
  [
    'external actions are pinned to a commit, with the version in a comment',
    'build',
    /checkout@\S+ # v7.0.1/,
    'checkout@v7',
  ],
  ['external actions are pinned to a commit, with the version in a comment', 'build', ' # v7.0.1', ''],
  ['this action is that of the same release', 'diff', /deploy-action@v[\d.]+/, 'deploy-action@v1'],
  ['nothing is interpolated into a script', 'build', 'bash -euo pipefail -c "$COMMANDS"', 'echo ${{ inputs.before }}'],
  ['what this action is given was downloaded', 'deploy', 'name: assembly-${{', 'name: plan-${{'],
  ['what this action is given was downloaded', 'diff', 'name: assembly-${{', 'name: plan-${{'],
  ['what is left is called what it is', 'diff', 'name: plan-${{', 'name: assembly-${{'],
  [
    'a caller that deploys does so in one run at a time, and none is cancelled',
    'caller push',
    /concurrency:.*\n(?: .*\n)+/,
    '',
  ],
  [
    'a caller that deploys does so in one run at a time, and none is cancelled',
    'caller release',
    'cancel-in-progress: false',
    'cancel-in-progress: true',
  ],
  ['every input has a type, a description and a default, or is required', 'deploy', 'type: number', 'type: text'],
  ['every input has a type, a description and a default, or is required', 'deploy', '        default: 30\n', ''],
  [
    'every job says what it may do, or is one that has what its caller grants',
    'deploy',
    /    permissions: \{\} #.*\n/,
    '',
  ],
  ['every permission has its reason', 'deploy', ' # to read the config', ''],
  [
    'the job that runs code may read the repository, and nothing else',
    'build',
    'contents: read # to check the code out',
    'contents: write # to check the code out',
  ],
  [
    'the job that runs code may read the repository, and nothing else',
    'build',
    'COMMANDS: ${{ inputs.before ||',
    'TOKEN: ${{ secrets.dependency-token }}\n          COMMANDS: ${{ inputs.before ||',
  ],
  ['the job that runs code may read the repository, and nothing else', 'build', /          github-token: ''.*\n/, ''],
  ['a job that takes a role has an identity, and no other one has', 'diff', /      id-token: write.*\n/, ''],
  [
    'a job that takes a role has an identity, and no other one has',
    'release',
    /contents: read # to read the config/,
    'id-token: write # x',
  ],
  [
    'what deploys does so in its environment, one at a time, and is not cancelled',
    'deploy',
    /    concurrency:\n(?: {6}.*\n)+/,
    '',
  ],
  [
    'what deploys does so in its environment, one at a time, and is not cancelled',
    'deploy',
    'cancel-in-progress: false',
    'cancel-in-progress: true',
  ],
  [
    'what deploys does so in its environment, one at a time, and is not cancelled',
    'bootstrap',
    /    environment: \$\{\{ matrix.*\n/,
    '',
  ],
  ['a checkout keeps no token', 'build', '          persist-credentials: false # the', '          # the'],
  ['inputs and outputs of this action are those of action.yml', 'diff', 'result-file:', 'results-file:'],
  [
    'inputs and outputs of this action are those of action.yml',
    'release',
    'steps.resolve.outputs.waves',
    'steps.resolve.outputs.wave',
  ],
  [
    'what a job reads of another one is there',
    'bootstrap',
    'needs.check.outputs.targets }}',
    'needs.check.outputs.target }}',
  ],
  ['what a job reads of another one is there', 'release', 'needs: [resolve, deploy-1]', 'needs: [resolve]'],
  ['secrets are passed by name', 'release', /secrets:\n {6}dependency-token: \$.*\n/, 'secrets: inherit\n'],
])('a mutation of what "%s" holds in %s is seen', (rule, name, before, after) => {
  expect(RULES[rule]!(mutated(name, before, after))).not.toEqual([]);
});

test('an artifact of another name is seen', () => {
  const diff = mutated('diff', 'name: plan-${{', 'name: plans-${{');
  expect(missingArtifacts([...PUBLIC.filter(({ name }) => name !== 'diff'), diff])).toEqual(['plan-*']);
});
