/** The doctor finds each planted fault, with what mends it, and nothing in repositories that are well. */
import { CloudFormationClient, CreateChangeSetCommand, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/doctor/model.js';
import { NODE_24 } from '../emulators/programs.js';
import type { ActionRun } from '../emulators/runner/action.js';
import { ACCOUNT, DEPLOY_ROLE, PLAN_ROLE, REGION, ROOT, webappConfig, writeConfig } from './consumer.js';
import { put, putMaven, remove, smallApp, workflow } from './doctor-repositories.js';
import { makeRelay, RELAY, relayConfig, writeSettings } from './relay.js';
import { DEPLOY_SUBJECT, PLAN_SUBJECT, setScene, type Scene, type StepOptions } from './scene.js';

const ARN = `arn:aws:iam::${ACCOUNT}:role/`;
let scene: Scene;
let folder: string;
beforeAll(async () => {
  scene = await setScene();
  folder = mkdtempSync(path.join(tmpdir(), 'doctor-'));
  await scene.bootstrap();
});
afterAll(async () => {
  await scene.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Clients of the account, for what a fault needs to be there. */
const client = () => ({
  region: REGION,
  endpoint: scene.world.aws.endpoint,
  credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'none' },
});

/** A repository that is well: the small app, its config, and a workflow that uses the action. */
function healthy(name: string): string {
  const workspace = makeRelay(path.join(folder, name));
  put(workspace, '.github/workflows/diff.yml', workflow());
  return workspace;
}

const findingsOf = (run: ActionRun): readonly Finding[] => JSON.parse(run.outputs['findings'] ?? 'null') as Finding[];

interface Fault {
  readonly fault: string;
  readonly plant?: (workspace: string) => void | Promise<void>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly options?: () => StepOptions;
  readonly onPush?: boolean;
  readonly finds: Omit<Partial<Finding>, 'mend' | 'message'> & { readonly message?: RegExp; readonly mend: RegExp };
}

const DEPLOY_YML = '.github/deploy.yml';
const WORKFLOW = '.github/workflows/diff.yml';
const config =
  (prototype: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) =>
  (workspace: string): void => {
    writeConfig(workspace, { ...relayConfig(prototype), ...more });
  };
const cdkJson =
  (body: Readonly<Record<string, unknown>>) =>
  (workspace: string): void => {
    put(workspace, 'relay/cdk.json', { app: 'node app.js', ...body });
  };
const oldForm = (subject: string): string => subject.replace(/@\d+/g, '');
const trustPolicy = (subject: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': subject } },
      },
    ],
  });
const role = async (
  name: string,
  settings: { readonly subject?: string; readonly max?: number } = {},
): Promise<void> => {
  const AssumeRolePolicyDocument = trustPolicy(settings.subject ?? '*');
  const input = { RoleName: name, AssumeRolePolicyDocument, MaxSessionDuration: settings.max ?? 3600 };
  await new IAMClient(client()).send(new CreateRoleCommand(input));
};
const parameter = async (qualifier: string, version: number): Promise<void> => {
  const input = { Name: `/cdk-bootstrap/${qualifier}/version`, Value: String(version), Type: 'String' } as const;
  await new SSMClient(client()).send(new PutParameterCommand(input));
};
const git = (workspace: string, ...args: readonly string[]): void => {
  execFileSync('git', ['-C', workspace, ...args], { stdio: 'ignore' });
};
const QUEUE = JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } });

