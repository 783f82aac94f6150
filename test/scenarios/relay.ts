import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ACCOUNT, DEPLOY_ROLE, PLAN_ROLE, REGION, ROOT, writeConfig } from './consumer.js';

/** Names of the small app's stacks in CloudFormation. */
export const RELAY = 'acme-corp-prototype-relay';
export const ALARM = 'acme-corp-prototype-alarm';

/** What the small app takes for its secret; it stands in a resource and in an output. */
export const API_KEY = 'relay-planted-api-key-5c1f8e';

/** A `cdk.context.json` as a team commits it: with a look-up, and not as a machine would write it. */
export const CONTEXT = `{\n   "availability-zones:account=${ACCOUNT}:region=${REGION}": ["eu-central-1a","eu-central-1b"] }`;

/** The config of the small app's team. */
export function relayConfig(prototype: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    schema: 1,
    organization: 'acme-corp',
    environments: {
      prototype: {
        account: ACCOUNT,
        region: REGION,
        roles: { plan: PLAN_ROLE, deploy: DEPLOY_ROLE },
        when: { 'pull-request': { branches: ['main'] }, push: { branches: ['main'] } },
        variables: { apiKey: API_KEY },
        ...prototype,
      },
    },
    releases: { relay: { app: 'relay', templates: 'relay/resources' } },
    version: { default: 'v1' },
  };
}

/** A repository with the small app of `test/fixtures/apps/relay`, its packages installed, and a config. */
export function makeRelay(folder: string, config = relayConfig()): string {
  mkdirSync(path.join(folder, '.github'), { recursive: true });
  cpSync(path.join(ROOT, 'test/fixtures/apps/relay'), path.join(folder, 'relay'), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  writeFileSync(path.join(folder, 'relay/cdk.context.json'), CONTEXT);
  writeConfig(folder, config);
  return folder;
}

/** What a version of the small app is to be like, as `relay.json` says it. */
export interface RelaySettings {
  readonly retentionDays: number;
  readonly deadLetters?: boolean;
  /** A resource beside the others. */
  readonly extra?: { readonly type: string; readonly properties: Readonly<Record<string, unknown>> };
  /** Default of a parameter with `NoEcho`. */
  readonly pin?: string;
  /** An output whose name tells of a secret, and whose value only AWS knows. */
  readonly storeToken?: boolean;
  /** The app fails with these words. */
  readonly fail?: string;
  /** The app prints its environment, a variable a line. */
  readonly printEnvironment?: boolean;
  /** The stack is in progress until somebody opens the gate of this name. */
  readonly gate?: string;
  /** The app says `relay waits` and does so. */
  readonly wait?: boolean;
}

/** Changes the app as a commit does. */
export function writeSettings(workspace: string, settings: RelaySettings, version = 'v1'): void {
  const file = path.join(workspace, 'relay/resources/prototype', version, 'relay.json');
  writeFileSync(file, JSON.stringify(settings));
}

/** A folder's files by their paths, each with its mode and digest; a link is where it leads to. */
export function snapshot(folder: string, below = ''): Readonly<Record<string, string>> {
  const entries = readdirSync(path.join(folder, below), { withFileTypes: true }).map((entry) => {
    const name = path.join(below, entry.name);
    const file = path.join(folder, name);
    if (entry.isDirectory()) return snapshot(folder, name);
    if (entry.isSymbolicLink()) return { [name]: `-> ${readlinkSync(file)}` };
    const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
    return { [name]: `${(statSync(file).mode & 0o777).toString(8)} ${digest}` };
  });
  return Object.assign({}, ...entries) as Record<string, string>;
}
