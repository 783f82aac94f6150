import { describe, expect, test } from 'vitest';
import { examine } from '../../src/doctor/examine.js';
import type { AppFacts, Facts, PlaceFacts, SynthesisFacts } from '../../src/doctor/facts.js';
import { known, unknown, type Finding } from '../../src/doctor/model.js';
import { readWorkflow } from '../../src/doctor/workflow-file.js';
import { parseConfig } from '../../src/environment/config.js';
import { appFacts, placeFacts, synthesisFacts, wellFacts } from './facts.js';

const PLAN = 'arn:aws:iam::111122223333:role/plan';
const DEPLOY = 'arn:aws:iam::111122223333:role/deploy';
const PIN = 'c'.repeat(40);

/** Findings as one line each: severity, check, message, mend. */
const told = (facts: Partial<Facts>): readonly string[] => examine(wellFacts(facts)).findings.map(line);
const line = ({ severity, check, message, mend }: Finding): string => `${severity} ${check}: ${message} → ${mend}`;
const inApp = (app: Partial<AppFacts>) => told({ apps: [appFacts(app)] });
const inPlace = (place: Partial<PlaceFacts>) => told({ places: known([placeFacts(place)]) });
const inSynthesis = (one: Partial<SynthesisFacts>) => told({ syntheses: known([synthesisFacts(one)]) });

const config = (environments: string, more = ''): Facts['config'] => {
  const text = `schema: 1\nenvironments:\n${environments}${more}`;
  return { config: parseConfig(text, 'deploy.yml'), text };
};

describe('roles', () => {
  const policy = (subject: string) =>
    JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': subject } },
      },
    });
  const role = (purpose: 'plan' | 'deploy', settings: PlaceFacts['roles'][number]['settings'] = unknown('no')) => ({
    arn: purpose === 'plan' ? PLAN : DEPLOY,
    purpose,
    first: true,
    settings,
  });
  const chain = (purpose: 'plan' | 'deploy', refused?: string) => ({
    purpose,
    arns: [purpose === 'plan' ? PLAN : DEPLOY],
    ...(refused === undefined ? {} : { refused }),
  });
  const NO = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';

  test('the role of this run refuses: the line for both forms, and what stands there now', () => {
    const settings = known({ trustPolicy: policy('repo:acme/web:*'), maxSessionSeconds: 3600 });
    expect(inPlace({ roles: [role('plan', settings)], chains: [chain('plan', NO)] })).toEqual([
      `error trust: role ${PLAN} refuses this job, whose subject is 'repo:acme@7/web@42:pull_request': its trust policy ` +
        `has 'repo:acme/web:*' → "StringLike": { "token.actions.githubusercontent.com:sub": ` +
        `["repo:acme@7/web@42:pull_request", "repo:acme/web:pull_request"] }`,
    ]);
  });

  test('the role of another kind of job refuses, and its policy cannot be read: not checked', () => {
    const place = placeFacts({ roles: [role('plan'), role('deploy')], chains: [chain('plan'), chain('deploy', NO)] });
    const { findings, unchecked } = examine(wellFacts({ places: known([place]) }));
    expect(findings).toEqual([]);
    expect(unchecked.map(({ because }) => because)).toEqual([
      `role ${DEPLOY} is not for this job, and its trust policy may not be read`,
    ]);
  });

  test.each([
    ['repo:acme@7/web@42:ref:refs/heads/main', 0],
    ['repo:acme@*/web@*:ref:refs/heads/main', 0],
    ['*', 0],
    ['repo:acme/web:ref:refs/heads/main', 1],
    ['repo:other/web:*', 1],
  ])('its policy has %s: %d findings', (subject, count) => {
    const settings = known({ trustPolicy: policy(subject), maxSessionSeconds: 43_200 });
    const roles = [role('plan'), role('deploy', settings)];
    expect(inPlace({ roles, chains: [chain('plan'), chain('deploy', NO)] })).toHaveLength(count);
  });

  test('an account that does not know GitHub', () => {
    const refused = `role ${PLAN} refuses GitHub's token: No OpenIDConnect provider found in your account`;
    expect(inPlace({ roles: [role('plan')], chains: [chain('plan', refused)] })).toEqual([
      expect.stringMatching(/does not know GitHub's identity provider → aws iam create-open-id-connect-provider /),
    ]);
  });

  test('a later role of a chain', () => {
    const refused = `role ${DEPLOY} cannot be taken: no; check that its trust policy names the role before it`;
    const chains = [{ purpose: 'plan' as const, arns: [PLAN, DEPLOY], refused }];
    expect(inPlace({ roles: [role('plan')], chains })).toEqual([
      `error trust: role ${DEPLOY} cannot be taken: no → in the trust policy of ${DEPLOY}: ` +
        `"Principal": { "AWS": "${PLAN}" }, "Action": "sts:AssumeRole"`,
    ]);
  });

  test('a session that is too long is told once, whoever says it', () => {
    const settings = known({ trustPolicy: '{}', maxSessionSeconds: 5400 });
    const refused = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    const facts = { ...wellFacts(), inputs: { ...wellFacts().inputs, durationSeconds: 7200 } };
    const places = known([placeFacts({ roles: [role('plan', settings)], chains: [chain('plan', refused)] })]);
    expect(told({ ...facts, places })).toEqual([expect.stringMatching(/^error session-length: .*7200/)]);
  });

  test('in a chain only the first session is as long as one wants', () => {
    const facts = { ...wellFacts(), inputs: { ...wellFacts().inputs, durationSeconds: 7200 } };
    const chains = [{ purpose: 'plan' as const, arns: [PLAN, DEPLOY] }];
    expect(told({ ...facts, places: known([placeFacts({ chains })]) })).toEqual([
      expect.stringMatching(/^info session-length: .* → role-duration-seconds: 3600$/),
    ]);
  });

  test('plans with the role that deploys', () => {
    const both = (roles: string) => told({ config: config(`  production:\n    roles: { ${roles} }\n`) });
    expect(both(`plan: '${PLAN}', deploy: '${DEPLOY}'`)).toEqual([]);
    expect(both(`deploy: '${DEPLOY}'`)).toHaveLength(1);
    const [same] = examine(
      wellFacts({ config: config(`  production:\n    roles: { plan: '${PLAN}', deploy: '${PLAN}' }\n`) }),
    ).findings;
    expect(same).toMatchObject({ check: 'separate-roles', severity: 'warning', file: 'deploy.yml', line: 3 });
  });
});

