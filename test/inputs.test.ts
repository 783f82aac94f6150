import { describe, expect, test } from 'vitest';
import { ActionError } from '../src/errors.js';
import { readInputs, type Inputs } from '../src/inputs.js';

const read = (given: Readonly<Record<string, string>>): Inputs => readInputs((name) => given[name] ?? '');

function messageFor(given: Readonly<Record<string, string>>): string {
  try {
    read(given);
  } catch (error) {
    expect(error).toBeInstanceOf(ActionError);
    expect((error as ActionError).code).toBe('input');
    return (error as ActionError).message;
  }
  throw new Error('nothing was thrown');
}

const ROLE = 'arn:aws:iam::111122223333:role/deploy';
const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('bad values', () => {
  test.each([
    [{}, 'command is missing: use resolve, bootstrap, synth, diff, prepare, report, deploy, metrics or doctor'],
    [
      { command: 'Diff' },
      "command 'Diff' is unknown: use resolve, bootstrap, synth, diff, prepare, report, deploy, metrics or doctor",
    ],
    [
      { command: 'deploy', 'require-review': 'mine', plan: 'p' },
      "require-review 'mine' is unknown: use change-set or pull-request",
    ],
    [
      { command: 'deploy', 'require-review': 'change-set' },
      "require-review 'change-set' is given without plan: give the plan file that command prepare has left",
    ],
    [
      { command: 'diff', 'diff-method': 'fast' },
      "diff-method 'fast' is unknown: use template, smart, change-set or auto",
    ],
    [
      { command: 'diff', 'fail-on': 'replace, destroy' },
      "fail-on 'destroy' is unknown: use delete, replace, address, access, data-loss, any or drift",
    ],
    [{ command: 'report', comment: 'yes' }, "comment 'yes' is unknown: use true, false or changes"],
    [{ command: 'report', summary: 'on' }, "summary 'on' is unknown: use true or false"],
    [{ command: 'synth', 'mask-aws-account-id': 'no' }, "mask-aws-account-id 'no' is unknown: use true or false"],
    [
      { command: 'deploy', 'allow-asset-executables': 'TRUE' },
      "allow-asset-executables 'TRUE' is unknown: use true or false",
    ],
    [
      { command: 'report', 'pull-request': 'abc' },
      "pull-request 'abc' is no number of a pull request: give it as in 12 or #12",
    ],
    [
      { command: 'diff', 'pull-request': '0' },
      "pull-request '0' is no number of a pull request: give it as in 12 or #12",
    ],
    [
      { command: 'bootstrap', 'cdk-version': '2' },
      "cdk-version '2' is not a whole version of the CDK 2 such as 2.1148.1",
    ],
    [{ command: 'bootstrap', 'cdk-args': '--trace --app x' }, "cdk-args may not hold '--app': use the input app"],
    [{ command: 'deploy', deployment: 'yes' }, "deployment 'yes' is unknown: use auto, true or false"],
    [
      { command: 'deploy', deployment: 'true' },
      "deployment 'true' needs github-token: give a token with `deployments: write`",
    ],
    [
      { command: 'deploy', 'environment-url': 'app.acme.example' },
      "environment-url 'app.acme.example' is not of the form: https://…, with Mustache tags",
    ],
    [
      { command: 'deploy', 'environment-url': 'javascript:alert(1)' },
      "environment-url 'javascript:alert(1)' is not of the form: https://…, with Mustache tags",
    ],
    [{ command: 'diff', check: 'yes' }, "check 'yes' is unknown: use true or false"],
    [{ command: 'metrics', window: '0' }, "window '0' is not a whole number from 1 to 365"],
    [{ command: 'metrics', window: '366' }, "window '366' is not a whole number from 1 to 365"],
    [{ command: 'deploy', concurrency: '0' }, "concurrency '0' is not a whole number from 1 to 64"],
    [{ command: 'deploy', concurrency: '65' }, "concurrency '65' is not a whole number from 1 to 64"],
    [{ command: 'deploy', concurrency: '2.5' }, "concurrency '2.5' is not a whole number from 1 to 64"],
    [{ command: 'deploy', concurrency: '1e1' }, "concurrency '1e1' is not a whole number from 1 to 64"],
    [{ command: 'deploy', concurrency: '-1' }, "concurrency '-1' is not a whole number from 1 to 64"],
    [
      { command: 'resolve', 'role-duration-seconds': '899' },
      "role-duration-seconds '899' is not a whole number from 900 to 43200",
    ],
    [
      { command: 'resolve', 'role-duration-seconds': '43201' },
      "role-duration-seconds '43201' is not a whole number from 900 to 43200",
    ],
    [
      { command: 'resolve', 'role-duration-seconds': '1h' },
      "role-duration-seconds '1h' is not a whole number from 900 to 43200",
    ],
    [
      { command: 'diff', 'assembly-digest': DIGEST },
      'assembly-digest is given without assembly: give the assembly that it belongs to',
    ],
    [
      { command: 'diff', assembly: 'a.tar', 'assembly-digest': 'sha256:1' },
      "assembly-digest 'sha256:1' is not of the form sha256:<64 hex digits>: give the output assembly-digest",
    ],
    [
      { command: 'diff', assembly: 'a.tar', 'assembly-digest': DIGEST.toUpperCase() },
      `assembly-digest '${DIGEST.toUpperCase()}' is not of the form sha256:<64 hex digits>: give the output assembly-digest`,
    ],
    [
      { command: 'diff', 'role-to-assume': 'deploy' },
      "role-to-assume 'deploy' is not the ARN of a role (arn:aws:iam::<account>:role/<name>)",
    ],
    [
      { command: 'diff', 'role-to-assume': `${ROLE}\narn:aws:iam::111122223333:user/me` },
      "role-to-assume 'arn:aws:iam::111122223333:user/me' is not the ARN of a role (arn:aws:iam::<account>:role/<name>)",
    ],
    [
      { command: 'diff', 'role-to-assume': 'arn:aws:iam::1234:role/x' },
      "role-to-assume 'arn:aws:iam::1234:role/x' is not the ARN of a role (arn:aws:iam::<account>:role/<name>)",
    ],
    [
      { command: 'diff', 'role-external-id': 'x' },
      'role-external-id is given without role-to-assume: give the role as well',
    ],
    [
      { command: 'diff', 'role-to-assume': ROLE, 'role-external-id': 'x\ny' },
      'role-external-id has 2 lines, role-to-assume only 1: give one for the last role, or one for each role after ' +
        'the first',
    ],
    [
      { command: 'diff', 'role-session-name': 'a b' },
      "role-session-name 'a b' is not of the form: 2 to 64 of A-Z a-z 0-9 _+=,.@-",
    ],
    [
      { command: 'synth', env: 'HOME KEY=value' },
      "env 'KEY=value' is not the name of an environment variable: give names only, their values come from the job's env",
    ],
    [
      { command: 'synth', env: '1ST' },
      "env '1ST' is not the name of an environment variable: give names only, their values come from the job's env",
    ],
    [
      { command: 'synth', qualifier: '--force' },
      "qualifier '--force' is not of the form: 1 to 10 letters, digits, _ and -",
    ],
    [{ command: 'synth', qualifier: 'a/b' }, "qualifier 'a/b' is not of the form: 1 to 10 letters, digits, _ and -"],
    [
      { command: 'synth', 'toolkit-stack-name': '--all' },
      "toolkit-stack-name '--all' is not of the form: a letter, then up to 127 letters, digits and hyphens",
    ],
  ])('%j', (given, expected) => {
    const message = messageFor(given);
    expect(message).toBe(expected);
    expect(message).not.toContain('\n');
  });
});

