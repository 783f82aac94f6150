import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/environment/config.js';
import type { EventContext } from '../../src/environment/event.js';
import type { Catalogue, ResolveRequest } from '../../src/environment/request.js';
import { publicTargets, resolve } from '../../src/environment/resolve.js';
import { ActionError } from '../../src/errors.js';
import {
  dispatched,
  event,
  mergeGroupInto,
  pullRequestInto,
  pushOfTag,
  pushTo,
  releaseOf,
  scheduled,
} from './events.js';

const FILE = '.github/deploy.yml';

const TEAM = `
schema: 1
organization: acme
environments:
  prototype:
    account: '111122223333'
    region: us-west-2
    roles: { deploy: 'arn:aws:iam::111122223333:role/deploy' }
    when:
      pull-request: { branches: main }
      push: { branches: [main, 'release/**'] }
      release: prerelease
      merge-group: true
  production:
    account: '444455556666'
    regions: [us-west-2, eu-west-1]
    roles:
      plan: arn:aws:iam::444455556666:role/plan
      deploy:
        - arn:aws:iam::777788889999:role/platform
        - { arn: 'arn:aws:iam::444455556666:role/deploy', external-id: x1, session-tags: false }
    domain: acme.example
    variables: { retention: 30 }
    when: { release: published, push: { tags: 'v*' }, schedule: '0 3 * * *' }
    protected: true
    gates: [data-loss]
  spare: { region: us-east-1, ephemeral: true, name: extra, version: v2 }
releases:
  init: { app: ./stacks/init/, environments: [prototype] }
  network: { app: stacks/network, stacks: network }
  webapp: { app: stacks/webapp, templates: stacks/webapp/resources, context-template: stacks/webapp/context.yml, needs: [network] }
  both: { releases: [webapp, network] }
  all: { releases: [init, both] }
bootstrap: init
version: { default: v1 }
`;

const catalogue: Catalogue = {
  versions: (templates) => (templates === 'stacks/webapp/resources' ? ['v1', 'v2'] : []),
};

const resolved = (context: EventContext, request: ResolveRequest = {}, text = TEAM) =>
  resolve(request, context, parseConfig(text, FILE), catalogue);

