import type { Case } from './case.js';
import { CONFIG, replace } from './checkout.js';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

/** What an input may not be. */
export const INPUTS: readonly Case[] = [
  {
    name: 'no command',
    inputs: { command: '' },
    message:
      'input: command is missing: use resolve, bootstrap, synth, diff, prepare, report, deploy, metrics or doctor',
  },
  {
    name: 'an unknown command',
    inputs: { command: 'destroy' },
    message:
      "input: command 'destroy' is unknown: use resolve, bootstrap, synth, diff, prepare, report, deploy, metrics or doctor",
  },
  {
    name: 'a role that is no ARN',
    inputs: { 'role-to-assume': 'deployer' },
    message: "input: role-to-assume 'deployer' is not the ARN of a role (arn:aws:iam::<account>:role/<name>)",
  },
  {
    name: 'a session of ten seconds',
    inputs: { 'role-duration-seconds': '10' },
    message: "input: role-duration-seconds '10' is not a whole number from 900 to 43200",
  },
  {
    name: 'a session of no number',
    inputs: { 'role-duration-seconds': 'abc' },
    message: "input: role-duration-seconds 'abc' is not a whole number from 900 to 43200",
  },
  {
    name: 'no concurrency',
    inputs: { command: 'deploy', concurrency: '0' },
    message: "input: concurrency '0' is not a whole number from 1 to 64",
  },
  {
    name: 'an unknown gate',
    inputs: { 'fail-on': 'delete rename' },
    message: "input: fail-on 'rename' is unknown: use delete, replace, address, access, data-loss, any or drift",
  },
  {
    name: 'a comment that may be',
    inputs: { comment: 'maybe' },
    message: "input: comment 'maybe' is unknown: use true, false or changes",
  },
  {
    name: 'a pull request without a number',
    inputs: { 'pull-request': 'abc' },
    message: "input: pull-request 'abc' is no number of a pull request: give it as in 12 or #12",
  },
  {
    name: 'a digest of another form',
    inputs: { assembly: 'given.tar', 'assembly-digest': 'md5:0a' },
    message:
      "input: assembly-digest 'md5:0a' is not of the form sha256:<64 hex digits>: give the output assembly-digest",
  },
  {
    name: 'a digest without an assembly',
    inputs: { 'assembly-digest': DIGEST },
    message: 'input: assembly-digest is given without assembly: give the assembly that it belongs to',
  },
  {
    name: 'the newest CLI, whatever it is',
    inputs: { 'cdk-version': 'latest' },
    message:
      "input: cdk-version 'latest' is not a whole version of the CDK 2 such as 2.1148.1: 3.0.0, which is tagged latest, is a release by accident",
  },
  {
    name: 'the CLI that was an accident',
    inputs: { 'cdk-version': '3.0.0' },
    message:
      "input: cdk-version '3.0.0' is not a whole version of the CDK 2 such as 2.1148.1: 3.0.0, which is tagged latest, is a release by accident",
  },
  {
    name: 'a range of versions',
    inputs: { 'cdk-version': '^2.1.0' },
    message: "input: cdk-version '^2.1.0' is not a whole version of the CDK 2 such as 2.1148.1",
  },
  ...refusedArguments(),
  {
    name: 'variables that are a list',
    inputs: { variables: '- retentionDays: 4' },
    message: "input: variables is not a mapping of names to values: write a line 'name: value' for each",
  },
  {
    name: 'variables that are not YAML',
    inputs: { variables: 'retentionDays: [4' },
    message:
      "input: variables is not YAML (Flow sequence in block collection must be sufficiently indented and end with a ]): write a line 'name: value' for each",
  },
  {
    name: 'a folder without an app',
    inputs: { config: CONFIG, app: '' },
    change: replace(CONFIG, 'app: app,', 'app: app/resources,'),
    message: "cdk: there is no cdk.json in 'app/resources': set working-directory, or the release's app, to its folder",
  },
  {
    name: 'a folder outside',
    change: replace(CONFIG, 'releases:\n  queue: { app: app, templates: app/resources }\n', ''),
    inputs: { 'working-directory': '..' },
    message: 'input: the app folder ..: leads out of the workspace, to <place>: name a path inside',
  },
];

function refusedArguments(): readonly Case[] {
  const refused: readonly (readonly [string, string])[] = [
    ['--app x', "input: cdk-args may not hold '--app': use the input app"],
    ['-a x', "input: cdk-args may not hold '-a': use the input app"],
    ['-c a=b', 'input: cdk-args may not hold \'-c\': use the input context: -c drops arrays and splits keys at "="'],
    [
      '--context a=b',
      'input: cdk-args may not hold \'--context\': use the input context: -c drops arrays and splits keys at "="',
    ],
    [
      '--force',
      "input: cdk-args may not hold '--force': what is as it has to be is left alone, and a newer bootstrap is never taken back",
    ],
    [
      '-f',
      "input: cdk-args may not hold '-f': what is as it has to be is left alone, and a newer bootstrap is never taken back",
    ],
    ['--profile p', "input: cdk-args may not hold '--profile': use the input role-to-assume"],
    ['--role-arn r', "input: cdk-args may not hold '--role-arn': use the input role-to-assume"],
    ['--roleArn=r', "input: cdk-args may not hold '--roleArn': use the input role-to-assume"],
    ['-r r', "input: cdk-args may not hold '-r': use the input role-to-assume"],
    ['--output o', "input: cdk-args may not hold '--output': the assembly is an output of the action"],
    ['-o', "input: cdk-args may not hold '-o': the assembly is an output of the action"],
    ['--hotswap', "input: cdk-args may not hold '--hotswap': it leaves the stack other than its template says"],
    [
      '--hotswap-fallback',
      "input: cdk-args may not hold '--hotswap-fallback': it leaves the stack other than its template says",
    ],
    ['--watch', "input: cdk-args may not hold '--watch': it never ends"],
    [
      '--no-execute',
      "input: cdk-args may not hold '--no-execute': a deployment that is not executed would be reported as one",
    ],
    [
      '--require-approval broadening',
      "input: cdk-args may not hold '--require-approval': nobody can answer: use the input fail-on",
    ],
    ['--exclusively=false', "input: cdk-args may not hold '--exclusively': it is always given"],
    ['--all', "input: cdk-args may not hold '--all': use the input stacks"],
    ['--method direct', "input: cdk-args may not hold '--method': use the input diff-method"],
    ['--outputs-file o.json', "input: cdk-args may not hold '--outputs-file': use the input outputs-file"],
    ['--toolkit-stack-name T', "input: cdk-args may not hold '--toolkit-stack-name': use the input toolkit-stack-name"],
    ['--concurrency 9', "input: cdk-args may not hold '--concurrency': use the input concurrency"],
    ['--fail', "input: cdk-args may not hold '--fail': use the input fail-on"],
    ['--fail-on any', "input: cdk-args may not hold '--fail-on': use the input fail-on"],
    ['--qualifier acme', "input: cdk-args may not hold '--qualifier': use the input qualifier"],
    ['--version', "input: cdk-args may not hold '--version': nothing would be done, and reported as done"],
    [
      '--verbose -vf',
      "input: cdk-args may not hold '-f': what is as it has to be is left alone, and a newer bootstrap is never taken back",
    ],
    ['Other', "input: cdk-args may not hold 'Other', which names a stack: use the input stacks"],
    ['-- Other', "input: cdk-args may not hold '--': use the input stacks"],
  ];
  return refused.map(([args, message]) => ({ name: `cdk-args ${args}`, inputs: { 'cdk-args': args }, message }));
}
