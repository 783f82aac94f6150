import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ActionError } from '../../src/errors.js';
import { isInside, partialsBeside, readTemplate, resolveInside } from '../../src/cdk/workspace.js';

let root: string;
let workspace: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
  workspace = join(root, 'checkout');
  mkdirSync(join(workspace, 'app/parts'), { recursive: true });
  mkdirSync(join(root, 'checkout-other'));
  writeFileSync(join(root, 'outside.yaml'), 'secret: 1\n');
  writeFileSync(join(workspace, 'app/context.yaml'), 'a: 1\n');
  writeFileSync(join(workspace, 'app/tags.yaml'), 'plain\n');
  writeFileSync(join(workspace, 'app/team.mustache'), 'mustache\n');
  writeFileSync(join(workspace, 'app/parts/one'), 'exact\n');
  symlinkSync(join(root, 'outside.yaml'), join(workspace, 'app/link.yaml'));
  symlinkSync('context.yaml', join(workspace, 'app/alias.yaml'));
  symlinkSync(root, join(workspace, 'up'));
  symlinkSync(workspace, join(root, 'way-in'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('resolveInside', () => {
  test.each([
    ['app/context.yaml', 'app/context.yaml'],
    ['./app/../app', 'app'],
    ['.', ''],
    ['', ''],
    ['app/alias.yaml', 'app/context.yaml'],
    ['up/checkout/app', 'app'],
  ])('%j is %j', (path, expected) => {
    expect(resolveInside(workspace, path, 'it')).toBe(join(workspace, expected));
  });

  test('an absolute path, and a workspace behind a link', () => {
    expect(resolveInside(join(root, 'way-in'), join(root, 'way-in/app'), 'it')).toBe(join(workspace, 'app'));
  });

  test.each([
    ['..', 'leads out of the workspace'],
    ['../outside.yaml', 'leads out of the workspace'],
    ['../checkout-other', 'leads out of the workspace'],
    ['app/link.yaml', 'leads out of the workspace'],
    ['up/outside.yaml', 'leads out of the workspace'],
    ['/etc', 'leads out of the workspace'],
    ['app/none.yaml', 'there is no such path in the workspace'],
  ])('%s is refused: %s', (path, message) => {
    const attempt = () => resolveInside(workspace, path, 'context-template');
    expect(attempt).toThrow(ActionError);
    expect(attempt).toThrow(`context-template ${path}: ${message}`);
  });

  test.each([
    ['/a', '/a', true],
    ['/a', '/a/b', true],
    ['/a', '/a/..b', true],
    ['/a', '/ab', false],
    ['/a', '/', false],
  ])('%s holds %s: %s', (folder, path, expected) => {
    expect(isInside(folder, path)).toBe(expected);
  });
});

describe('readTemplate', () => {
  test('names the file as the user knows it', () => {
    expect(readTemplate(workspace, 'app/alias.yaml')).toStrictEqual({ text: 'a: 1\n', file: 'app/context.yaml' });
  });

  test('refuses a folder, and what is not UTF-8', () => {
    writeFileSync(join(workspace, 'latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
    expect(() => readTemplate(workspace, 'app')).toThrow('context-template app: is not a file');
    expect(() => readTemplate(workspace, 'latin.yaml')).toThrow('latin.yaml: cannot be read as UTF-8 text');
  });
});

describe('partialsBeside', () => {
  test.each([
    ['tags', { text: 'plain\n', file: 'app/tags.yaml' }],
    ['team', { text: 'mustache\n', file: 'app/team.mustache' }],
    ['parts/one', { text: 'exact\n', file: 'app/parts/one' }],
    ['parts', undefined],
    ['none', undefined],
    ['', undefined],
    ['a\0b', undefined],
    ['x'.repeat(300), undefined],
  ])('%.20j', (name, expected) => {
    expect(partialsBeside(workspace, 'app/context.yaml')(name)).toStrictEqual(expected);
  });

  test.each(['../../outside.yaml', 'link', '../up/outside'])('%s is refused', (name) => {
    const attempt = () => partialsBeside(workspace, 'app/context.yaml')(name);
    expect(attempt).toThrow(ActionError);
    expect(attempt).toThrow('leads out of the workspace');
  });
});
