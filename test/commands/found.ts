import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Context } from '../../src/commands/context.js';
import type { Found } from '../../src/commands/target.js';
import type { ResolvedTarget } from '../../src/environment/model.js';
import type { Fakes } from '../fakes/ports.js';

/** A run of the commit `c0ffee` that goes to production. */
export function aFound(target: Partial<ResolvedTarget> = {}): Found {
  const whole: ResolvedTarget = {
    ...{ id: 'production-webapp-eu-central-1', release: 'webapp', environment: 'production', region: 'eu-central-1' },
    ...{ version: 'v1', wave: 1, app: { folder: '.', stacks: [] }, roles: { plan: [], deploy: [] } },
    ...{ variables: {}, protected: false, ephemeral: false, gates: [], bootstrap: 'cdk' },
    exceptions: { types: [], ids: [] },
    ...target,
  };
  const { environment, release, version } = whole;
  return {
    target: whole,
    commit: 'c0ffee',
    origin: {
      repository: 'acme/shop',
      commit: 'c0ffee',
      ref: 'refs/heads/main',
      runUrl: 'u',
      releaseVersion: 'v1.2.0',
    },
    resolution: { environment, release, version, releaseVersion: 'v1.2.0', targets: [whole], sources: {} },
    event: { name: 'push', ref: 'refs/heads/main', inputs: {}, sha: 'c0ffee', repository: 'acme/shop', fork: false },
    outputs: {},
  };
}

/** @param env more variables of the job */
export function aContext({ ports }: Fakes, env: Readonly<Record<string, string>> = {}): Context {
  const workspace = mkdtempSync(path.join(tmpdir(), 'command-'));
  return {
    ports,
    place: { workspace, base: workspace, temp: workspace, results: workspace, toolCache: workspace },
    env: {
      ...{ GITHUB_REPOSITORY: 'acme/shop', GITHUB_SHA: 'c0ffee', GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '1' },
      ...env,
    },
    payload: {},
  };
}
