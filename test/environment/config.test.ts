import fc from 'fast-check';
import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/environment/config.js';
import { ActionError } from '../../src/errors.js';

const FILE = '.github/deploy.yml';

/** Characters that mean something in YAML. */
const SPECIAL = Array.from(':-{}[]&*!|>%@`\'"#,?\t\n 0');

const FULL = `
schema: 1
organization: acme-corp
name: shop
alias: sh
team: { name: platform, alias: plat }
contributor: alice
synthesizer: { name: prod }
tags: { cost-center: '0042' }
environments:
  prototype: &base
    account: '111122223333'
    region: us-west-2
    roles: { deploy: 'arn:aws:iam::111122223333:role/deploy' }
    domain: proto.example.com
    variables: { retention: 7, zones: [a, b], 'instance-type': null }
    when:
      pull-request:
      push: { branches: [main, '!main-old'] }
      release: prerelease
  production:
    account: "444455556666"
    regions: [us-west-2, eu-west-1]
    roles:
      plan: arn:aws:iam::444455556666:role/plan
      deploy:
        - arn:aws:iam::777788889999:role/platform
        - { arn: 'arn:aws:iam::444455556666:role/deploy', external-id: x1, session-tags: false }
    when: { release: [published], schedule: '0 3 * * *', merge-group: { branches: main }, dispatch: true }
    protected: true
    gates: [data-loss, access, drift]
    version: v2
  preview:
    <<: *base
    when: {}
    ephemeral: true
releases:
  network: { app: stacks/network, build: { toolchain: uv, before: make } }
  webapp:
    app: stacks/webapp
    stacks: [webapp, 'web-*']
    templates: stacks/webapp/resources
    context-template: stacks/webapp/cdk.context.template.json
    paths: ['stacks/webapp/**', stacks/shared/**]
    needs: [network]
    environments: [production]
  all: { releases: [network, webapp] }
bootstrap: cdk
version: { default: v1 }
plan: { ignore: ['*.Metadata'], match: plan-and-assets }
checks: [{ name: policy, run: ./policy.sh, severity: warning }]
`;

test('reads everything that the config may say', () => {
  const config = parseConfig(FULL, FILE);
  expect(config).toMatchObject({ file: FILE, schema: 1, organization: 'acme-corp', version: { default: 'v1' } });
  expect(config.environments?.['preview']).toMatchObject({ account: '111122223333', ephemeral: true, when: {} });
  expect(config.environments?.['prototype']?.variables).toEqual({
    retention: 7,
    zones: ['a', 'b'],
    'instance-type': null,
  });
  expect(config.environments?.['prototype']?.when?.['pull-request']).toBeNull();
});

test('needs nothing but its version', () => {
  expect(parseConfig('schema: 1\n', FILE)).toEqual({ schema: 1, file: FILE });
});

/** A config with these lines under `environments.production`, the first of them on line 4. */
const production = (lines: string) => `schema: 1\nenvironments:\n  production:\n${lines.replace(/^/gm, '    ')}\n`;
/** A config with these lines under `releases`, the first of them on line 3. */
const releases = (lines: string) => `schema: 1\nreleases:\n${lines.replace(/^/gm, '  ')}\n`;

const ARN_RULE = 'must be the ARN of a role, such as arn:aws:iam::012345678901:role/deploy';
const NAME_RULE = 'must match ^[a-z0-9][a-z0-9.-]{0,62}$ (small letters, digits, dots and dashes, 63 at most)';
const WHEN_KEYS = 'push, pull-request, release, merge-group, schedule, dispatch';

