import { rmSync } from 'node:fs';
import path from 'node:path';
import { dispatch, push } from '../../emulators/runner/events.js';
import type { Case } from './case.js';
import { CONFIG, replace, write } from './checkout.js';

const ACCOUNT = "account: '111122223333'";

/** Config file and resolution: what is not known, not clear, or not allowed. */
export const PLACES: readonly Case[] = [
  {
    name: 'an unknown environment',
    inputs: { environment: 'prototyp' },
    message:
      "resolution: environment 'prototyp' (the input environment) is unknown (did you mean 'prototype'?): .github/deploy.yml has prototype or production",
  },
  {
    name: 'an unknown environment, by hand',
    inputs: { environment: '' },
    event: dispatch({ environment: 'staging' }),
    message:
      "resolution: environment 'staging' (the workflow_dispatch input environment) is unknown: .github/deploy.yml has prototype or production",
  },
  {
    name: 'an environment that is no name, without a config',
    change: noConfig,
    inputs: { environment: 'Prod!' },
    message:
      "resolution: environment 'Prod!' (the input environment) is no name: it must match ^[a-z0-9][a-z0-9.-]{0,62}$",
  },
  {
    name: 'a version without templates',
    inputs: { version: 'v9' },
    message:
      "resolution: version 'v9' (the input version) has no templates: app/resources/prototype has v2 or v1; name one that is there, or add its folder",
  },
  {
    name: 'a tag without templates of its major',
    inputs: { environment: 'prototype' },
    event: push('refs/tags/v7.1.0'),
    message:
      "resolution: tag 'v7.1.0' has no templates of its major: app/resources/prototype has v2 or v1; add app/resources/prototype/v7, or set the input version",
  },
  {
    name: 'two environments for one event',
    inputs: { environment: '' },
    event: push(),
    change: replace(CONFIG, 'when: { pull-request: { branches: [main] } }', "when: { push: { branches: ['*'] } }"),
    message:
      "resolution: 'push to main' leads to prototype and production: narrow one environment's 'when' in .github/deploy.yml, or set the input environment",
  },
  {
    name: 'an event that leads nowhere',
    inputs: { environment: '' },
    event: push('refs/heads/topic'),
    message:
      "resolution: no environment for 'push to topic': set the input environment, or add the event to a 'when' in .github/deploy.yml (prototype: pull-request (branches main); production: push (branches main))",
  },
  {
    name: 'the placeholder account',
    change: replace(CONFIG, '111122223333', '000000000000'),
    message:
      "config: .github/deploy.yml:5: environments.prototype.account: '000000000000' is a placeholder: put the id of the account",
  },
  {
    name: 'an account of eleven digits',
    change: replace(CONFIG, '111122223333', '11112222333'),
    message: "config: .github/deploy.yml:5: environments.prototype.account: '11112222333' must be 12 digits",
  },
  {
    name: 'an account that YAML takes for a number',
    change: replace(CONFIG, ACCOUNT, 'account: 011112222333'),
    message:
      "config: .github/deploy.yml:5: environments.prototype.account: 011112222333 must be 12 digits in quotes ('012345678901'), since a number loses its leading zeros",
  },
  {
    name: 'an account that is not allowed',
    inputs: { 'allowed-account-ids': '444455556666' },
    message:
      "resolution: account 111122223333 of environment 'prototype' is not allowed: allowed-account-ids has 444455556666; add it there, or go to another environment",
  },
  {
    name: 'an allowed account that is none',
    inputs: { 'allowed-account-ids': '1234' },
    message: "resolution: account '1234' (allowed-account-ids) is not 12 digits: put the id of the account",
  },
  {
    name: 'an unknown release',
    inputs: { release: 'queues' },
    message:
      "resolution: release 'queues' (the input release) is unknown (did you mean 'queue'?): .github/deploy.yml has queue",
  },
  {
    name: 'releases that need each other',
    change: replace(CONFIG, '  queue: {', '  topic: { app: app, needs: [queue] }\n  queue: { needs: [topic],'),
    inputs: { release: 'queue' },
    message:
      "resolution: releases go round in a circle (queue → topic → queue): take one out of 'needs' in .github/deploy.yml",
  },
  {
    name: 'an environment name with capitals',
    change: replace(CONFIG, '  production:', '  Production:'),
    message:
      "config: .github/deploy.yml:9: environments: 'Production': environment name must match ^[a-z0-9][a-z0-9.-]{0,62}$ (small letters, digits, dots and dashes, 63 at most)",
  },
  {
    name: 'a release name with a slash',
    change: replace(CONFIG, '  queue: {', '  queue/jobs: {'),
    message:
      "config: .github/deploy.yml:15: releases: 'queue/jobs': release name must match ^[a-z0-9][a-z0-9.-]{0,62}$ (small letters, digits, dots and dashes, 63 at most)",
  },
  {
    name: 'no region',
    change: noConfig,
    env: { AWS_REGION: '', AWS_DEFAULT_REGION: '' },
    message: "resolution: environment 'prototype' has no region: set the input aws-region",
  },
  {
    name: 'a region that is none',
    inputs: { 'aws-region': 'Frankfurt' },
    message: "resolution: region 'Frankfurt' (the input aws-region) is no region: write it as us-west-2",
  },
  {
    name: 'several targets',
    change: replace(CONFIG, 'region: eu-central-1', 'regions: [eu-central-1, eu-west-1]'),
    message:
      'resolution: there are 2 targets (prototype-queue-eu-central-1, prototype-queue-eu-west-1), and this command works on one: name one with release and aws-region, or run the command resolve first and a matrix over its output targets',
  },
  {
    name: 'a config that is not YAML',
    change: replace(CONFIG, 'version: { default: v1 }', 'version: { default: v1'),
    message:
      'config: .github/deploy.yml:17: is not valid YAML: flow map in block collection must be sufficiently indented and end with a }',
  },
  {
    name: 'an unknown key',
    change: replace(CONFIG, '    region:', '    regoin:'),
    message:
      "config: .github/deploy.yml:6: environments.prototype: unknown key 'regoin' (did you mean 'region'?): known are account, region, regions, roles, domain, url, name, variables, when, protected, gates, exceptions, ephemeral, version",
  },
  {
    name: 'a value of another type',
    change: replace(CONFIG, '    region:', "    protected: 'yes'\n    region:"),
    message: "config: .github/deploy.yml:6: environments.prototype.protected: 'yes' must be true or false",
  },
  {
    name: 'on in place of when',
    change: replace(CONFIG, '    when:', '    on:'),
    message:
      "config: .github/deploy.yml:7: environments.prototype: unknown key 'on' (here it is called 'when'): known are account, region, regions, roles, domain, url, name, variables, when, protected, gates, exceptions, ephemeral, version",
  },
  {
    name: 'a config of another schema',
    change: replace(CONFIG, 'schema: 1', 'schema: 2'),
    message: 'config: .github/deploy.yml:1: schema: 2 must be 1',
  },
  {
    name: 'a variable that is built in',
    change: replace(CONFIG, 'retentionDays: 4', 'region: here'),
    message:
      "config: .github/deploy.yml:8: environments.prototype.variables: 'region': variable is built in: choose another name",
  },
  {
    name: 'a role of another account',
    change: replace(CONFIG, ACCOUNT, `${ACCOUNT}\n    roles: { deploy: 'arn:aws:iam::444455556666:role/deploy' }`),
    message:
      "resolution: role 'arn:aws:iam::444455556666:role/deploy' leads to account 444455556666, but environments.prototype.account in .github/deploy.yml is 111122223333: make them agree",
  },
  {
    name: 'a config that is missing',
    inputs: { config: 'deploy.yaml' },
    message: "config: config 'deploy.yaml' is not there: name the file, or leave the input out",
  },
  {
    name: 'a config that is a folder',
    inputs: { config: '.github' },
    message: "config: config '.github' is not a file: name the file itself",
  },
  {
    name: 'a config outside',
    change: write('../deploy.yml', 'schema: 1'),
    inputs: { config: '../deploy.yml' },
    message: 'config: config ../deploy.yml: leads out of the workspace, to <place>/deploy.yml: name a path inside',
  },
];

function noConfig(checkout: string): void {
  rmSync(path.join(checkout, CONFIG));
}