describe('each source in its turn', () => {
  const when = (environment: string, key: string) => `(environments.${environment}.when.${key} in ${FILE})`;
  const prototype = 'prototype';
  const production = 'production';
  const all = ['all', `releases.all in ${FILE}`] as const;
  const usual = ['v1', `version.default in ${FILE}`] as const;
  const tagged = (version: string, tag: string) =>
    [version, `tag ${tag}, newest of its major in stacks/webapp/resources/${production}`] as const;

  test.each<
    [
      string,
      EventContext,
      ResolveRequest,
      readonly [string, string],
      readonly [string, string],
      readonly [string, string],
    ]
  >([
    [
      'pull request',
      pullRequestInto('main'),
      {},
      [prototype, `pull request into main ${when(prototype, 'pull-request')}`],
      all,
      usual,
    ],
    ['push to a branch', pushTo('main'), {}, [prototype, `push to main ${when(prototype, 'push')}`], all, usual],
    [
      'push to a branch by pattern',
      pushTo('release/1.x/fix'),
      {},
      [prototype, `push to release/1.x/fix ${when(prototype, 'push')}`],
      all,
      usual,
    ],
    [
      'push of a tag',
      pushOfTag('v2.0.1'),
      {},
      [production, `push to tag v2.0.1 ${when(production, 'push')}`],
      all,
      tagged('v2', 'v2.0.1'),
    ],
    [
      'release',
      releaseOf('v1.4.2'),
      {},
      [production, `release v1.4.2 ${when(production, 'release')}`],
      all,
      tagged('v1', 'v1.4.2'),
    ],
    [
      'prerelease',
      releaseOf('v2.0.0-rc.1', true),
      {},
      [prototype, `prerelease v2.0.0-rc.1 ${when(prototype, 'release')}`],
      all,
      ['v2', 'tag v2.0.0-rc.1, newest of its major in stacks/webapp/resources/prototype'],
    ],
    [
      'merge queue',
      mergeGroupInto('main'),
      {},
      [prototype, `merge queue of main ${when(prototype, 'merge-group')}`],
      all,
      usual,
    ],
    [
      'schedule',
      scheduled('0 3 * * *'),
      {},
      [production, `schedule 0 3 * * * ${when(production, 'schedule')}`],
      all,
      usual,
    ],
    [
      'input over event',
      releaseOf('v1.4.2'),
      { environment: prototype },
      [prototype, 'the input environment'],
      all,
      ['v1', 'tag v1.4.2, newest of its major in stacks/webapp/resources/prototype'],
    ],
    [
      'input over input by hand',
      dispatched({ environment: prototype, release: 'network', version: 'v1' }),
      { environment: production, release: 'webapp', version: 'v2' },
      [production, 'the input environment'],
      ['webapp', 'the input release'],
      ['v2', 'the input version'],
    ],
    [
      'input by hand',
      dispatched({ environment: production, release: 'webapp', version: 'v2' }),
      {},
      [production, 'the workflow_dispatch input environment'],
      ['webapp', 'the workflow_dispatch input release'],
      ['v2', 'the workflow_dispatch input version'],
    ],
    [
      'empty inputs are none',
      dispatched({ environment: production }),
      { environment: '', release: '', version: '', region: '' },
      [production, 'the workflow_dispatch input environment'],
      all,
      usual,
    ],
    [
      'an environment with its own version',
      pushTo('x'),
      { environment: 'spare', release: 'webapp' },
      ['spare', 'the input environment'],
      ['webapp', 'the input release'],
      ['v2', `environments.spare.version in ${FILE}`],
    ],
  ])('%s', (_, context, request, environment, release, version) => {
    const { sources, ...found } = resolved(context, request);
    expect([found.environment, sources['environment']]).toEqual(environment);
    expect([found.release, sources['release']]).toEqual(release);
    expect([found.version, sources['version']]).toEqual(version);
  });

  test.each([
    [
      'the only environment',
      'environments: { live: { region: us-west-2 } }',
      'live',
      `the only environment in ${FILE}`,
    ],
    ['none configured', '', 'default', 'no environment is named or configured'],
  ])('%s', (_, text, environment, source) => {
    const found = resolved(pushTo('main'), { ambientRegion: 'us-east-1' }, `schema: 1\n${text}`);
    expect([found.environment, found.sources['environment']]).toEqual([environment, source]);
  });

  test.each([
    ['the only release', 'releases: { web: {} }', 'web', `the only release in ${FILE}`],
    [
      'the only one that is not for bootstrapping',
      'releases: { init: {}, web: {} }\nbootstrap: init',
      'web',
      `the only release in ${FILE}`,
    ],
    [
      'only the one for bootstrapping',
      'releases: { init: {} }\nbootstrap: init',
      'init',
      `the only release in ${FILE}`,
    ],
    ['none configured', '', 'app', 'no release is named or configured'],
  ])('%s', (_, text, release, source) => {
    const found = resolved(pushTo('main'), { region: 'us-east-1' }, `schema: 1\n${text}`);
    expect([found.release, found.sources['release']]).toEqual([release, source]);
  });
});

