import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  bootstrapArgs,
  checkExtra,
  deployArgs,
  diffArgs,
  executeArgs,
  knowsChangeSets,
  prepareArgs,
  synthArgs,
} from '../../src/cdk/args.js';
import { ActionError } from '../../src/errors.js';

const END = ['--no-color', '--no-notices', '--ci'];

describe('synthArgs', () => {
  test.each([
    [{ output: 'out', extra: [] }, ['synth', '--output', 'out', '--quiet', ...END]],
    [
      { app: 'node app.js', output: '/t/a b', skipBuild: false, extra: ['--verbose'] },
      ['synth', '--app', 'node app.js', '--output', '/t/a b', '--quiet', ...END, '--verbose'],
    ],
    [{ output: 'out', skipBuild: true, extra: [] }, ['synth', '--build', 'true', '--output', 'out', '--quiet', ...END]],
  ])('%j', (options, argv) => {
    expect(synthArgs(options)).toEqual(argv);
  });
});

describe('a diff makes no change set, whatever the CLI', () => {
  test.each([
    ['2.1148.1', ['--method', 'template']],
    ['2.1115.0', ['--method', 'template']],
    ['2.1114.1', ['--no-change-set']],
    ['2.178.0', ['--no-change-set']],
  ])('%s', (cliVersion, expected) => {
    const args = diffArgs({ stacks: ['web'], cliVersion, extra: [] });
    expect(args.slice(3, args.indexOf('--no-color'))).toEqual(expected);
  });
});

describe('diffArgs', () => {
  test.each([
    [
      { app: '/t/cdk.out', stacks: ['Prod/Api', 'web'], extra: [] },
      ['diff', 'Prod/Api', 'web', '--exclusively', '--app', '/t/cdk.out', '--method', 'template', ...END],
    ],
    [
      { output: '/t/out', stacks: [], skipBuild: true, extra: ['--context-lines', '5'] },
      [
        ...['diff', '**', '--exclusively', '--build', 'true', '--output', '/t/out', '--method', 'template'],
        ...[...END, '--context-lines', '5'],
      ],
    ],
  ])('%j', (options, argv) => {
    expect(diffArgs(options)).toEqual(argv);
  });
});

test('prepareArgs', () => {
  expect(
    prepareArgs({
      assembly: '/t/cdk.out',
      stacks: ['data', 'web'],
      changeSetName: 'deploy-action-7-1-ab',
      concurrency: 2,
      toolkitStackName: 'CDKToolkit',
      extra: ['--parameters', 'a=b'],
    }),
  ).toEqual([
    ...['deploy', 'data', 'web', '--app', '/t/cdk.out', '--exclusively', '--method', 'prepare-change-set'],
    ...['--change-set-name', 'deploy-action-7-1-ab', '--require-approval', 'never', '--concurrency', '2'],
    ...['--toolkit-stack-name', 'CDKToolkit', ...END, '--parameters', 'a=b'],
  ]);
});

describe('executeArgs', () => {
  const execute = (extra: readonly string[]) =>
    executeArgs({ assembly: '/t/out', stack: 'web', changeSet: 'arn:x', toolkitStackName: 'CDKToolkit', extra });

  test('one change set, by its ARN', () => {
    expect(execute(['--verbose'])).toEqual([
      ...['deploy', 'web', '--app', '/t/out', '--exclusively', '--method', 'execute-change-set'],
      ...['--change-set-name', 'arn:x', '--require-approval', 'never', '--toolkit-stack-name', 'CDKToolkit'],
      ...['--progress', 'events', ...END, '--verbose'],
    ]);
  });

  test.each([
    [['--parameters', 'a=b', 'c=d', '--verbose'], ['--verbose']],
    [['--parameters=a=b', '--parameters', 'c=d'], []],
    [
      ['--no-rollback', '--importExistingResources', 'true', '--tags', 'x=y'],
      ['--no-rollback', '--tags', 'x=y'],
    ],
    [['--revert-drift'], []],
  ])('what says how it is made is left out: %j', (extra, left) => {
    const args = execute(extra);
    expect(args.slice(args.indexOf('--ci') + 1)).toEqual(left);
  });
});

test.each([
  ['2.1148.1', true],
  ['2.1120.0', true],
  ['2.1119.0', false],
  ['2.178.0', false],
])('%s can execute a change set that is there: %s', (version, can) => {
  expect(knowsChangeSets(version)).toBe(can);
});

test('deployArgs', () => {
  expect(
    deployArgs({
      assembly: '/t/cdk.out',
      stacks: ['data', 'web'],
      concurrency: 3,
      toolkitStackName: 'CDKToolkit',
      outputsFile: '/t/outputs.json',
      extra: ['--tags', 'a=b'],
    }),
  ).toEqual([
    ...['deploy', 'data', 'web', '--app', '/t/cdk.out', '--exclusively', '--require-approval', 'never'],
    ...['--concurrency', '3', '--toolkit-stack-name', 'CDKToolkit', '--outputs-file', '/t/outputs.json'],
    ...['--progress', 'events', ...END, '--tags', 'a=b'],
  ]);
});

test('bootstrapArgs', () => {
  expect(
    bootstrapArgs({
      account: '111122223333',
      region: 'eu-west-1',
      qualifier: 'mine',
      toolkitStackName: 'Mine',
      extra: ['--trust', '444455556666'],
    }),
  ).toEqual([
    ...['bootstrap', 'aws://111122223333/eu-west-1', '--qualifier', 'mine', '--toolkit-stack-name', 'Mine'],
    ...[...END, '--trust', '444455556666'],
  ]);
});

