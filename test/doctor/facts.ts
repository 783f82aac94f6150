import type { AppFacts, Facts, PlaceFacts, SynthesisFacts } from '../../src/doctor/facts.js';
import { known } from '../../src/doctor/model.js';

/** A role that is known to let everybody in. */
export const OPEN_POLICY = JSON.stringify({
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'github' } }],
});

export const appFacts = (more: Partial<AppFacts> = {}): AppFacts => ({
  folder: 'app',
  cdkJson: known({ file: 'app/cdk.json', body: { app: 'node app.js' }, text: '{ "app": "node app.js" }' }),
  contexts: [],
  cli: { version: '2.1148.1', ofProject: true },
  wants: [],
  programs: { node: '' },
  git: known({ outChecked: 0 }),
  ...more,
});

export const placeFacts = (more: Partial<PlaceFacts> = {}): PlaceFacts => ({
  environment: 'prototype',
  region: 'eu-west-1',
  main: 'plan',
  chains: [],
  roles: [],
  subjects: known(['repo:acme@7/web@42:pull_request', 'repo:acme/web:pull_request']),
  bootstrap: known({
    account: '111122223333',
    region: 'eu-west-1',
    version: 33,
    roles: [],
    execution: known({ arn: 'arn:aws:iam::111122223333:role/exec', there: true }),
  }),
  stacks: known([]),
  ...more,
});

export const synthesisFacts = (more: Partial<SynthesisFacts> = {}): SynthesisFacts => ({
  target: 'prototype-app-eu-west-1',
  folder: 'app',
  lookups: [],
  unstable: known([]),
  ...more,
});

/** A job on GitHub in which nothing is wrong. */
export const wellFacts = (more: Partial<Facts> = {}): Facts => ({
  onGitHub: true,
  inputs: {
    durationSeconds: 3600,
    audience: 'sts.amazonaws.com',
    qualifier: 'hnb659fds',
    toolkitStackName: 'CDKToolkit',
    rolesGiven: true,
  },
  config: {},
  workflows: [],
  apps: [appFacts()],
  targets: [{ environment: 'prototype', release: 'app' }],
  job: { repository: 'acme/web', identity: true, fork: false, token: known({ valid: true, mayComment: true }) },
  places: known([placeFacts()]),
  syntheses: known([synthesisFacts()]),
  ...more,
});