describe('targets', () => {
  test('are every app in every region, by wave', () => {
    const found = resolved(releaseOf('v1.4.2'));
    expect(publicTargets(found)).toEqual([
      {
        id: 'production-network-us-west-2',
        release: 'network',
        environment: 'production',
        region: 'us-west-2',
        version: 'v1',
        wave: 1,
      },
      {
        id: 'production-network-eu-west-1',
        release: 'network',
        environment: 'production',
        region: 'eu-west-1',
        version: 'v1',
        wave: 1,
      },
      {
        id: 'production-webapp-us-west-2',
        release: 'webapp',
        environment: 'production',
        region: 'us-west-2',
        version: 'v1',
        wave: 2,
      },
      {
        id: 'production-webapp-eu-west-1',
        release: 'webapp',
        environment: 'production',
        region: 'eu-west-1',
        version: 'v1',
        wave: 2,
      },
    ]);
    expect(JSON.stringify(publicTargets(found))).not.toMatch(/\d{12}/);
  });

  test('come with the checks of the config', () => {
    const checks = [{ name: 'cost', run: './cost.sh', severity: 'info' }];
    const text = `${TEAM}\nchecks: ${JSON.stringify(checks)}\n`;
    expect(resolved(releaseOf('v2.0.0'), { release: 'webapp' }, text).checks).toEqual(checks);
    expect(resolved(releaseOf('v2.0.0'), { release: 'webapp' })).not.toHaveProperty('checks');
  });

  test('carry what the config says', () => {
    const found = resolved(releaseOf('v2.0.0'), { release: 'webapp' });
    expect(found).toMatchObject({ organization: 'acme', releaseVersion: 'v2.0.0' });
    expect(found).not.toHaveProperty('name');
    expect(found.targets[0]).toEqual({
      id: 'production-webapp-us-west-2',
      release: 'webapp',
      environment: 'production',
      region: 'us-west-2',
      version: 'v2',
      wave: 1,
      account: '444455556666',
      app: {
        folder: 'stacks/webapp',
        stacks: [],
        templates: 'stacks/webapp/resources',
        contextTemplate: 'stacks/webapp/context.yml',
      },
      roles: {
        plan: [{ arn: 'arn:aws:iam::444455556666:role/plan' }],
        deploy: [
          { arn: 'arn:aws:iam::777788889999:role/platform' },
          { arn: 'arn:aws:iam::444455556666:role/deploy', externalId: 'x1', sessionTags: false },
        ],
      },
      domain: 'acme.example',
      variables: { retention: 30 },
      protected: true,
      ephemeral: false,
      gates: ['data-loss'],
      exceptions: { types: [], ids: [] },
      bootstrap: 'init',
    });
  });

  test('leave out apps that do not go to the environment, and keep paths tidy', () => {
    expect(resolved(pushTo('main')).targets.map(({ app, wave }) => [app.folder, wave])).toEqual([
      ['stacks/init', 1],
      ['stacks/network', 1],
      ['stacks/webapp', 2],
    ]);
    expect(resolved(releaseOf('v1.0.0')).targets.map(({ release }) => release)).not.toContain('init');
  });

  test('follow the inputs', () => {
    const request = {
      release: 'network',
      region: 'ap-south-1',
      stacks: ['a', 'b*'],
      contextTemplate: 'other.json',
      roles: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b'],
      externalIds: ['id'],
      sessionTags: false,
      workingDirectory: 'elsewhere',
    };
    const found = resolved(pushTo('main'), request);
    const hops = [
      { arn: 'arn:aws:iam::111122223333:role/a', sessionTags: false },
      { arn: 'arn:aws:iam::111122223333:role/b', sessionTags: false, externalId: 'id' },
    ];
    expect(found.targets).toHaveLength(1);
    expect(found.targets[0]).toMatchObject({
      id: 'prototype-network-ap-south-1',
      app: { folder: 'stacks/network', stacks: ['a', 'b*'], contextTemplate: 'other.json' },
      roles: { plan: hops, deploy: hops },
    });
    expect(found.sources).toMatchObject({
      region: 'the input aws-region',
      roles: 'the input role-to-assume',
      stacks: 'the input stacks',
    });
  });
});

