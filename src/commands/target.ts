import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { resolveInside } from '../cdk/workspace.js';
import { parseConfig, type Config } from '../environment/config.js';
import { eventFrom, type EventContext } from '../environment/event.js';
import type { Resolution, ResolvedTarget } from '../environment/model.js';
import type { Catalogue, ResolveRequest } from '../environment/request.js';
import { publicTargets, resolve } from '../environment/resolve.js';
import { ActionError } from '../errors.js';
import type { CredentialInputs, WhereInputs } from '../inputs.js';
import type { Outputs } from '../outputs.js';
import type { PlanSource } from '../plan/model.js';
import type { Context } from './context.js';
import { runFacts } from './facts.js';

export type TargetInputs = WhereInputs & CredentialInputs & { readonly contextTemplate: string };

/** What a run is about, and what is to be said of it whatever the command does. */
export interface Resolved {
  readonly resolution: Resolution;
  readonly event: EventContext;
  readonly outputs: Outputs;
}

/** The one target that a command works on. */
export interface Found extends Resolved {
  readonly target: ResolvedTarget;
  readonly origin: PlanSource;
  /** The commit that a reader knows: a pull request's head, not its merge with the base. */
  readonly commit: string;
}

/**
 * Decides where and what, and says nothing.
 * @throws ActionError `config` or `resolution`
 */
export function decide(inputs: TargetInputs, context: Context, release = inputs.release): Omit<Resolved, 'outputs'> {
  const event = eventFrom(context.env, context.payload);
  const resolution = resolve(
    requestOf(inputs, context, release),
    event,
    readConfig(inputs.config, context),
    catalogueOf(context.place.workspace),
  );
  return { resolution, event };
}

/**
 * Decides where and what, and says why.
 * @throws ActionError `config` or `resolution`
 */
export function resolveRun(inputs: TargetInputs, context: Context, release = inputs.release): Resolved {
  const { runner } = context.ports;
  const { resolution, event } = decide(inputs, context, release);
  for (const line of decisions(resolution)) runner.info(line);
  const outputs: Outputs = {
    environment: resolution.environment,
    version: resolution.version,
    'release-version': resolution.releaseVersion,
    targets: publicTargets(resolution),
  };
  return { resolution, event, outputs };
}

/** What the inputs, and the region of the process, say of where and what. */
export function requestOf(inputs: TargetInputs, { env }: Context, release = inputs.release): ResolveRequest {
  const ambientRegion = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  return {
    environment: inputs.environment,
    version: inputs.version,
    release,
    stacks: inputs.stacks,
    region: inputs.region,
    ...(ambientRegion === undefined ? {} : { ambientRegion }),
    allowedAccountIds: inputs.allowedAccountIds,
    roles: inputs.roles,
    externalIds: inputs.externalIds,
    sessionTags: inputs.sessionTags,
    workingDirectory: inputs.workingDirectory,
    contextTemplate: inputs.contextTemplate,
  };
}

/** What was decided, and which source won. */
function decisions(resolution: Resolution): readonly string[] {
  const { environment, release, version, releaseVersion, targets } = resolution;
  const region = [...new Set(targets.map((target) => target.region))].join(', ');
  const values: Readonly<Record<string, string>> = {
    environment,
    release,
    version,
    region,
    'release-version': releaseVersion,
  };
  return Object.entries(resolution.sources).map(([what, why]) =>
    values[what] ? `${what}: ${values[what]}, from ${why}` : `${what}: ${why}`,
  );
}

/**
 * The target of a command that works on one.
 * @throws ActionError `resolution` when there are several
 */
export function findTarget(inputs: TargetInputs, context: Context, release = inputs.release): Found {
  const resolved = resolveRun(inputs, context, release);
  const { resolution, event, outputs } = resolved;
  const [target, ...others] = resolution.targets;
  if (target === undefined || others.length > 0) {
    const ids = resolution.targets.map(({ id }) => id).join(', ');
    throw new ActionError(
      'resolution',
      `there are ${resolution.targets.length} targets (${ids}), and this command works on one: name one with release ` +
        `and aws-region, or run the command resolve first and a matrix over its output targets`,
    );
  }
  const { account } = target;
  if (account !== undefined && inputs.maskAccountId) context.ports.runner.mask(account);
  const commit = event.headSha ?? event.sha;
  return {
    ...resolved,
    target,
    commit,
    origin: { ...runFacts(context), releaseVersion: resolution.releaseVersion },
    outputs: {
      ...outputs,
      version: target.version,
      region: target.region,
      ...(account === undefined ? {} : { account }),
    },
  };
}

/** Without the file the inputs alone suffice; one that was asked for by another name has to be there. */
export function readConfig(name: string, context: Context): Config | undefined {
  const { workspace } = context.place;
  const file = path.resolve(workspace, name || DEFAULT_CONFIG);
  if (!existsSync(file)) {
    if (name === '' || name === DEFAULT_CONFIG) return undefined;
    throw new ActionError('config', `config '${name}' is not there: name the file, or leave the input out`);
  }
  const real = resolveInside(workspace, name || DEFAULT_CONFIG, 'config', 'config');
  if (!statSync(real).isFile()) throw new ActionError('config', `config '${name}' is not a file: name the file itself`);
  return parseConfig(readFileSync(real, 'utf8'), name || DEFAULT_CONFIG);
}

export const DEFAULT_CONFIG = '.github/deploy.yml';

function catalogueOf(workspace: string): Catalogue {
  return {
    versions(templates, environment) {
      const folder = path.resolve(workspace, templates, environment);
      if (!existsSync(folder)) return [];
      const inside = resolveInside(workspace, folder, 'templates', 'config');
      return readdirSync(inside, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
    },
  };
}
