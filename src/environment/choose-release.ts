import { ActionError } from '../errors.js';
import type { Config } from './config.js';
import type { Decision } from './decision.js';
import type { EventContext } from './event.js';
import { NAME } from './names.js';
import type { ResolveRequest } from './request.js';
import { hint, listed, quote } from './wording.js';

/** The release of a repository that configures none. */
const ONLY = 'app';
/** The release that is meant when several are there and none is named. */
const EVERYTHING = 'all';

/**
 * The release: that of the input, or of a `workflow_dispatch` input; else the only one (apart from the one that
 * bootstraps), else the one called `all`; without releases in a config, `app`.
 * @throws ActionError `resolution`
 */
export function chooseRelease(
  request: Pick<ResolveRequest, 'release'>,
  event: EventContext,
  config: Config | undefined,
): Decision<string> {
  const all = Object.keys(config?.releases ?? {});
  const named = namedBy(request, event);
  if (named !== undefined) return known(named, all, config);
  if (config === undefined || all.length === 0) return { value: ONLY, source: 'no release is named or configured' };
  const deployed = all.filter((name) => name !== config.bootstrap);
  const candidates = deployed.length > 0 ? deployed : all;
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return { value: only, source: `the only release in ${config.file}` };
  if (all.includes(EVERYTHING)) return { value: EVERYTHING, source: `releases.${EVERYTHING} in ${config.file}` };
  throw new ActionError(
    'resolution',
    `no release is named, and ${config.file} has ${candidates.join(', ')}: set the input release, or add a release '${EVERYTHING}' that names them`,
  );
}

function namedBy(request: Pick<ResolveRequest, 'release'>, event: EventContext): Decision<string> | undefined {
  if (request.release) return { value: request.release, source: 'the input release' };
  const chosen = event.inputs['release'];
  return chosen ? { value: chosen, source: 'the workflow_dispatch input release' } : undefined;
}

function known(decision: Decision<string>, all: readonly string[], config: Config | undefined): Decision<string> {
  const { value, source } = decision;
  if (config !== undefined && all.length > 0) {
    if (all.includes(value)) return decision;
    throw new ActionError(
      'resolution',
      `release ${quote(value)} (${source}) is unknown${hint(value, all)}: ${config.file} has ${listed(all)}`,
    );
  }
  if (NAME.test(value)) return decision;
  throw new ActionError('resolution', `release ${quote(value)} (${source}) is no name: it must match ${NAME.source}`);
}
