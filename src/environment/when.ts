import { posix } from 'node:path';
import type { EventContext } from './event.js';
import { many } from './schema/parts.js';
import type { When } from './schema/when.js';

/** An event in the words of `when`. */
export interface Lead {
  readonly key: keyof When;
  /** For the log and for messages: `push to main`. */
  readonly text: string;
}

/** Types of a release event that mean "it is out now"; others (`edited`, `deleted`, …) lead nowhere. */
const RELEASED = ['published', 'prereleased', 'released'];

/** What `when` calls this event; undefined for one that leads nowhere by itself. */
export function leadOf(event: EventContext): Lead | undefined {
  switch (event.name) {
    case 'push':
      return {
        key: 'push',
        text: `push to ${event.tag === undefined ? '' : 'tag '}${event.tag ?? event.branch ?? event.ref}`,
      };
    case 'pull_request':
    case 'pull_request_target':
      return { key: 'pull-request', text: `pull request into ${event.baseBranch ?? 'an unknown branch'}` };
    case 'release': {
      if (!RELEASED.includes(event.action ?? '')) return undefined;
      return {
        key: 'release',
        text: `${event.prerelease === true ? 'prerelease' : 'release'} ${event.tag ?? ''}`.trim(),
      };
    }
    case 'merge_group':
      return { key: 'merge-group', text: `merge queue of ${event.baseBranch ?? 'an unknown branch'}` };
    case 'schedule':
      return { key: 'schedule', text: `schedule ${event.schedule ?? ''}`.trim() };
    case 'workflow_dispatch':
      return { key: 'dispatch', text: 'a run started by hand' };
    default:
      return undefined;
  }
}

/** Whether an event leads to the environment with this `when`. */
export function leads(when: When, event: EventContext): boolean {
  const key = leadOf(event)?.key;
  if (key === undefined || !Object.hasOwn(when, key)) return false;
  const rule = when[key];
  if (rule === undefined || rule === false) return false;
  // As under GitHub's `on`, a key without a value takes every event of its kind.
  if (rule === null || rule === true) return true;
  if (typeof rule === 'string' || Array.isArray(rule)) return isOneOf(many<string>(rule), key, event);
  const { branches, tags } = rule as { branches?: string | string[]; tags?: string | string[] };
  if (key === 'push') {
    if (branches === undefined && tags === undefined) return true;
    return matches(branches, event.tag === undefined ? event.branch : undefined) || matches(tags, event.tag);
  }
  return branches === undefined || matches(branches, event.baseBranch);
}

/** What leads to an environment, for a message: `push (branches main), release (published)`. */
export function describeWhen(when: When): string {
  const parts = Object.entries(when).flatMap(([key, rule]) => {
    if (rule === false) return [];
    if (rule === null || rule === true) return [key];
    if (typeof rule === 'string' || Array.isArray(rule)) return [`${key} (${many(rule).join(', ')})`];
    const filters = Object.entries(rule).map(([name, patterns]) => `${name} ${many(patterns).join(', ')}`);
    return [filters.length === 0 ? key : `${key} (${filters.join('; ')})`];
  });
  return parts.length === 0 ? 'no event' : parts.join(', ');
}

function isOneOf(values: readonly string[], key: keyof When, event: EventContext): boolean {
  if (key === 'release') return values.includes(event.prerelease === true ? 'prerelease' : 'published');
  return event.schedule !== undefined && values.includes(event.schedule);
}

/** As GitHub reads filters: the last pattern that matches decides, and `!` turns its meaning. */
function matches(patterns: string | readonly string[] | undefined, name: string | undefined): boolean {
  if (patterns === undefined || name === undefined) return false;
  let matched = false;
  for (const pattern of many(patterns)) {
    const negative = pattern.startsWith('!');
    if (posix.matchesGlob(name, negative ? pattern.slice(1) : pattern)) matched = !negative;
  }
  return matched;
}