describe('says in one line what is wrong', () => {
  test.each([
    [
      'an empty file',
      '',
      '1: nothing must be a mapping of schema, organization, name, alias, team, contributor, synthesizer, tags, environments, releases, bootstrap, version, plan or checks',
    ],
    ['no version', 'name: x', '1: schema: is missing: it must be 1'],
    ['another version', 'name: x\nschema: 2', '2: schema: 2 must be 1'],
    [
      'broken YAML',
      'schema: 1\nname: [x',
      '2: is not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a key twice', 'schema: 1\nname: x\nname: y', '3: is not valid YAML: map keys must be unique'],
    ['two documents', 'schema: 1\n---\nschema: 1', '2: a second document begins: keep one'],
    [
      'an unresolved alias',
      'schema: *nothing',
      '1: is not valid YAML: unresolved alias (the anchor must be set before the alias): nothing',
    ],
    [
      'a mistyped key',
      production('regoin: us-west-2'),
      "4: environments.production: unknown key 'regoin' (did you mean 'region'?): known are account, region, regions, roles, domain, url, name, variables, when, protected, gates, exceptions, ephemeral, version",
    ],
    [
      'a key that is mistyped and so missing elsewhere',
      'shcema: 1',
      "1: unknown key 'shcema' (did you mean 'schema'?): known are schema, organization, name, alias, team, contributor, synthesizer, tags, environments, releases, bootstrap, version, plan, checks",
    ],
    [
      "GitHub's on",
      production('domain: x\non: { push: }'),
      "5: environments.production: unknown key 'on' (here it is called 'when'): known are account, region, regions, roles, domain, url, name, variables, when, protected, gates, exceptions, ephemeral, version",
    ],
    [
      "GitHub's pull_request",
      production('when:\n  push:\n  pull_request:'),
      `6: environments.production.when: unknown key 'pull_request' (did you mean 'pull-request'?): known are ${WHEN_KEYS}`,
    ],
    [
      "GitHub's workflow_dispatch",
      production('when:\n  workflow_dispatch:'),
      `5: environments.production.when: unknown key 'workflow_dispatch' (here it is called 'dispatch'): known are ${WHEN_KEYS}`,
    ],
    [
      'a key like nothing known',
      production('when:\n  workflow_run:'),
      `5: environments.production.when: unknown key 'workflow_run': known are ${WHEN_KEYS}`,
    ],
    [
      'an account as a number',
      production('account: 012345678901'),
      "4: environments.production.account: 012345678901 must be 12 digits in quotes ('012345678901'), since a number loses its leading zeros",
    ],
    [
      'a short account',
      production("account: '12345'"),
      "4: environments.production.account: '12345' must be 12 digits",
    ],
    [
      'the placeholder account',
      production("account: '000000000000'"),
      "4: environments.production.account: '000000000000' is a placeholder: put the id of the account",
    ],
    [
      'no region',
      production('region: oregon'),
      "4: environments.production.region: 'oregon' must be a region such as us-west-2",
    ],
    [
      'both region and regions',
      production('region: us-west-2\nregions: [us-west-2]'),
      '3: environments.production: region and regions are both given: keep one of them',
    ],
    ['no role', production('roles:\n  plan: admin'), `5: environments.production.roles.plan: 'admin' ${ARN_RULE}`],
    [
      'a role in a chain',
      production('roles:\n  deploy:\n    - arn:aws:iam::111122223333:role/a\n    - arn:aws:iam::1111:role/b'),
      `7: environments.production.roles.deploy.1: 'arn:aws:iam::1111:role/b' ${ARN_RULE}`,
    ],
    [
      'a mistyped key in a chain',
      production('roles:\n  deploy:\n    - arn: arn:aws:iam::111122223333:role/a\n      external_id: x'),
      "7: environments.production.roles.deploy.0: unknown key 'external_id' (did you mean 'external-id'?): known are arn, external-id, session-tags",
    ],
    [
      'an empty chain',
      production('roles:\n  deploy: []'),
      '5: environments.production.roles.deploy: a list must not be an empty list',
    ],
    ['yes for true', production('protected: yes'), "4: environments.production.protected: 'yes' must be true or false"],
    [
      'an unknown gate',
      production('gates: [destroy]'),
      "4: environments.production.gates.0: 'destroy' must be one of delete, replace, address, access, data-loss, any, drift",
    ],
    [
      'an unknown kind of release',
      production('when: { release: draft }'),
      "4: environments.production.when.release: 'draft' must be published, prerelease, or both as a list",
    ],
    [
      'a variable that is built in',
      production('variables:\n  zones: 2\n  account: x'),
      "6: environments.production.variables: 'account': variable is built in: choose another name",
    ],
    [
      'a variable with a dot',
      production("variables: { 'a.b': 1 }"),
      "4: environments.production.variables: 'a.b': variable must match ^[A-Za-z][A-Za-z0-9_-]*$",
    ],
    [
      'an environment name',
      'schema: 1\nenvironments:\n  Prod: {}',
      `3: environments: 'Prod': environment name ${NAME_RULE}`,
    ],
    ['a hostile name', 'schema: 1\norganization: "a\\n$(x)"', `2: organization: 'a\\u000a$(x)' ${NAME_RULE}`],
    [
      'a path that leads out',
      releases('web: { app: ../elsewhere }'),
      "3: releases.web.app: '../elsewhere' must be a path inside the repository, relative to its root, with / between folders",
    ],
    [
      'an absolute path',
      releases('web: { templates: /etc }'),
      "3: releases.web.templates: '/etc' must be a path inside the repository, relative to its root, with / between folders",
    ],
    [
      'an unknown release in needs',
      releases('network: {}\nweb:\n  needs: [netwrk]'),
      "5: releases.web.needs.0: 'netwrk' is no release (did you mean 'network'?): known are network or web",
    ],
    [
      'an unknown environment of a release',
      releases('web: { environments: [prod] }'),
      "3: releases.web.environments.0: 'prod' is no environment: known are none",
    ],
    [
      'an unknown release that bootstraps',
      'schema: 1\nbootstrap: init',
      "2: bootstrap: 'init' is no release: known are cdk",
    ],
    [
      'an app that names releases',
      releases('web: { app: web, releases: [web] }'),
      '3: releases.web: a release that names releases is no app: keep only releases, needs, environments',
    ],
    [
      'an unknown toolchain',
      releases('web: { build: { toolchain: rust } }'),
      "3: releases.web.build.toolchain: 'rust' must be one of node, maven, gradle, pip, uv, go, dotnet",
    ],
    ['a tag that is no text', 'schema: 1\ntags:\n  cost: 0042', '3: tags.cost: 0042 must be a text'],
    [
      'a list for a mapping',
      'schema: 1\nenvironments: [a]',
      '2: environments: a list must be a mapping from environment names',
    ],
  ])('%s', (_, text, message) => {
    expect(() => parseConfig(text, FILE)).toThrow(new ActionError('config', `${FILE}:${message}`));
  });

  test('where an alias leads to', () => {
    const text = `schema: 1
environments:
  a:
    variables:
      roles: &roles
        plan: admin
  b:
    roles: *roles
`;
    expect(() => parseConfig(text, FILE)).toThrow(`${FILE}:6: environments.b.roles.plan: 'admin' must be the ARN`);
  });

  test('stops at a bomb of aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...['b', 'c', 'd'].map((key, index) => {
        const before = 'abc'.charAt(index);
        return `${key}: &${key} [${Array.from({ length: 10 }, () => `*${before}`).join(',')}]`;
      }),
    ].join('\n');
    expect(() => parseConfig(bomb, FILE)).toThrow(`${FILE}:1: is not valid YAML: excessive alias count`);
  });
});