const faults: readonly Fault[] = [
  {
    fault: 'a key of the config that nobody knows',
    plant: config({ protekted: true }),
    finds: {
      check: 'config',
      severity: 'error',
      file: DEPLOY_YML,
      message: /unknown key 'protekted'/,
      mend: /protected/,
    },
  },
  {
    fault: 'the placeholder account in the config',
    plant: config({ account: '000000000000' }),
    finds: { check: 'config', severity: 'error', file: DEPLOY_YML, line: 5, mend: /put the id of the account/ },
  },
  {
    fault: "the account of AWS's documentation in the config",
    plant: config({ account: '123456789012', roles: {} }),
    finds: { check: 'placeholder-account', severity: 'error', file: DEPLOY_YML, mend: /in place of 123456789012/ },
  },
  {
    fault: 'roles of another account',
    plant: config({ account: '444455556666' }),
    finds: { check: 'resolution', severity: 'error', file: DEPLOY_YML, line: 4, mend: /make them agree/ },
  },
  {
    fault: 'one role for plans and for deployments',
    plant: config({ roles: { plan: PLAN_ROLE, deploy: PLAN_ROLE } }),
    finds: {
      check: 'separate-roles',
      severity: 'warning',
      file: DEPLOY_YML,
      mend: /environments\.prototype\.roles\.plan: /,
    },
  },
  {
    fault: 'an event that leads to no environment',
    plant: config({ when: { push: { branches: ['main'] } } }),
    finds: {
      check: 'when',
      severity: 'error',
      file: WORKFLOW,
      line: 5,
      mend: /prototype>\.when\.pull-request: \{ branches: \[main\] \}/,
    },
  },
  {
    fault: 'a workflow without id-token: write',
    plant: (workspace) => {
      put(workspace, WORKFLOW, workflow({ permissions: ['contents: read', 'pull-requests: write'] }));
    },
    finds: {
      check: 'workflow-permissions',
      severity: 'error',
      file: WORKFLOW,
      line: 5,
      mend: /^jobs\.infrastructure\.permissions\.id-token: write$/,
    },
  },
  {
    fault: 'a workflow that may not comment',
    plant: (workspace) => {
      put(workspace, WORKFLOW, workflow({ permissions: ['contents: read', 'id-token: write'] }));
    },
    finds: { check: 'workflow-permissions', severity: 'warning', file: WORKFLOW, mend: /pull-requests: write$/ },
  },
  {
    fault: 'an action that is not pinned',
    plant: (workspace) => {
      put(workspace, WORKFLOW, workflow({ checkout: 'actions/checkout@v6' }));
    },
    finds: {
      check: 'pinned-actions',
      severity: 'info',
      file: WORKFLOW,
      line: 12,
      mend: /^uses: actions\/checkout@<commit> # v6$/,
    },
  },
  {
    fault: 'a job without an identity token',
    options: () => ({ job: { idToken: false } }),
    finds: { check: 'id-token', severity: 'error', mend: /^permissions\.id-token: write$/ },
  },
  {
    fault: 'a token that may not comment',
    options: () => ({ job: { permission: 'read' } }),
    finds: { check: 'github-token', severity: 'warning', mend: /^permissions\.pull-requests: write$/ },
  },
  {
    fault: 'a token that is none',
    inputs: { 'github-token': 'ghs_expired' },
    finds: { check: 'github-token', severity: 'error', mend: /^github-token: / },
  },
  {
    fault: 'a trust policy with the old form of the subject',
    plant: () => {
      scene.world.sts.trust({ role: PLAN_ROLE, subjects: [oldForm(PLAN_SUBJECT)] });
    },
    finds: {
      check: 'trust',
      severity: 'error',
      message: /whose subject is 'repo:acme-corp@77\/webapp@4242:pull_request'/,
      mend: /^"StringLike": \{ "token\.actions\.githubusercontent\.com:sub": \["repo:acme-corp@77\/webapp@4242:pull_request", "repo:acme-corp\/webapp:pull_request"\] \}$/,
    },
  },
  {
    fault: 'a trust policy with the old form, of the role that another job takes',
    plant: () => role('deploy-action-deploy', { subject: oldForm(DEPLOY_SUBJECT) }),
    finds: {
      check: 'trust',
      severity: 'error',
      message: /lets no job of this repository in: its trust policy has 'repo:acme-corp\/webapp:ref:refs\/heads\/main'/,
      mend: /\["repo:acme-corp@77\/webapp@4242:ref:refs\/heads\/main", "repo:acme-corp\/webapp:ref:refs\/heads\/main"\]/,
    },
  },
  {
    fault: 'sessions longer than the role allows, as STS says',
    plant: () => {
      scene.world.sts.trust({ role: PLAN_ROLE, subjects: [PLAN_SUBJECT], maxDuration: 3600 });
    },
    inputs: { 'role-duration-seconds': '7200' },
    finds: { check: 'session-length', severity: 'error', message: /7200/, mend: /^role-duration-seconds: 3600$/ },
  },
  {
    fault: 'sessions longer than the role of another job allows, as IAM says',
    plant: () => role('short', { max: 5400 }),
    inputs: { 'role-to-assume': `${ARN}short`, 'role-duration-seconds': '7200' },
    finds: { check: 'session-length', severity: 'error', mend: /^role-duration-seconds: 5400$/ },
  },
  {
    fault: 'credentials of another account',
    plant: config({ roles: {} }),
    options: () => ({ aws: scene.world.sts.env('999988887777', REGION) }),
    finds: {
      check: 'access',
      severity: 'error',
      message: /of account 999988887777/,
      mend: /^take a role of 111122223333$/,
    },
  },
  {
    fault: 'no credentials at all',
    plant: config({ roles: {} }),
    options: () => ({ env: { AWS_EC2_METADATA_DISABLED: 'true' } }),
    finds: { check: 'access', severity: 'error', mend: /^set role-to-assume, / },
  },
  {
    fault: 'a region that is not bootstrapped',
    inputs: { 'aws-region': 'eu-west-3' },
    finds: {
      check: 'bootstrap-version',
      severity: 'error',
      mend: /^npx cdk bootstrap aws:\/\/111122223333\/eu-west-3$/,
    },
  },
  {
    fault: 'a bootstrap that is too old',
    plant: () => parameter('old', 5),
    inputs: { qualifier: 'old' },
    finds: { check: 'bootstrap-version', severity: 'error', message: /has version 5/, mend: /^npx cdk bootstrap / },
  },
  {
    fault: 'a bootstrap whose role may not roll back',
    plant: () => parameter('older', 22),
    inputs: { qualifier: 'older' },
    finds: {
      check: 'bootstrap-version',
      severity: 'warning',
      message: /version 22.* may not roll back/,
      mend: /^npx cdk bootstrap /,
    },
  },
  {
    fault: 'a bootstrap of another qualifier',
    inputs: { qualifier: 'acme' },
    finds: { check: 'bootstrap-version', severity: 'error', mend: /^qualifier: hnb659fds$/ },
  },
  {
    fault: "a bootstrap's role that lets nobody in",
    onPush: true,
    plant: () => {
      scene.world.sts.trust({ role: `${ARN}cdk-hnb659fds-deploy-role-${ACCOUNT}-${REGION}`, trusts: `${ARN}other` });
    },
    finds: {
      check: 'bootstrap-roles',
      severity: 'error',
      mend: /"Action": "sts:AssumeRole", "Resource": "arn:.*cdk-hnb659fds-deploy-role-/,
    },
  },
  {
    fault: 'no role for CloudFormation to work with',
    plant: () => parameter('bare', 33),
    inputs: { qualifier: 'bare' },
    finds: {
      check: 'execution-role',
      severity: 'error',
      message: /cdk-bare-cfn-exec-role/,
      mend: /^npx cdk bootstrap /,
    },
  },
  {
    fault: 'a newer Java than there is',
    plant: (workspace) => {
      put(
        workspace,
        'relay/pom.xml',
        '<project>\n  <properties><maven.compiler.release>99</maven.compiler.release></properties>\n</project>',
      );
    },
    finds: {
      check: 'programs',
      severity: 'error',
      file: 'relay/pom.xml',
      line: 2,
      message: /wants 99/,
      mend: /setup-java.*java-version: '99'/,
    },
  },
  {
    fault: 'a newer Python than there is',
    plant: (workspace) => {
      put(workspace, 'relay/pyproject.toml', '[project]\nname = "relay"\nrequires-python = ">=3.99"\n');
    },
    finds: { check: 'programs', severity: 'error', file: 'relay/pyproject.toml', line: 3, mend: /setup-python/ },
  },
  {
    fault: 'another Node than there is',
    plant: (workspace) => {
      put(workspace, '.nvmrc', '18\n');
    },
    finds: { check: 'programs', severity: 'warning', file: '.nvmrc', line: 1, mend: /setup-node.*node-version: '18'/ },
  },
  {
    fault: 'an app whose program is not there',
    plant: cdkJson({ app: 'dotnet run' }),
    finds: { check: 'programs', severity: 'error', file: 'relay/cdk.json', mend: /setup-dotnet/ },
  },
  {
    fault: 'aws-cdk of the tag latest',
    plant: (workspace) => {
      remove(workspace, 'node_modules');
      put(workspace, 'package.json', '{\n  "devDependencies": {\n    "aws-cdk": "latest"\n  }\n}');
    },
    finds: {
      check: 'cli-accident',
      severity: 'error',
      file: 'package.json',
      line: 3,
      mend: /^npm install --save-dev aws-cdk@2\./,
    },
  },
  {
    fault: 'aws-cdk 3.0.0 in the lock file',
    plant: (workspace) => {
      remove(workspace, 'node_modules');
      put(workspace, 'package-lock.json', { packages: { 'node_modules/aws-cdk': { version: '3.0.0' } } });
    },
    finds: {
      check: 'cli-accident',
      severity: 'error',
      file: 'package-lock.json',
      mend: /^npm install --save-dev aws-cdk@2\./,
    },
  },
  {
    fault: 'a library whose schema the CLI does not read',
    plant: (workspace) => {
      remove(workspace, 'node_modules');
      put(workspace, 'node_modules/aws-cdk-lib/package.json', { version: '2.999.0' });
      put(workspace, 'node_modules/@aws-cdk/cloud-assembly-schema/schema/version.json', { revision: 99 });
      put(workspace, 'node_modules/@aws-cdk/cloud-assembly-schema/cli-version.json', { version: '2.9999.0' });
    },
    finds: {
      check: 'cli-schema',
      severity: 'error',
      message: /aws-cdk-lib 2\.999\.0 .* schema 99/,
      mend: /^cdk-version: 2\.9999\.0$/,
    },
  },
  {
    fault: 'a variable that nobody supplies',
    plant: config({ variables: {} }),
    finds: {
      check: 'template',
      severity: 'error',
      file: 'relay/cdk.context.template.yaml',
      line: 7,
      mend: /^environments\.prototype\.variables\.apiKey: /,
    },
  },
  {
    fault: 'a context of cdk.json that beats a rendered key',
    plant: cdkJson({ context: { 'relay:name': 'mine' } }),
    finds: {
      check: 'cdk-json-context',
      severity: 'error',
      file: 'relay/cdk.json',
      line: 4,
      mend: /^remove "relay:name" from "context"/,
    },
  },
  {
    fault: 'a build that is an object',
    plant: cdkJson({ build: { command: 'mvn -q clean install' } }),
    finds: {
      check: 'cdk-json-build',
      severity: 'warning',
      file: 'relay/cdk.json',
      line: 3,
      mend: /^"build": "mvn -q clean install"$/,
    },
  },
  {
    fault: "a placeholder account in cdk.json's context",
    plant: cdkJson({ context: { 'relay:peer': { account: '000000000000' } } }),
    finds: {
      check: 'placeholder-account',
      severity: 'error',
      file: 'relay/cdk.json',
      line: 5,
      mend: /in place of 000000000000/,
    },
  },
  {
    fault: 'a cdk.context.json that git ignores',
    plant: (workspace) => {
      put(workspace, '.gitignore', 'node_modules\ncdk.context.json\n');
      git(workspace, 'init');
    },
    finds: {
      check: 'git',
      severity: 'warning',
      file: '.gitignore',
      line: 2,
      mend: /^remove 'cdk\.context\.json' from \.gitignore/,
    },
  },
  {
    fault: 'a cdk.out that is checked in',
    plant: (workspace) => {
      put(workspace, 'relay/cdk.out/manifest.json', '{}');
      git(workspace, 'init');
      git(workspace, 'add', 'relay/cdk.out');
    },
    finds: { check: 'git', severity: 'info', message: /^1 files/, mend: /^git rm -r --cached relay\/cdk\.out$/ },
  },
  {
    fault: 'an app that fails',
    plant: (workspace) => {
      writeSettings(workspace, { retentionDays: 4, fail: 'the moon is full' });
    },
    inputs: { synth: 'true' },
    finds: { check: 'synthesis', severity: 'error', message: /the moon is full/, mend: /^npx cdk synth/ },
  },
  {
    fault: 'look-ups that nobody has committed',
    plant: (workspace) => {
      put(
        workspace,
        'relay/app.js',
        smallApp(`new CfnOutput(stack, 'Zones', { value: stack.availabilityZones.join() });`),
      );
      put(workspace, 'relay/cdk.context.json', '{}');
    },
    inputs: { synth: 'true', 'synth-twice': 'false' },
    finds: {
      check: 'look-ups',
      severity: 'warning',
      message: /availability-zones:/,
      mend: /git add relay\/cdk\.context\.json$/,
    },
  },
  {
    fault: 'an app that no two runs make alike',
    plant: (workspace) => {
      put(
        workspace,
        'relay/app.js',
        smallApp(`new Topic(stack, 'Named', { displayName: 'at ' + process.hrtime.bigint() });`),
      );
    },
    inputs: { synth: 'true' },
    finds: { check: 'stable', severity: 'warning', mend: /^plan\.ignore: \['Small\/Named[0-9A-F]{8}\.DisplayName'\]$/ },
  },
  {
    fault: 'stacks in states that block',
    plant: async () => {
      const cloudFormation = new CloudFormationClient(client());
      const Nonsense = { Type: 'AWS::CodeArtifact::Repository', Properties: { RepositoryName: 'r', Colour: 1 } };
      const broken = JSON.stringify({ Resources: { Nonsense } });
      await cloudFormation.send(new CreateStackCommand({ StackName: RELAY, TemplateBody: broken }));
      const set = { ChangeSetName: 'waits', ChangeSetType: 'CREATE', TemplateBody: QUEUE } as const;
      await cloudFormation.send(new CreateChangeSetCommand({ StackName: RELAY.replace('relay', 'alarm'), ...set }));
      while (/_IN_PROGRESS$/.test((await scene.stack(RELAY))?.status ?? '_IN_PROGRESS')) await pause(50);
    },
    inputs: { synth: 'true', 'synth-twice': 'false' },
    finds: {
      check: 'stack-states',
      severity: 'error',
      message: /relay is in ROLLBACK_COMPLETE/,
      mend: /^aws cloudformation delete-stack --stack-name acme-corp-prototype-relay --region eu-central-1$/,
    },
  },
];

