import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Case } from './case.js';
import { CONFIG, replace, TEMPLATE, write } from './checkout.js';

/** Outside of the checkout, beside it. */
function outside(checkout: string): string {
  const file = path.join(checkout, '../outside.yaml');
  writeFileSync(file, 'stolen: true\n');
  return file;
}

function linked(checkout: string): void {
  rmSync(path.join(checkout, TEMPLATE));
  symlinkSync(outside(checkout), path.join(checkout, TEMPLATE));
}

function accident(checkout: string): void {
  rmSync(path.join(checkout, 'node_modules'));
  const modules = path.join(checkout, 'app/node_modules');
  mkdirSync(path.join(modules, '.bin'), { recursive: true });
  mkdirSync(path.join(modules, 'aws-cdk'));
  writeFileSync(path.join(modules, '.bin/cdk'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
  writeFileSync(path.join(modules, 'aws-cdk/package.json'), '{ "name": "aws-cdk", "version": "3.0.0" }');
}

/** Context template, `cdk.json`, `cdk.context.json`, and the project's CLI. */
export const CONTEXTS: readonly Case[] = [
  {
    name: 'a variable without a value',
    change: replace(CONFIG, 'retentionDays: 4', 'retention: 4'),
    message:
      "template: app/cdk.context.template.yaml:8: {{retentionDays}} has no value; did you mean {{retention}}?; known: account, commit, environment, name, organization, ref, region, release, releaseVersion, repository, retention, runUrl, version; set it under the environment's `variables` in the config file or in the `variables` input",
  },
  {
    name: 'a section left open',
    change: replace(TEMPLATE, '{{/lookup}}\n', ''),
    message: 'template: app/cdk.context.template.yaml:9: unclosed section "lookup": check its opening and closing tags',
  },
  {
    name: 'a tag left open',
    change: replace(TEMPLATE, '{{retentionDays}}', '{{retentionDays'),
    message: 'template: app/cdk.context.template.yaml:8: a tag is left open: close it with }}',
  },
  {
    name: 'a template outside, by ..',
    change: (checkout) => void outside(checkout),
    inputs: { 'context-template': '../outside.yaml' },
    message:
      'input: context-template ../outside.yaml: leads out of the workspace, to <place>/outside.yaml: name a path inside',
  },
  {
    name: 'a template outside, by its absolute path',
    inputs: { 'context-template': '/etc/passwd' },
    message: 'input: context-template /etc/passwd: leads out of the workspace, to /etc/passwd: name a path inside',
  },
  {
    name: 'a template outside, by a link',
    change: linked,
    message:
      'input: context-template app/cdk.context.template.yaml: leads out of the workspace, to <place>/outside.yaml: name a path inside',
  },
  {
    name: 'a template that is missing',
    inputs: { 'context-template': 'app/context.yaml' },
    message: 'input: context-template app/context.yaml: there is no such path in the workspace: name one that is there',
  },
  {
    name: 'a template that is a folder',
    inputs: { 'context-template': 'app' },
    message: 'input: context-template app: is not a file: name the template itself',
  },
  {
    name: 'a partial outside',
    change: (checkout) => {
      outside(checkout);
      replace(TEMPLATE, 'place:', '{{> ../../outside.yaml}}\nplace:')(checkout);
    },
    message:
      'template: app/cdk.context.template.yaml:1: partial ../outside.yaml: leads out of the workspace, to <place>/outside.yaml: name a path inside',
  },
  {
    name: 'a partial that is missing',
    change: replace(TEMPLATE, 'place:', '{{> tags}}\nplace:'),
    message:
      'template: app/cdk.context.template.yaml:1: no partial tags beside the template, for {{> tags}}: add tags.mustache there',
  },
  {
    name: 'a template that is not YAML',
    change: replace(TEMPLATE, 'queue:', 'queue: ['),
    message: 'template: app/cdk.context.template.yaml:8: missing , between flow sequence items',
  },
  {
    name: 'a template that is a list',
    change: write(TEMPLATE, '- place\n- queue\n'),
    message:
      "template: app/cdk.context.template.yaml: a context is a mapping of keys to values, and this is a list: write 'key: value'",
  },
  {
    name: 'a key twice',
    change: replace(TEMPLATE, 'queue:', 'place: 1\nqueue:'),
    message: 'template: app/cdk.context.template.yaml:6: duplicate key "place": keep one of them',
  },
  {
    name: 'an object in the middle of a text',
    inputs: { variables: 'retentionDays: { days: 4 }' },
    change: replace(TEMPLATE, '{{retentionDays}}', '{{retentionDays}} days'),
    message:
      'template: app/cdk.context.template.yaml:8: {{retentionDays}} is an object and cannot become text: give it a value of its own, without text beside the tag',
  },
  {
    name: 'a key that cdk.json sets as well',
    change: replace('app/cdk.json', '"context": {', '"context": { "queue": { "name": "jobs" },'),
    message:
      'context: set twice: "queue" by app/cdk.context.template.yaml, and by the context of app/cdk.json, which would win: remove it from one of them',
  },
  {
    name: 'a key of the context input that cdk.json sets as well',
    inputs: { context: '{ "@aws-cdk/core:enablePartitionLiterals": false }' },
    message:
      'context: set twice: "@aws-cdk/core:enablePartitionLiterals" by the context input, and by the context of app/cdk.json, which would win: remove it from one of them',
  },
  {
    name: 'a context input that is no mapping',
    inputs: { context: 'queue' },
    message:
      "template: the context input: a context is a mapping of keys to values, and this is a string: write 'key: value'",
  },
  {
    name: 'a cdk.context.json that is not JSON',
    change: write('app/cdk.context.json', 'zones: none\n'),
    message:
      "context: app/cdk.context.json: is not valid JSON (at 'z'): mend it, or delete it and let the CDK look its values up again",
  },
  {
    name: 'a cdk.context.json that is cut',
    change: write('app/cdk.context.json', '{ "zones":\n'),
    message:
      'context: app/cdk.context.json: is not valid JSON (it ends too early): mend it, or delete it and let the CDK look its values up again',
  },
  {
    name: 'a cdk.context.json that is a list',
    change: write('app/cdk.context.json', '[]\n'),
    message:
      'context: app/cdk.context.json: is not a JSON object: mend it, or delete it and let the CDK look its values up again',
  },
  {
    name: 'no cdk.json',
    change: (checkout) => {
      rmSync(path.join(checkout, 'app/cdk.json'));
    },
    message: "cdk: there is no cdk.json in 'app': set working-directory, or the release's app, to its folder",
  },
  {
    name: 'a cdk.json that is not JSON',
    change: write('app/cdk.json', '{\n  "app": node app.mjs\n}\n'),
    message:
      'cdk: app/cdk.json is not JSON (Unexpected token \'o\', ..."  "app": node app.mj"... is not valid JSON): mend it',
  },
  {
    name: 'a cdk.json that is a list',
    change: write('app/cdk.json', '["node app.mjs"]'),
    message: 'cdk: app/cdk.json is not a JSON object: write {"app": "<command>"}',
  },
  {
    name: 'a project with aws-cdk 3.0.0',
    change: accident,
    message:
      'cdk: <place>/checkout/app/node_modules/aws-cdk/package.json is aws-cdk 3.0.0, a release by accident that reads no current assembly: install aws-cdk@2.1148.1',
  },
];
