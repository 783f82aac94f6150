import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../lib/templates.js';

const schema = z.strictObject({ domain: z.string(), size: z.int(), zone: z.string().optional() });

let resources: string;
beforeEach(() => {
  resources = mkdtempSync(join(tmpdir(), 'resources-'));
});
afterEach(() => {
  rmSync(resources, { recursive: true });
});

const VIEW: Record<string, unknown> = { 'deployment:domain': 'example.com', 'deployment:zone': undefined };

function load(text: string, { environment = 'prototype', version = 'v1', view = VIEW } = {}) {
  mkdirSync(join(resources, 'prototype/v1'), { recursive: true });
  mkdirSync(join(resources, 'production/v2'), { recursive: true });
  writeFileSync(join(resources, 'prototype/v1/conf.mustache'), text);
  return loadConfig({ resources, environment, version, view }, schema);
}

describe('loadConfig', () => {
  test('renders, parses and types a template', () => {
    expect(load("domain: '{{deployment:domain}}'\nsize: 2 # a comment")).toEqual({ domain: 'example.com', size: 2 });
  });

  test('a value with a quote stays a value', () => {
    const hostile = 'x\'\nsize: 9 # "{{deployment:domain}}" : - &a';
    const view = { 'deployment:domain': hostile.replace('\n', ' ') };
    expect(load("domain: '{{deployment:domain}}'\nsize: 2", { view })).toEqual({
      domain: view['deployment:domain'],
      size: 2,
    });
  });

  test('leaves out a section without a value', () => {
    const text = "domain: x\nsize: 2\n{{#deployment:zone}}\nzone: '{{deployment:zone}}'\n{{/deployment:zone}}\n";
    expect(load(text)).toEqual({ domain: 'x', size: 2 });
  });

  test('renders the other side of a section without a value', () => {
    expect(load('domain: x\nsize: 2\n{{^deployment:zone}}\nzone: none\n{{/deployment:zone}}\n').zone).toBe('none');
  });

  test.each([
    [
      "domain: '{{deployment:doman}}'",
      /conf\.mustache: tag \{\{deployment:doman\}\} has no value; did you mean "deployment:domain"\?$/,
    ],
    ['{{#deployment:domain}}\ndomain: {{nobody}}\n{{/deployment:domain}}', /tag \{\{nobody\}\} has no value$/],
    ['domain: x\nsize: big', /conf\.mustache: size: Invalid input: expected number, received string$/],
    ['domain: x\nsize: 1\nsiez: 2', /conf\.mustache: Unrecognized key: "siez"$/],
    ['domain: x\ndomain: y', /conf\.mustache is no yaml: Map keys must be unique/],
  ])('refuses %j', (text, message) => {
    expect(() => load(text)).toThrow(message);
  });

  test('names the environments there are', () => {
    expect(() => load('', { environment: 'prodution' })).toThrow(
      'environment "prodution" has no templates: use one of production, prototype; did you mean "production"?',
    );
  });

  test('names the versions there are', () => {
    expect(() => load('', { version: 'v9' })).toThrow('version "v9" of prototype has no conf.mustache: use one of v1');
  });
});