// What is well comes first: some faults stay in the account.
describe('repositories that are well', () => {
  const repositories: readonly {
    readonly what: string;
    readonly make: (workspace: string) => void;
    readonly inputs: Readonly<Record<string, string>>;
  }[] = [
    {
      what: 'a TypeScript app without a config',
      make: (workspace) => {
        put(workspace, 'cdk.json', { app: 'node app.js' });
        put(workspace, 'app.js', smallApp());
        put(workspace, 'package.json', { engines: { node: '>=22' }, devDependencies: { 'aws-cdk': '2.1148.1' } });
        put(workspace, '.nvmrc', '24\n');
        put(workspace, WORKFLOW, workflow());
        symlinkSync(path.join(ROOT, 'node_modules'), path.join(workspace, 'node_modules'), 'dir');
      },
      inputs: { 'role-to-assume': PLAN_ROLE, 'aws-region': REGION, 'synth-twice': 'false' },
    },
    {
      what: 'a TypeScript app with config and templates',
      make: (workspace) => {
        makeRelay(workspace, relayConfig());
        put(workspace, WORKFLOW, workflow());
        put(
          workspace,
          '.github/workflows/push.yml',
          workflow({ on: '{ push: { branches: [main] } }', command: 'deploy' }),
        );
        put(workspace, '.gitignore', 'node_modules\ncdk.out\n');
        git(workspace, 'init');
      },
      inputs: {},
    },
    {
      what: 'a Python app',
      make: (workspace) => {
        put(workspace, 'cdk.json', { app: 'python3 app.py', context: { '@aws-cdk/core:stackRelativeExports': true } });
        put(workspace, 'app.py', 'import aws_cdk as cdk\ncdk.App().synth()\n');
        put(workspace, 'requirements.txt', 'aws-cdk-lib==2.263.0\n');
        put(workspace, 'pyproject.toml', '[project]\nname = "app"\nrequires-python = ">=3.9,<4"\n');
        put(workspace, WORKFLOW, workflow());
        writeConfig(workspace, webappConfig({ releases: { app: { app: '.' } } }));
      },
      inputs: { synth: 'false' },
    },
    {
      what: 'a Maven app',
      make: (workspace) => {
        putMaven(workspace);
        const releases = { notes: { app: '.', templates: 'src/main/resources' } };
        writeConfig(workspace, webappConfig({ releases, alias: 'notes', name: 'notes' }));
        put(workspace, WORKFLOW, workflow());
      },
      inputs: { synth: 'false' },
    },
    {
      what: 'a monorepo with two releases',
      make: (workspace) => {
        makeRelay(workspace);
        cpSync(path.join(workspace, 'relay'), path.join(workspace, 'second'), { recursive: true });
        const releases = {
          relay: { app: 'relay', templates: 'relay/resources' },
          second: { app: 'second', templates: 'second/resources', needs: ['relay'] },
          all: { releases: ['relay', 'second'] },
        };
        writeConfig(workspace, { ...relayConfig(), releases });
        put(workspace, WORKFLOW, workflow());
      },
      inputs: { synth: 'false' },
    },
  ];

  test.each(repositories)('$what', async ({ what, make, inputs }) => {
    scene.world.sts.trust({ role: PLAN_ROLE, subjects: [PLAN_SUBJECT] });
    const workspace = path.join(folder, what.replaceAll(' ', '-'));
    mkdirSync(workspace);
    make(workspace);
    const run = await scene.onPullRequest({ command: 'doctor', ...inputs }, { workspace });
    expect(findingsOf(run), run.log).toEqual([]);
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
    expect(run.log).toContain('nothing is wrong');
    expect(run.log).toMatch(/checked: the config file, .*the programs that the apps want/);
  });
});

