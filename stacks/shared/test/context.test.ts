import { App } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { platformContext } from '../lib/context-schema.js';
import { readContext } from '../lib/context.js';
import { ConfigError } from '../lib/errors.js';

const given = {
  'deployment:organization': 'acme-corp',
  'deployment:account': '111122223333',
  'deployment:region': 'us-west-2',
  'deployment:environment': 'production',
  'deployment:version': 'v1',
};

const read = (context: Record<string, unknown>) => readContext(new App({ context }).node, platformContext);

describe('readContext', () => {
  test('gives the values under their newest keys', () => {
    expect(read(given)).toEqual(given);
  });

  test('reads the older spellings', () => {
    const older = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [key.replace('deployment:', 'hosted:'), value]),
    );
    expect(read({ ...older, 'host:name': 'main' })).toEqual({ ...given, 'platform:name': 'main' });
  });

  test('takes both spellings of a key when they agree', () => {
    expect(read({ ...given, 'hosted:account': '111122223333' })).toEqual(given);
  });

  test("leaves the CDK's own keys alone", () => {
    const cached = {
      'availability-zones:account=111122223333:region=us-west-2': ['us-west-2a'],
      '@aws-cdk/core:x': true,
    };
    expect(read({ ...given, ...cached })).toEqual(given);
  });

  test('counts an empty string as absent', () => {
    expect(read({ ...given, 'deployment:team:name': '' })).toEqual(given);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'an unknown key',
      { 'deployment:acount': '111122223333' },
      'unknown context key "deployment:acount" in cdk.context.json; did you mean "deployment:account"?',
    ],
    [
      'an unknown key in its older spelling',
      { 'hosted:regoin': 'us-west-2' },
      'unknown context key "hosted:regoin" in cdk.context.json; did you mean "deployment:region"?',
    ],
    [
      'an unknown key that is near nothing',
      { 'deployment:zzzzzzzzzzzzzzzzzzzzzzzz': 1 },
      'unknown context key "deployment:zzzzzzzzzzzzzzzzzzzzzzzz" in cdk.context.json',
    ],
    [
      'a missing key',
      { 'deployment:version': '' },
      'missing context key "deployment:version": add it to cdk.context.json',
    ],
    [
      'the placeholder account',
      { 'deployment:account': '000000000000' },
      'context key "deployment:account" in cdk.context.json is a placeholder: put the account of the target: "000000000000"',
    ],
    [
      'an account that is no 12 digits',
      { 'deployment:account': '1234' },
      'context key "deployment:account" in cdk.context.json must be 12 digits: "1234"',
    ],
    [
      'an account that lost its quotes',
      { 'deployment:account': 111122223333 },
      'context key "deployment:account" in cdk.context.json must be a string of 12 digits in quotes: 111122223333',
    ],
    [
      'spellings that differ',
      { 'hosted:region': 'eu-west-1' },
      'context keys "deployment:region" and "hosted:region" in cdk.context.json differ: keep the newer, "deployment:region"',
    ],
    [
      'an organization that makes an illegal stack name',
      { 'deployment:organization': '4you' },
      'context key "deployment:organization" in cdk.context.json must be 2 to 40 lower-case letters, digits and "-", starting with a letter: "4you"',
    ],
    [
      'a team that is no text',
      { 'deployment:team:name': { name: 'x' } },
      'context key "deployment:team:name" in cdk.context.json must be a text: {"name":"x"}',
    ],
    [
      'a tag that AWS reserves',
      { 'deployment:tags': { 'aws:x': 'y' } },
      'context key "deployment:tags.aws:x" in cdk.context.json is no legal tag key: {"aws:x":"y"}',
    ],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => read({ ...given, ...wrong })).toThrow(new ConfigError(message));
  });
});
