import { expect, test } from 'vitest';
import { chooseVersion, majorOf } from '../../src/environment/choose-version.js';
import { parseConfig } from '../../src/environment/config.js';
import { ActionError } from '../../src/errors.js';
import { dispatched, pushOfTag, pushTo, releaseOf } from './events.js';

test.each([
  ['v1.4.2', '1'],
  ['1.4.2', '1'],
  ['v12.0.0-rc.1', '12'],
  ['v1.4.2+build.5', '1'],
  ['v2', '2'],
  ['v2.1', '2'],
  ['webapp@1.4.2', '1'],
  ['webapp-v3.0.0', '3'],
  ['apps/webapp/v3.0.0', '3'],
  ['nightly', undefined],
  ['2', undefined],
  ['release-7', undefined],
  ['2026.11.3', undefined],
  ['rev1.2.3', undefined],
  ['', undefined],
])('tag %j has the major %j', (tag, major) => {
  expect(majorOf(tag)).toBe(major);
});

const config = (own = '', usual = '') =>
  parseConfig(`schema: 1\nenvironments: { prod: { ${own} } }\n${usual}`, 'deploy.yml');
const ask = (versions: string[], { event = pushTo('main'), version = '', own = '', usual = '' }) =>
  chooseVersion(
    { request: { version }, event, config: config(own, usual), environment: 'prod', templates: 'conf' },
    { versions: (templates, environment) => (`${templates}/${environment}` === 'conf/prod' ? versions : []) },
  );

test.each([
  [
    'the input',
    ['v1', 'v2'],
    { version: 'v1', event: dispatched({ version: 'v2' }, 'refs/tags/v2.0.0') },
    'v1',
    'the input version',
  ],
  [
    'the input by hand',
    ['v1', 'v2'],
    { event: dispatched({ version: 'v1' }, 'refs/tags/v2.0.0'), own: 'version: v2' },
    'v1',
    'the workflow_dispatch input version',
  ],
  [
    'the tag of a release',
    ['v1', 'v2', 'v3'],
    { event: releaseOf('v2.1.0'), own: 'version: v1' },
    'v2',
    'tag v2.1.0, newest of its major in conf/prod',
  ],
  [
    'the tag of a push',
    ['v1', 'v2'],
    { event: pushOfTag('v1.4.2') },
    'v1',
    'tag v1.4.2, newest of its major in conf/prod',
  ],
  [
    'the newest of a major',
    ['v1', 'v1.9', 'v2', 'v1.10', 'v11'],
    { event: releaseOf('v1.4.2') },
    'v1.10',
    'tag v1.4.2, newest of its major in conf/prod',
  ],
  [
    'the newest of a major, without v',
    ['1', '1.2', 'legacy'],
    { event: releaseOf('v1.4.2') },
    '1.2',
    'tag v1.4.2, newest of its major in conf/prod',
  ],
  [
    'the environment',
    ['v1', 'v2'],
    { own: 'version: v1', usual: 'version: { default: v2 }' },
    'v1',
    'environments.prod.version in deploy.yml',
  ],
  [
    'a tag that is no version',
    ['v1', 'v2'],
    { event: pushOfTag('nightly'), own: 'version: v1' },
    'v1',
    'environments.prod.version in deploy.yml',
  ],
  ['the default', ['v1', 'v2'], { usual: 'version: { default: v2 }' }, 'v2', 'version.default in deploy.yml'],
  ['the only one', ['v7'], {}, 'v7', 'the only version in conf/prod'],
])('%s decides', (_, versions, given, value, source) => {
  expect(ask(versions, given)).toEqual({ value, source });
});

test.each([
  [
    'the input',
    ['v1', 'v2'],
    { version: 'v3' },
    "version 'v3' (the input version) has no templates: conf/prod has v2 or v1; name one that is there, or add its folder",
  ],
  [
    'a path',
    ['v1'],
    { version: '../v1' },
    "version '../v1' (the input version) has no templates: conf/prod has v1; name one that is there, or add its folder",
  ],
  [
    'the default',
    ['v1'],
    { usual: 'version: { default: v9x }' },
    "version 'v9x' (version.default in deploy.yml) has no templates: conf/prod has v1; name one that is there, or add its folder",
  ],
  [
    'the input, without any',
    [],
    { version: 'v1' },
    "version 'v1' (the input version) has no templates: conf/prod has none; add its folder",
  ],
  [
    'the tag',
    ['v1', 'v2'],
    { event: releaseOf('v3.0.0'), usual: 'version: { default: v1 }' },
    "tag 'v3.0.0' has no templates of its major: conf/prod has v2 or v1; add conf/prod/v3, or set the input version",
  ],
  [
    'nothing, of several',
    ['v1', 'v2'],
    {},
    'no version is named, and conf/prod has v2, v1: set the input version, or version.default in deploy.yml',
  ],
  [
    'nothing, of none',
    [],
    {},
    "there are no templates in conf/prod: add conf/prod/v1, or mend 'templates' in the config",
  ],
])('%s without templates is refused', (_, versions, given, message) => {
  expect(() => ask(versions, given)).toThrow(new ActionError('resolution', message));
});

const noTemplates = { versions: () => expect.fail('an app without templates has no folder to look into') };

test.each([
  [{ version: 'v3' }, 'v3', 'the input version, not checked: the app has no versioned templates'],
  [{ version: '' }, '', 'the app has no versioned templates'],
])('an app without templates: %j', (request, value, source) => {
  const question = { request, event: releaseOf('v1.4.2'), config: undefined, environment: 'prod' };
  expect(chooseVersion(question, noTemplates)).toEqual({ value, source });
});

test('a version that is no name is refused without templates, too', () => {
  const question = { request: { version: 'a b\n' }, event: pushTo('main'), config: undefined, environment: 'prod' };
  expect(() => chooseVersion(question, noTemplates)).toThrow(
    "version 'a b\\u000a' (the input version) is no name: it must match ^[a-z0-9][a-z0-9.-]{0,62}$",
  );
});
