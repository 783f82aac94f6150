import { ActionError } from '../errors.js';
import type { Config } from './config.js';
import { lookup } from './lookup.js';
import type { ReleaseConfig } from './schema/config.js';

type Releases = Readonly<Record<string, ReleaseConfig>>;

/**
 * The apps behind a release name, each once, in the order in which they are named.
 * @param taken whether a release counts; what it names does not either when it does not. @default all
 * @throws ActionError `resolution` when a release names itself, straight or through others
 */
export function membersOf(
  name: string,
  config: Config,
  taken: (release: string) => boolean = () => true,
): readonly string[] {
  const members = new Set<string>();
  const visit = (release: string, way: readonly string[]): void => {
    refuseCycle(release, way, 'releases', config.file);
    if (!taken(release)) return;
    const inner = lookup(config.releases, release)?.releases;
    if (inner === undefined) members.add(release);
    else for (const each of inner) visit(each, [...way, release]);
  };
  visit(name, []);
  return [...members];
}

/**
 * The wave of each release: one more than the last wave of what it needs, straight or through releases that are not
 * part of the run. What a release needs does not become part of the run by that. What the release of several needs,
 * each of them needs.
 * @returns by release; waves start at 1 and leave no gap
 * @throws ActionError `resolution` when releases need each other
 */
export function wavesOf(selected: readonly string[], config: Config): ReadonlyMap<string, number> {
  const needs = needsOf(config);
  const done = new Map<string, number>();
  /** Waves that have to be over before the release may start. */
  const before = (release: string, way: readonly string[]): number => {
    const known = done.get(release);
    if (known !== undefined) return known;
    refuseCycle(release, way, 'needs', config.file);
    let waves = 0;
    for (const need of needs.get(release) ?? []) {
      waves = Math.max(waves, before(need, [...way, release]) + (selected.includes(need) ? 1 : 0));
    }
    done.set(release, waves);
    return waves;
  };
  return new Map(selected.map((release) => [release, before(release, []) + 1]));
}

/** Needs of each app, in terms of apps. */
function needsOf(config: Config): ReadonlyMap<string, readonly string[]> {
  const releases: Releases = config.releases ?? {};
  const needs = new Map<string, readonly string[]>();
  for (const [name, { needs: wanted }] of Object.entries(releases)) {
    if (wanted === undefined) continue;
    const apps = wanted.flatMap((each) => membersOf(each, config));
    for (const member of membersOf(name, config)) needs.set(member, [...(needs.get(member) ?? []), ...apps]);
  }
  return needs;
}

function refuseCycle(release: string, way: readonly string[], key: string, file: string): void {
  const start = way.indexOf(release);
  if (start < 0) return;
  const circle = [...way.slice(start), release].join(' → ');
  throw new ActionError('resolution', `releases go round in a circle (${circle}): take one out of '${key}' in ${file}`);
}