describe('the bootstrap', () => {
  const bootstrap = (more: Readonly<Record<string, unknown>>): Partial<PlaceFacts> => {
    const { bootstrap: well } = placeFacts();
    if (!('value' in well)) throw new Error('the facts are well');
    return { bootstrap: known({ ...well.value, ...more }) };
  };

  test.each([
    [33, []],
    [23, []],
    [22, ['warning']],
    [6, ['warning']],
    [5, ['error']],
    [undefined, ['error']],
  ])('version %s', (version, severities) => {
    const found = inPlace(bootstrap({ version }));
    expect(found.map((one) => one.split(' ')[0])).toEqual(severities);
    for (const one of found) expect(one).toMatch(/→ npx cdk bootstrap aws:\/\/111122223333\/eu-west-1$/);
  });

  test('where nothing is bootstrapped, roles are not told as well', () => {
    const roles = [{ arn: 'a', kind: 'deploy', refused: 'no' }];
    const execution = known({ arn: 'b', there: false });
    expect(inPlace(bootstrap({ version: undefined, roles, execution }))).toHaveLength(1);
    expect(inPlace(bootstrap({ roles, execution }))).toEqual([
      expect.stringMatching(/^error bootstrap-roles: .*for deploy cannot be taken: no → give the run's role/),
      expect.stringMatching(/^error execution-role: role b/),
    ]);
  });
});

describe('stacks', () => {
  test.each([
    ['CREATE_COMPLETE', undefined, ''],
    ['UPDATE_ROLLBACK_COMPLETE', undefined, ''],
    ['ROLLBACK_COMPLETE', 'error', 'delete-stack'],
    ['CREATE_FAILED', 'error', 'delete-stack'],
    ['DELETE_FAILED', 'error', 'delete-stack'],
    ['REVIEW_IN_PROGRESS', 'warning', 'delete-stack'],
    ['UPDATE_IN_PROGRESS', 'warning', 'describe-stacks'],
    ['UPDATE_FAILED', 'error', 'rollback-stack'],
    ['UPDATE_ROLLBACK_FAILED', 'error', 'continue-update-rollback'],
    ['SOMETHING_NEW', 'error', 'describe-stack-events'],
  ])('%s: %s, %s', (status, severity, command) => {
    const mend = `aws cloudformation ${command} --stack-name web --region eu-west-1`;
    expect(inPlace({ stacks: known([{ name: 'web', status }]) })).toEqual(
      severity === undefined
        ? []
        : [expect.stringMatching(new RegExp(`^${severity} stack-states: stack web is in ${status}: .* → ${mend}$`))],
    );
  });
});

describe('the CLI', () => {
  const library = (schema: number, minimumCli: string) => ({ version: '2.276.0', schema, minimumCli });
  test.each([
    ['the pinned one, whatever the library says', '2.1148.1', library(55, '2.1148.2'), []],
    ['the pinned one, too old', '2.1148.1', library(56, '2.1150.0'), ['cdk-version: 2.1150.0']],
    ['an older one that does', '2.1144.0', library(54, '2.1144.0'), []],
    ['an older one that does not', '2.1000.0', library(54, '2.1144.0'), ['cdk-version: 2.1148.1']],
  ])('reads what the library writes: %s', (_, version, lib, mends) => {
    const found = inApp({ cli: { version, ofProject: false, library: lib } });
    expect(found.map((one) => one.split(' → ')[1])).toEqual(mends);
  });

  test('of the project: it is the project that changes', () => {
    const cli = { version: '2.1000.0', ofProject: true, library: library(54, '2.1144.0') };
    expect(inApp({ cli })).toEqual([expect.stringMatching(/ → npm install --save-dev aws-cdk@2\.1148\.1$/)]);
  });

  test('the assembly itself counts more than the library', () => {
    const schema = { version: 99, minimumCli: '2.2000.0', cli: '2.1148.1' };
    expect(inSynthesis({ schema })).toEqual([
      expect.stringMatching(/^error cli-schema: the app in 'app' writes schema 99/),
    ]);
  });

  const asked = (range: string) => ({ range, file: 'package.json', line: 1 });
  test.each([
    [asked('latest'), undefined, 'error'],
    [asked('latest'), '2.1148.1', 'warning'],
    [asked('>=2'), undefined, 'error'],
    [asked('^2.1000.0'), undefined, undefined],
    [asked('^2.1000.0'), '3.0.0', 'error'],
  ])('3.0.0: %j with %s installed', (ask, version, severity) => {
    const installed = version === undefined ? {} : { installed: { version, file: 'package-lock.json' } };
    const found = inApp({ cli: { ofProject: false, asked: ask, ...installed } });
    expect(found.map((one) => one.split(':')[0])).toEqual(severity === undefined ? [] : [`${severity} cli-accident`]);
  });
});

describe('programs', () => {
  const want = (program: string, range: string) => ({ program, range, said: range, file: 'f', line: 1 });
  test.each([
    [want('java', '>=21'), { java: '17.0.1' }, 'error programs: java is 17.0.1, f wants >=21'],
    [want('java', '>=21'), { java: null }, 'error programs: java is not on PATH, f wants >=21'],
    [want('node', '22'), { node: '24.0.0' }, 'warning programs: node is 24.0.0, f wants 22'],
    [want('node', '24'), { node: '24.0.0' }, undefined],
    [want('python3', ''), {}, undefined],
  ])('%j with %j', (one, programs, message) => {
    const found = inApp({ wants: [one], programs: { node: '', ...programs } });
    expect(found.map((text) => text.split(' → ')[0])).toEqual(message === undefined ? [] : [message]);
  });

  test('what the app starts with is told once', () => {
    const cdkJson = known({ file: 'cdk.json', body: { app: 'java -jar app.jar' }, text: '{}' });
    const programs = { java: null };
    expect(inApp({ cdkJson, programs })).toHaveLength(1);
    expect(inApp({ cdkJson, programs, wants: [want('java', '>=21')] })).toHaveLength(1);
  });
});

describe('syntheses', () => {
  const problem = (message: string) => ({ problem: { code: 'cdk', message } });
  test.each([
    ['cdk synth failed: Cannot find module aws-cdk-lib', 'synthesis', /^npm ci/],
    ["cdk synth failed: No module named 'aws_cdk'", 'synthesis', /^pip install/],
    ['cdk synth failed: Maximum schema version supported is 43.x', 'synthesis', /^npm install --save-dev aws-cdk@2/],
    ['cdk synth failed: the moon', 'synthesis', /^npx cdk synth, in 'app'/],
    ['look-ups are missing: vpc: synthesise once', 'look-ups', /git add app\/cdk\.context\.json$/],
  ])('%s', (message, check, mend) => {
    const [found, ...others] = examine(wellFacts({ syntheses: known([synthesisFacts(problem(message))]) })).findings;
    expect(found).toMatchObject({ check, severity: 'error', mend: expect.stringMatching(mend) as string });
    expect(others).toEqual([]);
  });
});

describe('workflows', () => {
  const workflows = (text: string) => {
    const file = readWorkflow('w.yml', text, 'fast-ish/deploy-action');
    if (file === undefined) throw new Error('it is a workflow of ours');
    return { workflows: [file] };
  };
  const job = (permissions: string, step: string, on = 'pull_request') =>
    workflows(
      `on: ${on}\njobs:\n  one:\n    ${permissions}\n    steps:\n      - uses: actions/checkout@${PIN}\n` +
        `      - uses: fast-ish/deploy-action@${PIN}\n        with: { ${step} }\n`,
    );

  test.each([
    ['permissions: write-all', 'command: diff', []],
    ['permissions: read-all', 'command: diff', ['id-token: write', 'pull-requests: write']],
    ['permissions: {}', 'command: resolve', ['contents: read']],
    ['permissions: { contents: read, id-token: write }', "command: diff, comment: 'false'", []],
    ['permissions: { contents: read, id-token: write }', "command: diff, github-token: 'x'", []],
    ['name: nothing is said', 'command: deploy', ['id-token: write']],
  ])('%s, %s', (permissions, step, missing) => {
    const { findings } = examine(wellFacts(job(permissions, step)));
    expect(findings.map(({ mend }) => mend.replace('jobs.one.permissions.', ''))).toEqual(missing);
  });

  test('without roles no identity token is needed, and a public repository is checked out by anybody', () => {
    const { inputs, job: well } = wellFacts();
    const open = { ...well, token: known({ valid: true, privateRepository: false, mayComment: true }) };
    const facts = { ...job('permissions: {}', 'command: deploy', 'push'), job: open };
    expect(told({ ...facts, inputs: { ...inputs, rolesGiven: false } })).toEqual([]);
  });

  const environments = (when: string, other = '') =>
    config(`  prototype:\n    when: ${when}\n${other}  production:\n    when: { release: published }\n`);
  test.each([
    ['{ push: { branches: [main] } }', '{ push: { branches: [main] } }', 0],
    ['{ push: { branches: [main] } }', '{ push: { branches: [main, develop] } }', 1],
    ['{ push: { branches: [main] } }', "{ push: { branches: ['v*'] } }", 0],
    ['{ push: { branches: [main] } }', '{ push: { tags: [v1] } }', 0],
    ['{ push: { branches: [main] } }', 'pull_request', 1],
    ['{ push: { branches: [main] } }', '{ release: { types: [published] }, workflow_dispatch: }', 0],
    ['{ push: , release: published }', 'release', 1],
  ])('when: %s, on: %s: %d go astray', (when, on, count) => {
    const { findings } = examine(
      wellFacts({ ...job('permissions: write-all', 'command: deploy', on), config: environments(when) }),
    );
    expect(findings.filter(({ check }) => check === 'when')).toHaveLength(count);
  });

  test('a step that names its environment goes where it says', () => {
    const named = job('permissions: write-all', 'command: deploy, environment: prototype');
    expect(told({ ...named, config: environments('{ push: }') })).toEqual([]);
  });
});