test.each([
  ['synth', (extra: string[]) => synthArgs({ output: 'o', extra })],
  ['diff', (extra: string[]) => diffArgs({ stacks: [], extra })],
  [
    'deploy',
    (extra: string[]) =>
      deployArgs({ assembly: 'a', stacks: [], concurrency: 1, toolkitStackName: 't', outputsFile: 'f', extra }),
  ],
  [
    'bootstrap',
    (extra: string[]) => bootstrapArgs({ account: '1', region: 'r', qualifier: 'q', toolkitStackName: 't', extra }),
  ],
])('%s refuses what would undo it', (_, args) => {
  expect(() => args(['--app', 'x'])).toThrow(ActionError);
});

describe('checkExtra', () => {
  const CONTEXT = 'use the input context: -c drops arrays and splits keys at "="';
  test.each([
    [['--app', 'x'], "'--app': use the input app"],
    [['--app=x'], "'--app': use the input app"],
    [['--app.x=1'], "'--app': use the input app"],
    [['--a', 'x'], "'--a': use the input app"],
    [['-a', 'x'], "'-a': use the input app"],
    [['-ax'], "'-a': use the input app"],
    [['-a=x'], "'-a': use the input app"],
    [['-va', 'x'], "'-a': use the input app"],
    [['-c', 'k=v'], `'-c': ${CONTEXT}`],
    [['-ck=v'], `'-c': ${CONTEXT}`],
    [['--context', 'k=v'], `'--context': ${CONTEXT}`],
    [['--verbose', '--context=k=v'], `'--context': ${CONTEXT}`],
    [['--context.k=v'], `'--context': ${CONTEXT}`],
    [['--output', 'x'], "'--output': the assembly is an output of the action"],
    [['-o', 'x'], "'-o': the assembly is an output of the action"],
    [['--force'], "'--force': what is as it has to be is left alone, and a newer bootstrap is never taken back"],
    [['-f'], "'-f': what is as it has to be is left alone, and a newer bootstrap is never taken back"],
    [['--profile', 'p'], "'--profile': use the input role-to-assume"],
    [['--role-arn', 'r'], "'--role-arn': use the input role-to-assume"],
    [['--roleArn', 'r'], "'--roleArn': use the input role-to-assume"],
    [['-r', 'r'], "'-r': use the input role-to-assume"],
    [['--ec2creds'], "'--ec2creds': use the input role-to-assume"],
    [['-i'], "'-i': use the input role-to-assume"],
    [['--require-approval', 'x'], "'--require-approval': nobody can answer: use the input fail-on"],
    [['--requireApproval=x'], "'--requireApproval': nobody can answer: use the input fail-on"],
    [['--exclusively'], "'--exclusively': it is always given"],
    [['--exclusively=false'], "'--exclusively': it is always given"],
    [['--no-exclusively'], "'--no-exclusively': it is always given"],
    [['-e'], "'-e': it is always given"],
    [['--all'], "'--all': use the input stacks"],
    [['--outputs-file', 'x'], "'--outputs-file': use the input outputs-file"],
    [['-O', 'x'], "'-O': use the input outputs-file"],
    [['--method=direct'], "'--method': use the input diff-method"],
    [['-m', 'direct'], "'-m': use the input diff-method"],
    [['--no-change-set'], "'--no-change-set': use the input diff-method"],
    [['--change-set-name', 'mine'], "'--change-set-name': change sets have a name for each run"],
    [['--hotswap'], "'--hotswap': it leaves the stack other than its template says"],
    [['--hotswap-fallback'], "'--hotswap-fallback': it leaves the stack other than its template says"],
    [['--hotswapFallback'], "'--hotswapFallback': it leaves the stack other than its template says"],
    [['--watch'], "'--watch': it never ends"],
    [['--no-execute'], "'--no-execute': a deployment that is not executed would be reported as one"],
    [['--execute=false'], "'--execute': a deployment that is not executed would be reported as one"],
    [['--toolkit-stack-name', 'x'], "'--toolkit-stack-name': use the input toolkit-stack-name"],
    [['--qualifier', 'x'], "'--qualifier': use the input qualifier"],
    [['--concurrency=9'], "'--concurrency': use the input concurrency"],
    [['--fail'], "'--fail': use the input fail-on"],
    [['--no-fail'], "'--no-fail': use the input fail-on"],
    [['--fail-on', 'x'], "'--fail-on': use the input fail-on"],
    [['--help'], "'--help': nothing would be done, and reported as done"],
    [['-h'], "'-h': nothing would be done, and reported as done"],
    [['--version'], "'--version': nothing would be done, and reported as done"],
    [['Other'], "'Other', which names a stack: use the input stacks"],
    [['--verbose', '--', 'Other'], "'--': use the input stacks"],
  ])('%j', (extra, message) => {
    expect(() => checkExtra(extra)).toThrow(new ActionError('input', `cdk-args may not hold ${message}`));
  });

  test.each([
    [[]],
    [['--verbose', '-v', '-vvv', '--trace']],
    [['--tags', 'app=x', '-t', 'k=-c']],
    [['--asset-parallelism', '--no-asset-publishing', '--parameters', 'a:-app']],
    [['--app-like', '--forced', '--contextual=1', '--no-version-reporting', '--constructor', '--toString']],
    [['--context-lines', '3', '--import-existing-resources', '--no-rollback', '--ignore-no-stacks']],
    [['--n', '-1', '-']],
  ])('%j passes', (extra) => {
    expect(checkExtra(extra)).toBe(extra);
  });

  test('the inputs that it names exist', () => {
    const action = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
    const source = readFileSync(new URL('../../src/cdk/args.ts', import.meta.url), 'utf8');
    const named = [...source.matchAll(/use the input ([a-z-]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !new RegExp(`^  ${name ?? ''}:$`, 'm').test(action))).toEqual([]);
  });
});
