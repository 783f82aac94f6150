import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Context } from '../../src/commands/context.js';
import { readInputs, type Inputs } from '../../src/inputs.js';
import { openPlace } from '../../src/place.js';
import { run } from '../../src/run.js';
import type { Outcome } from '../../src/outputs.js';
import type { RunnerEvent } from '../emulators/runner/events.js';
import { fakePorts, type Fakes } from '../fakes/ports.js';

/** A checkout, and every edge of the process as a fake. */
export interface Workspace {
  readonly folder: string;
  readonly fakes: Fakes;
  /** Runs a command as `index.ts` does. */
  run(inputs: Readonly<Record<string, string>>, event: RunnerEvent): Promise<Outcome>;
  end(): void;
}

/** @param files text by path */
export function makeWorkspace(files: Readonly<Record<string, string>>): Workspace {
  const folder = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  const checkout = path.join(folder, 'checkout');
  mkdirSync(checkout);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(checkout, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const fakes = fakePorts();
  return {
    folder: checkout,
    fakes,
    run: (given, event) => {
      const env = {
        RUNNER_TEMP: path.join(folder, 'temp'),
        GITHUB_WORKSPACE: checkout,
        GITHUB_EVENT_NAME: event.name,
        GITHUB_REF: event.ref,
        GITHUB_SHA: event.sha,
        GITHUB_REPOSITORY: 'acme-corp/webapp',
        GITHUB_RUN_ID: '7001',
        ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9',
      };
      const inputs: Inputs = readInputs((name) => given[name] ?? '');
      const context: Context = {
        ports: fakes.ports,
        place: openPlace(env, () => undefined),
        env,
        payload: event.payload,
      };
      return run(inputs, context);
    },
    end: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two environments in accounts of their own. */
export const CONFIG = `
schema: 1
environments:
  prototype:
    account: '111122223333'
    regions: [eu-central-1, eu-west-1]
    roles: { plan: 'arn:aws:iam::111122223333:role/plan', deploy: 'arn:aws:iam::111122223333:role/deploy' }
    when: { push: { branches: [main] } }
  production:
    account: '444455556666'
    region: eu-central-1
    roles: { plan: 'arn:aws:iam::444455556666:role/plan', deploy: 'arn:aws:iam::444455556666:role/deploy' }
releases:
  net: { app: net, build: { before: make } }
  web: { app: web, needs: [net] }
  all: { releases: [net, web] }
  init: { app: init }
`;

export const FILES = {
  '.github/deploy.yml': CONFIG,
  'net/pom.xml': '',
  'web/package.json': '{}',
  'init/go.mod': '',
};
