import { expect, test } from 'vitest';
import { parseConfig } from '../../src/environment/config.js';
import { BUILT_IN_VARIABLES } from '../../src/environment/names.js';
import { resolve } from '../../src/environment/resolve.js';
import { contextVariables, VOLATILE } from '../../src/environment/variables.js';
import { ActionError } from '../../src/errors.js';
import { pushTo, releaseOf } from './events.js';

const facts = {
  commit: 'abc',
  ref: 'refs/tags/v1.4.2',
  repository: 'acme/shop',
  runUrl: 'https://github.com/acme/shop/actions/runs/1',
};
const catalogue = { versions: () => ['v1'] };

const FULL = `
schema: 1
organization: acme-corp
name: shop
alias: sh
team: { name: platform }
contributor: alice
synthesizer: prod
tags: { cost: '1' }
environments:
  production:
    account: '012345678901'
    region: us-west-2
    domain: acme.example
    variables: { retention: 30, zones: [a] }
releases: { webapp: { templates: conf } }
`;

const variablesOf = (text: string | undefined, event = pushTo('main')) => {
  const config = text === undefined ? undefined : parseConfig(text, 'deploy.yml');
  const resolution = resolve({ ambientRegion: 'us-east-1' }, event, config, catalogue);
  return contextVariables(resolution, resolution.targets[0]!, facts);
};

test('are what the config and the run say', () => {
  expect(variablesOf(FULL, releaseOf('v1.4.2'))).toEqual({
    organization: 'acme-corp',
    name: 'shop',
    alias: 'sh',
    synthesizer: 'prod',
    team: { name: 'platform' },
    contributor: 'alice',
    environment: 'production',
    version: 'v1',
    release: 'webapp',
    account: '012345678901',
    region: 'us-west-2',
    domain: 'acme.example',
    tags: { cost: '1' },
    ...facts,
    releaseVersion: 'v1.4.2',
    retention: 30,
    zones: ['a'],
  });
});

test('leave out what is not known', () => {
  expect(variablesOf(undefined)).toEqual({
    name: 'default',
    environment: 'default',
    release: 'app',
    region: 'us-east-1',
    ...facts,
    releaseVersion: '',
  });
});

test.each([
  ['the environment', 'schema: 1\nenvironments: { live: {} }', 'live'],
  ['the config', 'schema: 1\nname: shop\nenvironments: { live: {} }', 'shop'],
  ['the environment’s own', 'schema: 1\nname: shop\nenvironments: { live: { name: store } }', 'store'],
])('the name is that of %s', (_, text, name) => {
  expect(variablesOf(text)['name']).toBe(name);
});

test.each([...BUILT_IN_VARIABLES])('%s cannot be defined anew', (name) => {
  const resolution = resolve({ region: 'us-east-1' }, pushTo('main'), undefined, catalogue);
  const target = { ...resolution.targets[0]!, variables: { [name]: 'x' } };
  expect(() => contextVariables(resolution, target, facts)).toThrow(
    new ActionError(
      'config',
      `environments.default.variables defines '${name}', which is built in: choose another name`,
    ),
  );
});

test('those that differ from run to run are built in', () => {
  expect(VOLATILE.every((name) => BUILT_IN_VARIABLES.includes(name))).toBe(true);
});
