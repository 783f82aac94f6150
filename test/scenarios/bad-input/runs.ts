import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { push } from '../../emulators/runner/events.js';
import type { Case } from './case.js';
import { CONFIG, replace } from './checkout.js';

const ACCOUNT = "account: '111122223333'";
const ROLE = 'arn:aws:iam::111122223333:role/deployer';
const CONTEXT = 'deploy-action/prototype-queue-eu-central-1/context.json';

/** What can only be seen with the credentials: nobody but STS is asked. */
export const CREDENTIALS: readonly Case[] = [
  {
    name: 'credentials of another account',
    keys: { account: '444455556666' },
    calls: ['sts:GetCallerIdentity'],
    message:
      'credentials: the credentials are of account 444455556666, environment prototype is account 111122223333: take a role of 111122223333',
  },
  {
    name: 'credentials of an account that is not allowed',
    change: replace(CONFIG, `    ${ACCOUNT}\n`, ''),
    keys: { account: '444455556666' },
    inputs: { 'allowed-account-ids': '111122223333, 777788889999' },
    calls: ['sts:GetCallerIdentity'],
    message:
      'credentials: the credentials are of account 444455556666, allowed-account-ids has 111122223333, 777788889999: take a role of an allowed account, or add this one',
  },
  {
    name: 'no credentials',
    keys: 'none',
    message:
      "credentials: there are no credentials for prototype (Could not load credentials from any providers): set role-to-assume, or the environment's roles in the config, or run aws-actions/configure-aws-credentials before",
  },
  {
    name: 'a job without id-token: write',
    keys: 'none',
    inputs: { 'role-to-assume': ROLE },
    job: { idToken: false },
    message:
      "credentials: GitHub gives this job no OIDC token (Error message: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable): add 'id-token: write' to the job's permissions; a pull request from a fork never gets one",
  },
  {
    name: 'a role that refuses the job',
    keys: 'none',
    inputs: { 'role-to-assume': ROLE },
    calls: ['sts:AssumeRoleWithWebIdentity'],
    message:
      "credentials: role arn:aws:iam::111122223333:role/deployer refuses GitHub's token: Not authorized to perform sts:AssumeRoleWithWebIdentity; this job's subject is 'repo:acme-corp@77/webapp@4242:pull_request' (in its other form 'repo:acme-corp/webapp:pull_request'), its audience 'sts.amazonaws.com': the trust policy needs both, as token.actions.githubusercontent.com:sub and :aud",
  },
  {
    name: 'a second role that refuses the first',
    keys: 'none',
    inputs: { 'role-to-assume': 'arn:aws:iam::111122223333:role/entry\narn:aws:iam::111122223333:role/inner' },
    calls: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole'],
    message:
      'credentials: role arn:aws:iam::111122223333:role/inner cannot be taken: User: arn:aws:sts::111122223333:assumed-role/entry/deploy-action is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/inner; check that its trust policy names the role before it and that it asks for no external id',
  },
];

/** What only the app's own run can tell. */
export const RUNS: readonly Case[] = [
  {
    name: 'an app that fails',
    change: replace(CONFIG, 'retentionDays: 4', 'retentionDays: 15'),
    calls: ['sts:GetCallerIdentity'],
    leaves: [CONTEXT],
    message: 'cdk: cdk diff failed: queue.retentionDays is 15: SQS keeps messages for 14 days at most',
  },
  {
    name: 'an app whose program is not there',
    inputs: { app: 'nodde app.mjs' },
    calls: ['sts:GetCallerIdentity'],
    leaves: [CONTEXT],
    message: 'cdk: cdk diff failed: /bin/sh: 1: nodde: not found',
  },
  {
    name: 'a stack that the app does not have, in a diff',
    inputs: { stacks: 'Topic' },
    calls: ['sts:GetCallerIdentity'],
    leaves: [CONTEXT],
    message: "resolution: stacks 'Topic' selects nothing: the app has Queue",
  },
  {
    name: 'a stack that the app does not have, in a deployment',
    inputs: { command: 'deploy', stacks: 'Queue Topic' },
    calls: ['sts:GetCallerIdentity'],
    leaves: [CONTEXT],
    message: "resolution: stacks 'Topic' selects nothing: the app has Queue",
  },
  {
    name: 'a stack that the app does not have, in a synthesis',
    inputs: { command: 'synth', stacks: 'Topic' },
    keys: 'none',
    leaves: [CONTEXT],
    message: "resolution: stacks 'Topic' selects nothing: the app has Queue",
  },
  {
    name: 'a look-up without credentials',
    inputs: { command: 'synth', variables: 'lookup: /acme/retention' },
    keys: 'none',
    leaves: [CONTEXT],
    message:
      'cdk: look-ups are missing: ssm:account=111122223333:parameterName=/acme/retention:region=eu-central-1: synthesise once with credentials and commit what the CDK adds to cdk.context.json',
  },
];

function plans(name: string, text?: string): NonNullable<Case['change']> {
  return (checkout) => {
    mkdirSync(path.join(checkout, 'plans'));
    if (text !== undefined) writeFileSync(path.join(checkout, 'plans', name), text);
  };
}

/** What `report` is given. */
export const PLANS: readonly Case[] = [
  {
    name: 'no plans',
    inputs: { command: 'report' },
    message: 'input: plans is missing: name the plan files, or a folder of them',
  },
  {
    name: 'plans that are not there',
    inputs: { command: 'report', plans: 'plans' },
    message: "input: plans names 'plans', which is not there: download it first",
  },
  {
    name: 'a folder without plans',
    change: plans(''),
    inputs: { command: 'report', plans: 'plans' },
    message: "input: plans names 'plans', which holds no plan.json: name the folder of what diff has left as plan-file",
  },
  {
    name: 'a plan that is not JSON',
    change: plans('plan.json', 'no\nplan'),
    inputs: { command: 'report', plans: 'plans' },
    message:
      'plan: plans/plan.json: no JSON (Unexpected token \'o\', "no plan" is not valid JSON): write it anew with command diff',
  },
  {
    name: 'a plan of another schema',
    change: plans('plan.json', '{ "schema": "plan.v2" }'),
    inputs: { command: 'report', plans: 'plans' },
    message:
      'plan: plans/plan.json: schema "plan.v2", this action reads "plan.v1": write the plan with the same version of the action',
  },
  {
    name: 'a plan that was edited',
    change: plans('a.plan.json', '{ "schema": "plan.v1" }'),
    event: push(),
    inputs: { command: 'report', plans: 'plans' },
    message:
      'plan: plans/a.plan.json: createdAt is missing (Invalid input: expected string, received undefined): write the plan anew with command diff',
  },
];