test('a command reads nothing that belongs to others', () => {
  expect(read({ command: 'report', concurrency: 'x', 'diff-method': 'x', 'role-to-assume': 'x' }).command).toBe(
    'report',
  );
});

test('everything that diff takes', () => {
  expect(
    read({
      command: 'diff',
      environment: 'production',
      version: 'v2',
      release: 'web',
      config: 'deploy.yaml',
      'working-directory': 'app',
      stacks: 'One Stage/*\n Three',
      'aws-region': 'eu-west-1',
      'allowed-account-ids': '111122223333, 444455556666',
      'mask-aws-account-id': 'true',
      'role-to-assume': `\n ${ROLE} \n\n ${ROLE}/2 \n`,
      'role-external-id': 'first id\nsecond',
      'role-session-name': 'me@example.com',
      'role-duration-seconds': '900',
      'role-skip-session-tagging': 'true',
      audience: 'sts.cn',
      app: 'node app.js',
      context: 'a: 1',
      'context-template': 'c.yaml',
      variables: 'b: 2',
      env: 'ONE,TWO _3',
      assembly: 'a.tar',
      'assembly-digest': DIGEST,
      'allow-asset-executables': 'true',
      qualifier: 'mine',
      'toolkit-stack-name': 'Mine',
      'cdk-version': '2.1148.1',
      'cdk-args': `--verbose --tags 'a b=c'\n--trace`,
      'diff-method': 'auto',
      'fail-on': 'replace delete',
      drift: 'true',
      check: 'true',
      'plan-file': 'plan.json',
      'result-file': 'result.json',
      comment: 'changes',
      'comment-tag': 't',
      'comment-header': 'h',
      'comment-footer': 'f',
      summary: 'false',
      'pull-request': '7',
      'github-token': 'secret',
    }),
  ).toEqual({
    command: 'diff',
    environment: 'production',
    version: 'v2',
    release: 'web',
    config: 'deploy.yaml',
    workingDirectory: 'app',
    stacks: ['One', 'Stage/*', 'Three'],
    region: 'eu-west-1',
    allowedAccountIds: ['111122223333', '444455556666'],
    maskAccountId: true,
    roles: [ROLE, `${ROLE}/2`],
    externalIds: ['first id', 'second'],
    sessionName: 'me@example.com',
    durationSeconds: 900,
    sessionTags: false,
    audience: 'sts.cn',
    app: 'node app.js',
    context: 'a: 1',
    contextTemplate: 'c.yaml',
    variables: 'b: 2',
    env: ['ONE', 'TWO', '_3'],
    assembly: 'a.tar',
    assemblyDigest: DIGEST,
    allowAssetExecutables: true,
    qualifier: 'mine',
    toolkitStackName: 'Mine',
    cdkVersion: '2.1148.1',
    cdkArgs: ['--verbose', '--tags', 'a b=c', '--trace'],
    diffMethod: 'auto',
    drift: true,
    concurrency: 1,
    failOn: ['replace', 'delete'],
    planFile: 'plan.json',
    check: true,
    resultFile: 'result.json',
    comment: 'changes',
    commentTag: 't',
    commentHeader: 'h',
    commentFooter: 'f',
    summary: false,
    pullRequest: '7',
    githubToken: 'secret',
  });
});

test('what deploy and report take of their own', () => {
  expect(read({ command: 'deploy', concurrency: '64', 'outputs-file': 'out.json' })).toMatchObject({
    concurrency: 64,
    outputsFile: 'out.json',
    requireReview: '',
  });
  expect(read({ command: 'deploy', plan: 'p.json', 'require-review': 'change-set' })).toMatchObject({
    requireReview: 'change-set',
  });
  expect(read({ command: 'prepare', concurrency: '3', 'fail-on': 'delete', 'plan-file': 'p.json' })).toMatchObject({
    ...{ concurrency: 3, failOn: ['delete'], planFile: 'p.json' },
  });
  expect(read({ command: 'report', plans: 'plans/one two.json\n  plans/three\n' })).toMatchObject({
    plans: ['plans/one two.json', 'plans/three'],
  });
});

test.each(['arn:aws-cn:iam::111122223333:role/a', 'arn:aws-us-gov:iam::111122223333:role/path/to/a.b'])(
  'a role of another partition, or with a path: %s',
  (arn) => {
    expect(read({ command: 'resolve', 'role-to-assume': arn })).toMatchObject({ roles: [arn] });
  },
);