describe('without a config', () => {
  test('the inputs alone suffice', () => {
    const request = {
      workingDirectory: './infra/',
      ambientRegion: 'us-east-1',
      roles: ['arn:aws:iam::111122223333:role/first', 'arn:aws-us-gov:iam::444455556666:role/path/last'],
    };
    expect(resolve(request, pushTo('main'), undefined, catalogue)).toMatchObject({
      environment: 'default',
      release: 'app',
      version: '',
      releaseVersion: '',
      targets: [
        {
          id: 'default-app-us-east-1',
          account: '444455556666',
          app: { folder: 'infra', stacks: [] },
          bootstrap: 'cdk',
          wave: 1,
        },
      ],
      sources: { region: 'AWS_REGION', account: 'the last role', version: 'the app has no versioned templates' },
    });
  });

  test('the account is that of the credentials, when no role names one', () => {
    const found = resolve({ region: 'us-east-1' }, pushTo('main'), undefined, catalogue);
    expect(found.targets[0]).not.toHaveProperty('account');
    expect(found.targets[0]).toMatchObject({ roles: { plan: [], deploy: [] }, app: { folder: '.' } });
    expect(found.sources).toMatchObject({ account: 'the credentials', roles: 'none: the credentials of the job' });
  });

  test('a name that objects inherit is a name like any other', () => {
    const config = parseConfig('schema: 1\nenvironments: {}\nreleases: {}', FILE);
    const request = { environment: 'constructor', release: 'constructor', region: 'us-east-1' };
    const found = resolve(request, pushTo('main'), config, catalogue);
    expect(found).toMatchObject({ environment: 'constructor', release: 'constructor' });
    expect(found).not.toHaveProperty('name');
  });

  test('names may be given', () => {
    const request = { environment: 'live', release: 'web', version: 'v3', region: 'us-east-1' };
    const [target] = resolve(request, pushTo('main'), undefined, catalogue).targets;
    expect(target).toMatchObject({ environment: 'live', release: 'web', version: 'v3' });
  });
});

