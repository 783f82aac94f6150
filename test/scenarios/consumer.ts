import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where the web application is deployed to in tests and in the demonstration. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
export const PLAN_ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy-action-plan`;
export const DEPLOY_ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy-action-deploy`;

/** The config of a team that runs the platform's web application. */
export function webappConfig(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    schema: 1,
    organization: 'acme-corp',
    environments: {
      prototype: {
        account: ACCOUNT,
        region: REGION,
        domain: 'prototype.acme-corp.example',
        roles: { plan: PLAN_ROLE, deploy: DEPLOY_ROLE },
        when: { 'pull-request': { branches: ['main'] }, push: { branches: ['main'] } },
      },
    },
    releases: { webapp: { app: 'stacks/webapp', templates: 'stacks/webapp/resources' } },
    version: { default: 'v1' },
    ...overrides,
  };
}

/** A repository as a user has it: the platform's app, its packages installed, and a config. */
export function makeConsumer(folder: string, config: Readonly<Record<string, unknown>> = webappConfig()): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, '.github'), { recursive: true });
  cpSync(path.join(ROOT, 'stacks'), path.join(folder, 'stacks'), {
    recursive: true,
    filter: (file) => !/(?:^|[/\\])(?:cdk\.out|cdk\.context\.json|node_modules|test)$/.test(file),
  });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  writeConfig(folder, config);
  return folder;
}

/** Writes the consumer's config anew, as a commit would. */
export function writeConfig(folder: string, config: Readonly<Record<string, unknown>>): void {
  writeFileSync(path.join(folder, '.github/deploy.yml'), stringify(config));
}
