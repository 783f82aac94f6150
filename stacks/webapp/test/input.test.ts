import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@fastish/stack-kit';
import { describe, expect, test } from 'vitest';
import { webappContext } from '../lib/params.js';
import { contextOf, FOLDER, TARGETS, webappOf } from './webapp-app.js';

const [prototype] = TARGETS;

describe('createStacks', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ 'deployment:domain': undefined }, 'missing context key "deployment:domain": add it to cdk.context.json'],
    [
      { 'deployment:ses:emial': 'hello@example.com' },
      'unknown context key "deployment:ses:emial" in cdk.context.json; did you mean "deployment:ses:email"?',
    ],
    [
      { 'deployment:ses:email': 'hello@example.org' },
      'deployment:ses:email "hello@example.org" is not at deployment:domain "example.com": change one',
    ],
    [{ 'deployment:version': 'v9' }, 'version "v9" of prototype has no conf.mustache: use one of v1, v2'],
    [
      { 'deployment:environment': 'prototyp' },
      'environment "prototyp" has no templates: use one of production, prototype; did you mean "prototype"?',
    ],
    [
      { 'deployment:account': '000000000000' },
      'context key "deployment:account" in cdk.context.json is a placeholder: put the account of the target: "000000000000"',
    ],
  ])('refuses %j', (wrong, message) => {
    expect(() => webappOf(prototype, wrong)).toThrow(new ConfigError(message));
  });
});

test('bin/app.ts says what is wrong in one line, without a stack trace, and writes nothing', () => {
  const run = (context: Record<string, unknown>) =>
    execFileSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
      cwd: FOLDER,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context) },
    });
  expect(() => run(contextOf(prototype, { 'deployment:account': '1234' }))).toThrow(
    expect.objectContaining({
      status: 1,
      stdout: '',
      stderr: 'error: context key "deployment:account" in cdk.context.json must be 12 digits: "1234"\n',
    }),
  );
});

test("the action's template fills keys that the app knows, and every key that it must have", () => {
  const template = JSON.parse(readFileSync(join(FOLDER, 'cdk.context.template.json'), 'utf8')) as Record<
    string,
    string
  >;
  const known = Object.keys(webappContext.shape);
  expect(Object.keys(template).filter((key) => !known.includes(key))).toEqual([]);
  expect(Object.keys(template)).toEqual(expect.arrayContaining(Object.keys(contextOf(prototype))));
  // What a user need not have stands in a section: without it, a missing variable is an error.
  const plain = Object.values(template).filter((value) => !value.includes('{{#'));
  expect(plain.sort()).toEqual(
    ['account', 'domain', 'environment', 'name', 'organization', 'region', 'release', 'version'].map(
      (name) => `{{${name}}}`,
    ),
  );
});
