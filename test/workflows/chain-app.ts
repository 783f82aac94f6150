import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { ROOT } from '../emulators/programs.js';
import type { TrustRule } from '../emulators/sts/trust.js';
import { REPOSITORY } from '../emulators/runner/events.js';

export const PROTOTYPE = '111122223333';
export const PRODUCTION = '444455556666';

const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/deploy-action-${name}`;

/** How roles trust this repository: plans from anywhere in it, deployments from the environment that they are of. */
export function trust(form: 'old' | 'new' = 'new'): readonly TrustRule[] {
  const { owner, ownerId, name, id } = REPOSITORY;
  const place = form === 'old' ? `${owner}/${name}` : `${owner}@${ownerId}/${name}@${id}`;
  return [
    { environment: 'prototype', account: PROTOTYPE },
    { environment: 'production', account: PRODUCTION },
  ].flatMap(({ environment, account }) => [
    { role: role(account, 'plan'), subjects: [`repo:${place}:pull_request`, `repo:${place}:ref:*`] },
    { role: role(account, 'deploy'), subjects: [`repo:${place}:environment:${environment}`] },
  ]);
}

/** The config of a team with two environments; prototype takes what is merged, production what is released. */
export function chainConfig(more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const environment = (account: string, when: unknown): unknown => ({
    account,
    region: 'eu-central-1',
    roles: { plan: role(account, 'plan'), deploy: role(account, 'deploy') },
    when,
  });
  return {
    schema: 1,
    organization: 'acme',
    environments: {
      prototype: environment(PROTOTYPE, {
        push: { branches: ['main'] },
        'pull-request': true,
        'merge-group': true,
        release: 'prerelease',
      }),
      production: environment(PRODUCTION, { release: 'published', push: { tags: ['v*'] } }),
    },
    releases: { web: { app: 'app' } },
    ...more,
  };
}

/** Six targets in three waves, two of each. */
export const SIX_TARGETS = {
  releases: {
    net: { app: 'app' },
    keys: { app: 'app' },
    data: { app: 'app', needs: ['net'] },
    queue: { app: 'app', needs: ['keys'] },
    web: { app: 'app', needs: ['data'] },
    jobs: { app: 'app', needs: ['queue'] },
    all: { releases: ['net', 'keys', 'data', 'queue', 'web', 'jobs'] },
  },
};

/** What the app is to be like, by release. */
export type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Writes a repository with the app of one stack; its packages are those of this checkout. */
export function makeChain(folder: string, config = chainConfig(), settings: Settings = {}): void {
  mkdirSync(path.join(folder, '.github'), { recursive: true });
  cpSync(path.join(ROOT, 'test/fixtures/apps/chain'), path.join(folder, 'app'), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  writeFileSync(path.join(folder, '.github/deploy.yml'), stringify(config));
  writeSettings(folder, settings);
}

/** Changes the app as a commit does. */
export function writeSettings(folder: string, settings: Settings): void {
  writeFileSync(path.join(folder, 'app/settings.json'), JSON.stringify(settings));
}

/** Changes the config as a commit does. */
export function writeConfig(folder: string, config: Readonly<Record<string, unknown>>): void {
  writeFileSync(path.join(folder, '.github/deploy.yml'), stringify(config));
}