describe('refused before anything runs', () => {
  const TWO = `
schema: 1
environments:
  a: { region: us-west-2, when: { push: { branches: main } } }
  b: { region: us-west-2, when: { push: { branches: ['ma*'] } } }
`;
  const NAME = '^[a-z0-9][a-z0-9.-]{0,62}$';
  const roles = (...names: string[]) => ({ roles: names.map((name) => `arn:aws:iam::${name}`) });
  const leading =
    'prototype: push (branches main, release/**), pull-request (branches main), release (prerelease), merge-group; ' +
    'production: push (tags v*), release (published), schedule (0 3 * * *); spare: no event';

  test.each<[string, EventContext, ResolveRequest, string | undefined, string]>([
    [
      'an unknown environment',
      pushTo('main'),
      { environment: 'prod' },
      TEAM,
      `environment 'prod' (the input environment) is unknown: ${FILE} has prototype, production or spare`,
    ],
    [
      'a mistyped environment by hand',
      dispatched({ environment: 'Prodution' }),
      {},
      TEAM,
      `environment 'Prodution' (the workflow_dispatch input environment) is unknown (did you mean 'production'?): ${FILE} has prototype, production or spare`,
    ],
    [
      'an environment that objects inherit',
      pushTo('main'),
      { environment: 'constructor' },
      TEAM,
      `environment 'constructor' (the input environment) is unknown: ${FILE} has prototype, production or spare`,
    ],
    [
      'a hostile environment',
      pushTo('main'),
      { environment: 'a\n::set-output $(id)' },
      TEAM,
      `environment 'a\\u000a::set-output $(id)' (the input environment) is unknown: ${FILE} has prototype, production or spare`,
    ],
    [
      'an environment that is no name',
      pushTo('main'),
      { environment: 'My Prod' },
      undefined,
      `environment 'My Prod' (the input environment) is no name: it must match ${NAME}`,
    ],
    [
      'two environments for one event',
      pushTo('main'),
      {},
      TWO,
      `'push to main' leads to a and b: narrow one environment's 'when' in ${FILE}, or set the input environment`,
    ],
    [
      'no environment for the event',
      pushTo('dev'),
      {},
      TEAM,
      `no environment for 'push to dev': set the input environment, or add the event to a 'when' in ${FILE} (${leading})`,
    ],
    [
      'an event that leads nowhere',
      event('issue_comment', {}),
      {},
      TEAM,
      `no environment for 'issue_comment': set the input environment, or add the event to a 'when' in ${FILE} (${leading})`,
    ],
    [
      'an unknown release',
      pushTo('main'),
      { release: 'wbapp' },
      TEAM,
      `release 'wbapp' (the input release) is unknown (did you mean 'webapp'?): ${FILE} has init, network, webapp, both or all`,
    ],
    [
      'a release that is no name',
      pushTo('main'),
      { release: '$(x)', region: 'us-west-2' },
      undefined,
      `release '$(x)' (the input release) is no name: it must match ${NAME}`,
    ],
    [
      'no release of several',
      pushTo('main'),
      {},
      'schema: 1\nreleases: { a: {}, b: {} }',
      `no release is named, and ${FILE} has a, b: set the input release, or add a release 'all' that names them`,
    ],
    [
      'a release that does not go there',
      pushTo('main'),
      { environment: 'production', release: 'init' },
      TEAM,
      `release 'init' does not go to environment 'production': see its 'environments' in ${FILE}`,
    ],
    [
      'a version without templates',
      pushTo('main'),
      { version: 'v9' },
      TEAM,
      "version 'v9' (the input version) has no templates: stacks/webapp/resources/prototype has v2 or v1; name one that is there, or add its folder",
    ],
    [
      'no region',
      pushTo('main'),
      {},
      'schema: 1\nenvironments: { a: {} }',
      `environment 'a' has no region: set the input aws-region, or environments.a.region in ${FILE}`,
    ],
    [
      'no region without a config',
      pushTo('main'),
      {},
      undefined,
      "environment 'default' has no region: set the input aws-region",
    ],
    [
      'no such region',
      pushTo('main'),
      { region: 'Oregon' },
      TEAM,
      "region 'Oregon' (the input aws-region) is no region: write it as us-west-2",
    ],
    [
      'an account that is not allowed',
      pushTo('main'),
      { allowedAccountIds: ['444455556666', '777788889999'] },
      TEAM,
      "account 111122223333 of environment 'prototype' is not allowed: allowed-account-ids has 444455556666, 777788889999; add it there, or go to another environment",
    ],
    [
      "a role's account that is not allowed",
      pushTo('main'),
      {
        region: 'us-west-2',
        allowedAccountIds: ['444455556666'],
        ...roles('444455556666:role/a', '111122223333:role/b'),
      },
      undefined,
      "account 111122223333 of environment 'default' is not allowed: allowed-account-ids has 444455556666; add it there, or go to another environment",
    ],
    [
      'an allowed account that is none',
      pushTo('main'),
      { allowedAccountIds: ['4444'] },
      TEAM,
      "account '4444' (allowed-account-ids) is not 12 digits: put the id of the account",
    ],
    [
      'the placeholder as an allowed account',
      pushTo('main'),
      { allowedAccountIds: ['000000000000'] },
      TEAM,
      "account '000000000000' (allowed-account-ids) is a placeholder: put the id of the account",
    ],
    [
      'the placeholder in a role',
      pushTo('main'),
      roles('000000000000:role/a'),
      TEAM,
      "role 'arn:aws:iam::000000000000:role/a' has a placeholder account: put the id of the account",
    ],
    [
      'a role that is none',
      pushTo('main'),
      { roles: ['deployer'] },
      TEAM,
      "role 'deployer' is no ARN of a role: write it as arn:aws:iam::<account>:role/<name>",
    ],
    [
      'a role of another account',
      pushTo('main'),
      roles('444455556666:role/a'),
      TEAM,
      `role 'arn:aws:iam::444455556666:role/a' leads to account 444455556666, but environments.prototype.account in ${FILE} is 111122223333: make them agree`,
    ],
    [
      'roles of two accounts',
      pushTo('main'),
      {},
      'schema: 1\nenvironments: { a: { region: us-west-2, roles: { plan: "arn:aws:iam::111122223333:role/a", deploy: "arn:aws:iam::444455556666:role/b" } } }',
      "role 'arn:aws:iam::111122223333:role/a' leads to account 111122223333, but the deploying role leads to 444455556666: make them agree",
    ],
    [
      'too many external ids',
      pushTo('main'),
      { ...roles('111122223333:role/a'), externalIds: ['x', 'y', 'z'] },
      TEAM,
      'role-external-id has 3 lines for 1 roles: give one for the last role, or one for each role after the first',
    ],
    [
      'external ids without roles',
      pushTo('main'),
      { externalIds: ['x'] },
      TEAM,
      'role-external-id is given without role-to-assume: give the role, or set external-id in the config',
    ],
    [
      'releases in a circle',
      pushTo('main'),
      { region: 'us-west-2' },
      'schema: 1\nreleases: { a: { needs: [b] }, b: { needs: [a] }, all: { releases: [a, b] } }',
      `releases go round in a circle (a → b → a): take one out of 'needs' in ${FILE}`,
    ],
    [
      'a release within itself',
      pushTo('main'),
      { release: 'a', region: 'us-west-2' },
      'schema: 1\nreleases: { a: { releases: [a] }, b: {} }',
      `releases go round in a circle (a → a): take one out of 'releases' in ${FILE}`,
    ],
  ])('%s', (_, context, request, text, message) => {
    const config = text === undefined ? undefined : parseConfig(text, FILE);
    expect(() => resolve(request, context, config, catalogue)).toThrow(new ActionError('resolution', message));
  });
});