describe('at a terminal', () => {
  interface Bin {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }
  let pid = 0;
  // Not `spawnSync`: the world that it asks is in this process.
  const bin = (workspace: string, ...words: readonly string[]): Promise<Bin> => {
    const env = { PATH: process.env['PATH'], HOME: scene.machine.home, TMPDIR: folder };
    const child = spawn(NODE_24, [path.join(scene.action, 'dist/doctor.js'), ...words], {
      cwd: workspace,
      env: { ...env, ...scene.world.sts.env(ACCOUNT, REGION) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, which a terminal interrupts as a whole.
      detached: true,
    });
    pid = child.pid ?? 0;
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return Promise.all([ended, text(child.stdout), text(child.stderr)]).then(([status, stdout, stderr]) => {
      return { status, stdout, stderr };
    });
  };

  test('a repository that is well: the same checks, as far as they go', async () => {
    const run = await bin(healthy('at-a-terminal'), 'doctor', '--synth', 'false');
    expect(run.stdout).toContain('nothing is wrong');
    expect(run.stdout).toMatch(/not checked, because this is no job on GitHub: .*the trust policies of the roles/);
    expect(run.stdout).toMatch(/checked: .*the bootstrap's version/);
    expect(run.stdout + run.stderr).not.toContain('::');
    expect(run.status).toBe(0);
  });

  test('a repository with a fault: plain text, and 1', async () => {
    const workspace = healthy('at-a-terminal-with-a-fault');
    config({ variables: {} })(workspace);
    const run = await bin(workspace, 'doctor', '--environment', 'prototype', '--synth', 'false');
    expect(run.stdout).toMatch(/^error +relay\/cdk\.context\.template\.yaml:7: \{\{apiKey\}\} has no value/m);
    expect(run.stdout).toMatch(/^ +environments\.prototype\.variables\.apiKey: /m);
    expect(run.status).toBe(1);
  });

  test('interrupted: cdk.context.json is as it was', async () => {
    const workspace = healthy('at-a-terminal-interrupted');
    writeSettings(workspace, { retentionDays: 4, wait: true });
    const file = path.join(workspace, 'relay/cdk.context.json');
    const before = readFileSync(file, 'utf8');
    const ended = bin(workspace, 'doctor', '--environment', 'prototype');
    while (readFileSync(file, 'utf8') === before) await pause(50);
    process.kill(-pid, 'SIGINT');
    expect(await ended).toMatchObject({ status: 130 });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test.each([
    { words: ['--help'], status: 0, stdout: /^usage: deploy-action doctor/, stderr: /^$/ },
    { words: [], status: 1, stdout: /^usage: deploy-action doctor/, stderr: /^$/ },
    { words: ['deploy'], status: 1, stdout: /^$/, stderr: /^'deploy' runs on GitHub only/ },
    { words: ['doctor', '--nonsense', '1'], status: 1, stdout: /^$/, stderr: /--nonsense/ },
    { words: ['doctor', '--synth', 'perhaps'], status: 1, stdout: /^$/, stderr: /^input: synth 'perhaps' is unknown/ },
  ])('$words', async ({ words, status, stdout, stderr }) => {
    const run = await bin(folder, ...words);
    expect(run).toMatchObject({
      status,
      stdout: expect.stringMatching(stdout) as string,
      stderr: expect.stringMatching(stderr) as string,
    });
  });
});

describe('planted faults', () => {
  test.each(faults)('$fault', async ({ fault, plant, inputs, options, onPush, finds }) => {
    scene.world.sts.trust({ role: PLAN_ROLE, subjects: [PLAN_SUBJECT] });
    scene.world.sts.trust({ role: DEPLOY_ROLE, subjects: [DEPLOY_SUBJECT] });
    const workspace = healthy(fault.replaceAll(/\W/g, '-'));
    await plant?.(workspace);
    const step = onPush ? scene.onPush : scene.onPullRequest;
    const run = await step({ command: 'doctor', synth: 'false', ...inputs }, { workspace, ...options?.() });
    const { message = /./, mend, ...rest } = finds;
    const wanted = {
      ...rest,
      message: expect.stringMatching(message) as string,
      mend: expect.stringMatching(mend) as string,
    };
    expect(findingsOf(run), run.log).toContainEqual(expect.objectContaining(wanted));
    expect(run.exitCode, run.log).toBe(findingsOf(run).some(({ severity }) => severity === 'error') ? 1 : 0);
    expect(run.summary).toContain('What mends it');
    if (finds.file !== undefined) {
      expect(run.annotations).toContainEqual(expect.objectContaining({ title: finds.check }));
    }
    for (const secret of scene.world.secrets()) expect(run.log + run.summary).not.toContain(secret);
  });
});
