import { posix } from 'node:path';
import { ActionError } from '../errors.js';
import type { Config } from './config.js';
import { lookup } from './lookup.js';
import type { ReleaseApp } from './model.js';
import type { ResolveRequest } from './request.js';
import type { ReleaseConfig } from './schema/config.js';
import { many } from './schema/parts.js';
import type { BuildConfig } from './toolchain.js';
import { membersOf, wavesOf } from './waves.js';
import { quote } from './wording.js';

/** An app that a run works on. */
export interface App {
  readonly release: string;
  readonly app: ReleaseApp;
  readonly wave: number;
}

/**
 * The apps behind a release, those of the first wave first. Without releases in a config it is the one of the inputs.
 * @throws ActionError `resolution` when none of them goes to the environment, or when releases need each other
 */
export function appsOf(
  name: string,
  request: ResolveRequest,
  environment: string,
  config: Config | undefined,
): readonly App[] {
  if (config?.releases === undefined || Object.keys(config.releases).length === 0) {
    return [{ release: name, app: appOf(undefined, request), wave: 1 }];
  }
  const selected = membersOf(name, config, (release) => goesTo(release, environment, config));
  if (selected.length === 0) {
    throw new ActionError(
      'resolution',
      `release ${quote(name)} does not go to environment ${quote(environment)}: see its 'environments' in ${config.file}`,
    );
  }
  const waves = wavesOf(selected, config);
  return selected
    .map((release) => ({
      release,
      app: appOf(lookup(config.releases, release), request),
      wave: waves.get(release) ?? 1,
    }))
    .sort((left, right) => left.wave - right.wave);
}

function goesTo(release: string, environment: string, config: Config): boolean {
  return lookup(config.releases, release)?.environments?.includes(environment) ?? true;
}

function appOf(release: ReleaseConfig | undefined, request: ResolveRequest): ReleaseApp {
  const contextTemplate = request.contextTemplate || release?.['context-template'];
  return {
    folder: tidy((release === undefined ? request.workingDirectory : release.app) || '.'),
    stacks: request.stacks?.length ? request.stacks : many(release?.stacks),
    ...(release?.templates === undefined ? {} : { templates: tidy(release.templates) }),
    ...(contextTemplate ? { contextTemplate: tidy(contextTemplate) } : {}),
    ...(release?.build === undefined ? {} : { build: buildOf(release.build) }),
  };
}

function buildOf({ toolchain, before }: NonNullable<ReleaseConfig['build']>): BuildConfig {
  return {
    ...(toolchain === undefined ? {} : { toolchain }),
    ...(before === undefined ? {} : { before: many(before) }),
  };
}

/** `./stacks/webapp/` → `stacks/webapp`. */
function tidy(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