describe('whatever the file holds, the error is one line that a user can act on', () => {
  const failure = (text: string): unknown => {
    try {
      parseConfig(text, FILE);
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const isActionable = (error: unknown) => {
    if (error === undefined) return;
    expect(error).toBeInstanceOf(ActionError);
    expect((error as Error).message).toMatch(/^\.github\/deploy\.yml:\d+: \P{Cc}+$/u);
  };

  test('random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        isActionable(failure(text));
      }),
    );
  });

  test('a valid config with one piece replaced', () => {
    const words = fc.constantFrom(
      'schema',
      'environments',
      'production',
      'when',
      'roles',
      'releases',
      'push',
      '__proto__',
      'constructor',
    );
    const junk = fc.object({ key: fc.oneof(words, fc.string()), maxDepth: 4 });
    fc.assert(
      fc.property(words, fc.anything(), junk, (key, value, more) => {
        let text: string;
        try {
          text = stringify({ schema: 1, environments: { production: { [key]: value } }, ...more });
        } catch {
          return; // not every value has a form in YAML
        }
        isActionable(failure(text));
      }),
    );
  });

  test('a valid config with one character replaced', () => {
    fc.assert(
      fc.property(fc.nat(FULL.length - 1), fc.constantFrom(...SPECIAL), (at, character) => {
        isActionable(failure(FULL.slice(0, at) + character + FULL.slice(at + 1)));
      }),
      { numRuns: 300 },
    );
  });
});