describe('whatever is asked', () => {
  const config = parseConfig(TEAM, FILE);
  const rarely =
    (odd: fc.Arbitrary<string>) =>
    (...usual: string[]) =>
      fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: odd });
  const mostly = rarely(fc.oneof(fc.constantFrom('__proto__', 'constructor', 'v9'), fc.string({ unit: 'binary' })));
  const account = rarely(fc.constantFrom('444455556666', '000000000000', '12', 'x'))('111122223333');
  const request: fc.Arbitrary<ResolveRequest> = fc.record(
    {
      environment: mostly('', 'prototype', 'prototype', 'production', 'spare'),
      version: mostly('', 'v1', 'v2'),
      release: mostly('', 'network', 'webapp', 'all', 'init'),
      region: mostly('', 'us-west-2', 'eu-central-1'),
      ambientRegion: mostly('', 'us-east-1'),
      allowedAccountIds: fc.oneof(fc.constant([]), fc.array(account, { maxLength: 2 })),
      roles: fc.oneof(
        fc.constant([]),
        fc.array(
          account.map((id) => `arn:aws:iam::${id}:role/x`),
          { maxLength: 2 },
        ),
      ),
    },
    { requiredKeys: [] },
  );
  const context = fc.constantFrom(
    pushTo('main'),
    pushTo('dev'),
    pushOfTag('v1.0.0'),
    pushOfTag('v7.0.0'),
    releaseOf('v2.0.0'),
    releaseOf('v2.0.0-rc.1', true),
    pullRequestInto('main'),
    dispatched({ environment: 'production' }),
    dispatched({ release: 'nope' }),
    scheduled('* * * * *'),
  );

  test('the answer is the same each time, whole, or one line', () => {
    let answers = 0;
    fc.assert(
      fc.property(request, context, fc.boolean(), (asked, occasion, configured) => {
        const answer = () => resolve(asked, occasion, configured ? config : undefined, catalogue);
        let found;
        try {
          found = answer();
        } catch (error) {
          expect(error).toBeInstanceOf(ActionError);
          expect((error as Error).message).toMatch(/^[^\p{Cc}]+$/u);
          return;
        }
        answers++;
        expect(answer()).toEqual(found);
        expect(found.targets.length).toBeGreaterThan(0);
        expect(new Set(found.targets.map(({ id }) => id)).size).toBe(found.targets.length);
        for (const target of found.targets) {
          if (target.account !== undefined) expect(target.account).toMatch(/^(?!0{12})\d{12}$/);
          expect(target.region).toMatch(/^[a-z]+(-[a-z]+)+-\d$/);
          expect(`${target.environment}/${target.release}`).toMatch(/^[a-z0-9][a-z0-9.-]*\/[a-z0-9][a-z0-9.-]*$/);
          if (asked.allowedAccountIds?.length && target.account)
            expect(asked.allowedAccountIds).toContain(target.account);
        }
        for (const target of publicTargets(found)) {
          expect(Object.keys(target)).toEqual(['id', 'release', 'environment', 'region', 'version', 'wave']);
        }
      }),
      { numRuns: 500 },
    );
    expect(answers).toBeGreaterThan(100);
  });
});
