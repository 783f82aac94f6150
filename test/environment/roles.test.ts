import { expect, test } from 'vitest';
import { parseConfig } from '../../src/environment/config.js';
import { accountOfChain, rolesOf } from '../../src/environment/roles.js';

const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const environment = (roles: unknown) =>
  parseConfig(JSON.stringify({ schema: 1, environments: { a: { roles } } }), 'deploy.yml').environments?.['a'];

test.each([
  ['one id, one role', ['a'], ['x'], ['x']],
  ['one id for the last role', ['a', 'b', 'c'], ['x'], [undefined, undefined, 'x']],
  ['one id for each after the first', ['a', 'b', 'c'], ['x', 'y'], [undefined, 'x', 'y']],
  ['one id for each', ['a', 'b'], ['x', 'y'], ['x', 'y']],
  ['none', ['a', 'b'], [], [undefined, undefined]],
])('external ids: %s', (_, names, externalIds, expected) => {
  const { deploy, plan } = rolesOf({ roles: names.map(arn), externalIds }, undefined);
  expect(deploy.map(({ externalId }) => externalId)).toEqual(expected);
  expect(plan).toEqual(deploy);
});

test.each([
  ['one for both', { deploy: arn('d') }, ['d'], ['d']],
  ['one for each', { plan: arn('p'), deploy: arn('d') }, ['p'], ['d']],
  ['a reader does not deploy', { plan: arn('p') }, ['p'], []],
  ['none', {}, [], []],
])('of the environment: %s', (_, roles, plan, deploy) => {
  const found = rolesOf({}, environment(roles));
  expect(found.plan.map((hop) => hop.arn)).toEqual(plan.map(arn));
  expect(found.deploy.map((hop) => hop.arn)).toEqual(deploy.map(arn));
});

test('session tags that are turned off stay off on every hop', () => {
  const own = environment({ deploy: [arn('a'), { arn: arn('b'), 'session-tags': true }] });
  expect(rolesOf({ sessionTags: false }, own).deploy.map((hop) => hop.sessionTags)).toEqual([false, false]);
  expect(rolesOf({ sessionTags: true }, own).deploy).toEqual([{ arn: arn('a') }, { arn: arn('b') }]);
});

test('a chain ends in the account of its last role', () => {
  expect(accountOfChain([{ arn: arn('a') }, { arn: 'arn:aws-cn:iam::444455556666:role/x/y' }])).toBe('444455556666');
  expect(accountOfChain([])).toBeUndefined();
});
