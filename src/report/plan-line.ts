import { createHash } from 'node:crypto';
import type { Plan } from '../plan/model.js';

/** What the comment keeps of a plan, for `deploy` to hold what it would do against. */
export interface PlanRecord {
  /** The commit that was planned. */
  readonly commit: string;
  readonly fingerprint: string;
  readonly assetFingerprint: string;
  /** Since when it stands there; undefined since the comment was written as it is. Whole seconds. */
  readonly since?: Date;
}

/** Jobs of a matrix at the most (GitHub's limit); with a line for each there is still more than half of a comment left. */
const MOST = 256;

const OPENING = '<!-- deploy-action-plans:v1 ';
const RECORD = /^([A-Za-z0-9+/]{16})\.([A-Za-z0-9+/]{43})\.([A-Za-z0-9+/]{43})\.([0-9a-z]{7})$/;
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * The hidden second line of a comment: for each plan its target, commit and digests. It holds letters, digits and
 * `+/.,;=` alone, so that nothing in it closes the HTML comment, and it always has the same length for the same plans.
 * @returns an empty text when there is nothing to keep
 */
export function planLine(plans: readonly Plan[]): string {
  const known = plans.filter(({ source }) => COMMIT.test(source.commit)).slice(0, MOST);
  const line = (plan: Plan): string =>
    [keyOf(plan.target.id), packed(plan.fingerprint), packed(plan.assetFingerprint), stamp(undefined)].join('.');
  return write(
    Map.groupBy(known, ({ source }) => source.commit),
    line,
  );
}

/** What a comment keeps of a target's plan. Only its second line counts: everything below may be of somebody else. */
export function recordOf(body: string, target: string): PlanRecord | undefined {
  const key = keyOf(target);
  const found = parse(body).find((record) => record.key === key);
  if (found === undefined) return undefined;
  const { commit, fingerprint, assetFingerprint, since } = found;
  return { commit, fingerprint, assetFingerprint, ...(since === undefined ? {} : { since }) };
}

/** Whether a comment keeps plans. */
export function keepsPlans(body: string): boolean {
  return parse(body).length > 0;
}

/**
 * A comment's new body, with the time since when a plan that stays the same has stood there; the old body where nothing
 * else is new, so that a comment is not edited for the time alone.
 * @param since when the old body was written as it is
 */
export function carrySince(body: string, old: string, since: Date): string {
  const before = new Map(parse(old).map((record) => [sameness(record), record]));
  const stays = visible(body) === visible(old) && sameKeys(parse(body).map(sameness), [...before.keys()]);
  if (stays) return old;
  const lines = body.split('\n');
  const groups = Map.groupBy(parse(body), ({ commit }) => commit);
  if (groups.size === 0) return body;
  lines[1] = write(groups, (record) => {
    const kept = before.get(sameness(record));
    const at = kept === undefined ? undefined : (kept.since ?? since);
    return [record.key, packed(record.fingerprint), packed(record.assetFingerprint), stamp(at)].join('.');
  });
  return lines.join('\n');
}

/** A comment without its line of plans. */
function visible(body: string): string {
  return body.split('\n').toSpliced(1, 1).join('\n').trimEnd();
}

function sameKeys(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((key) => right.includes(key));
}

type Parsed = PlanRecord & { readonly key: string };

function parse(body: string): readonly Parsed[] {
  const line = (body.split('\n', 2)[1] ?? '').trimEnd();
  if (!line.startsWith(OPENING) || !line.endsWith(' -->')) return [];
  return line
    .slice(OPENING.length, -4)
    .split(';')
    .flatMap((group) => {
      const [commit = '', records = ''] = group.split('=', 2);
      if (!COMMIT.test(commit)) return [];
      return records.split(',').flatMap((record) => {
        const [, key, plan, assets, at] = RECORD.exec(record) ?? [];
        if (key === undefined || plan === undefined || assets === undefined || at === undefined) return [];
        const seconds = Number.parseInt(at, 36);
        const since = seconds === 0 ? {} : { since: new Date(seconds * 1000) };
        return [{ key, commit, fingerprint: unpacked(plan), assetFingerprint: unpacked(assets), ...since }];
      });
    });
}

function write<T>(groups: ReadonlyMap<string, readonly T[]>, line: (item: T) => string): string {
  if (groups.size === 0) return '';
  const text = [...groups].map(([commit, items]) => `${commit}=${items.map(line).join(',')}`);
  return `${OPENING}${text.join(';')} -->`;
}

function sameness({ key, commit, fingerprint, assetFingerprint }: Parsed): string {
  return [key, commit, fingerprint, assetFingerprint].join();
}

/** 96 bits of a digest: the id of a target may have any length. */
function keyOf(target: string): string {
  return createHash('sha256').update(target).digest().subarray(0, 12).toString('base64');
}

function packed(digest: string): string {
  return Buffer.from(digest.replace(/^sha256:/, ''), 'hex')
    .toString('base64')
    .replace(/=+$/, '');
}

function unpacked(text: string): string {
  return `sha256:${Buffer.from(text, 'base64').toString('hex')}`;
}

/** Seconds since 1970 in seven digits. */
function stamp(at: Date | undefined): string {
  return Math.floor((at?.getTime() ?? 0) / 1000)
    .toString(36)
    .padStart(7, '0');
}
