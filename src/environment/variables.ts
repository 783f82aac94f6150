import { ActionError } from '../errors.js';
import type { Resolution, ResolvedTarget } from './model.js';
import type { BUILT_IN_VARIABLES } from './names.js';
import { quote } from './wording.js';

/** What is known of the run itself. */
export interface Facts {
  readonly commit: string;
  readonly ref: string;
  readonly repository: string;
  readonly runUrl: string;
}

/** Variables that differ from run to run though nothing changes: the fingerprint puts their names in their place. */
export const VOLATILE = ['commit', 'ref', 'runUrl', 'releaseVersion'] as const;

type BuiltIn = (typeof BUILT_IN_VARIABLES)[number];

/**
 * The variables of a target's templates: the built-in ones, and the config's. What is not known is left out, so that a
 * template which wants it fails with its line; so is the version of an app without versioned templates.
 * `releaseVersion` is empty without a tag.
 * @throws ActionError `config` when the config's variables define a built-in one
 */
export function contextVariables(
  resolution: Resolution,
  target: ResolvedTarget,
  facts: Facts,
): Record<string, unknown> {
  const builtIn: Record<BuiltIn, unknown> = {
    organization: resolution.organization,
    name: resolution.name ?? target.environment,
    alias: resolution.alias,
    synthesizer: resolution.synthesizer,
    team: resolution.team,
    contributor: resolution.contributor,
    environment: target.environment,
    version: target.version || undefined,
    release: target.release,
    account: target.account,
    region: target.region,
    domain: target.domain,
    tags: resolution.tags,
    commit: facts.commit,
    ref: facts.ref,
    repository: facts.repository,
    runUrl: facts.runUrl,
    releaseVersion: resolution.releaseVersion,
  };
  for (const name of Object.keys(target.variables)) {
    if (Object.hasOwn(builtIn, name)) {
      throw new ActionError(
        'config',
        `environments.${target.environment}.variables defines ${quote(name)}, which is built in: choose another name`,
      );
    }
  }
  const known = Object.entries(builtIn).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(known), ...target.variables };
}
