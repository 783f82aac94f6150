import { ActionError } from '../errors.js';
import type { Config } from './config.js';
import type { Decision } from './decision.js';
import type { EventContext } from './event.js';
import { lookup } from './lookup.js';
import { NAME } from './names.js';
import type { Catalogue, ResolveRequest } from './request.js';
import { listed, quote } from './wording.js';

export interface VersionQuestion {
  readonly request: Pick<ResolveRequest, 'version'>;
  readonly event: EventContext;
  readonly config: Config | undefined;
  readonly environment: string;
  /** Folder of the app's templates. @default the app has no versioned templates */
  readonly templates?: string;
}

/**
 * The version of an app's templates: that of the input, or of a `workflow_dispatch` input; else the newest folder with
 * the major of the tag (`v1.4.2`); else the environment's in the config; else `version.default`; else the only one
 * there is. An app without templates keeps what an input or the config says, unchecked, and is not asked for more.
 * @throws ActionError `resolution` with the versions that there are, and their folder
 */
export function chooseVersion(question: VersionQuestion, catalogue: Catalogue): Decision<string> {
  const { environment, templates } = question;
  const said = namedBy(question);
  if (templates === undefined) return unchecked(said ?? configured(question));

  const folder = `${templates}/${environment}`;
  const versions = [...catalogue.versions(templates, environment)].sort(newestFirst);
  const decision = said ?? fromTag(question, versions, folder) ?? configured(question);
  if (decision !== undefined) {
    if (versions.includes(decision.value)) return decision;
    const { value, source } = decision;
    throw new ActionError(
      'resolution',
      `version ${quote(value)} (${source}) has no templates: ${folder} has ${listed(versions)}; ${versions.length === 0 ? '' : 'name one that is there, or '}add its folder`,
    );
  }
  const [only, ...others] = versions;
  if (only === undefined)
    throw new ActionError(
      'resolution',
      `there are no templates in ${folder}: add ${folder}/v1, or mend 'templates' in the config`,
    );
  if (others.length === 0) return { value: only, source: `the only version in ${folder}` };
  throw new ActionError(
    'resolution',
    `no version is named, and ${folder} has ${versions.join(', ')}: set the input version, or version.default in ${question.config?.file ?? 'a config file'}`,
  );
}

/** The major of a tag that names a version: `v1.4.2`, `1.4.2-rc.1`, `webapp@1.4.2`, `webapp-v1.4`, `v1`. */
export function majorOf(tag: string): string | undefined {
  // Four digits are a year: such a tag says nothing of templates.
  const match = /(?:^|[@/-])(?:v?(\d{1,3})\.\d+\.\d+|v(\d{1,3})(?:\.\d+)?)(?:[-+][\w.+-]*)?$/.exec(tag);
  const major = match?.[1] ?? match?.[2];
  return major === undefined ? undefined : String(Number(major));
}

function namedBy({ request, event }: VersionQuestion): Decision<string> | undefined {
  if (request.version) return { value: request.version, source: 'the input version' };
  const chosen = event.inputs['version'];
  return chosen ? { value: chosen, source: 'the workflow_dispatch input version' } : undefined;
}

function configured({ config, environment }: VersionQuestion): Decision<string> | undefined {
  const own = lookup(config?.environments, environment)?.version;
  if (config === undefined) return undefined;
  if (own !== undefined) return { value: own, source: `environments.${environment}.version in ${config.file}` };
  const usual = config.version?.default;
  return usual === undefined ? undefined : { value: usual, source: `version.default in ${config.file}` };
}

function fromTag(
  { event: { tag } }: VersionQuestion,
  versions: readonly string[],
  folder: string,
): Decision<string> | undefined {
  const major = tag === undefined ? undefined : majorOf(tag);
  if (tag === undefined || major === undefined) return undefined;
  const newest = versions.find((version) => String(partsOf(version)?.[0]) === major);
  if (newest !== undefined) return { value: newest, source: `tag ${tag}, newest of its major in ${folder}` };
  throw new ActionError(
    'resolution',
    `tag ${quote(tag)} has no templates of its major: ${folder} has ${listed(versions)}; add ${folder}/v${major}, or set the input version`,
  );
}

function unchecked(decision: Decision<string> | undefined): Decision<string> {
  if (decision === undefined) return { value: '', source: 'the app has no versioned templates' };
  if (NAME.test(decision.value))
    return { ...decision, source: `${decision.source}, not checked: the app has no versioned templates` };
  throw new ActionError(
    'resolution',
    `version ${quote(decision.value)} (${decision.source}) is no name: it must match ${NAME.source}`,
  );
}

/** Numbers of `v1` or `v1.10`. */
function partsOf(version: string): readonly number[] | undefined {
  return /^v?\d+(\.\d+)*$/.test(version) ? version.replace(/^v/, '').split('.').map(Number) : undefined;
}

function newestFirst(left: string, right: string): number {
  return right.localeCompare(left, 'en', { numeric: true });
}
