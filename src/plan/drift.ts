import type { DriftDifference, ResourceDrift, StackDrift } from './drift-answer.js';
import { same } from './equal.js';
import { at, byText } from './json.js';
import type { Change, DriftMark, StackPlan } from './model.js';
import { touches } from './properties.js';

/** Names that a note spells out; the rest is counted. */
const MOST_NAMED = 10;

/**
 * The plan of a stack with what was altered by hand: changes that would overwrite it are marked, the rest is a note. The
 * fingerprint does not change by it.
 */
export function withDrift(stack: StackPlan, drift: StackDrift): StackPlan {
  const drifted = new Map(
    drift.resources
      .filter(({ status }) => status === 'MODIFIED' || status === 'DELETED')
      .map((resource) => [resource.logicalId, resource]),
  );
  const changes = stack.changes.map((change) => marked(change, drifted.get(change.logicalId)));
  const met = new Set(
    changes
      .filter((change) => change.drift !== undefined || (isResource(change) && change.action === 'delete'))
      .map(({ logicalId }) => logicalId),
  );
  const left = [...drifted.keys()].filter((id) => !met.has(id));
  const unknown = drift.resources.filter(({ status }) => status === 'UNKNOWN').map(({ logicalId }) => logicalId);
  const reason =
    drift.incomplete ?? (unknown.length > 0 ? `it could not be found out of ${named(unknown)}` : undefined);
  return {
    ...stack,
    changes,
    drift: {
      status: drifted.size > 0 ? 'drifted' : reason === undefined && drift.status === 'IN_SYNC' ? 'in-sync' : 'unknown',
      ...(reason !== undefined && { reason }),
    },
    notes: [
      ...stack.notes,
      ...(left.length > 0 ? [`altered by hand, and not touched by this plan: ${named(left)}`] : []),
      ...(reason === undefined ? [] : [`what was altered by hand is not wholly known: ${reason}`]),
    ],
  };
}

/** The plan of a stack whose drift nobody could find out. */
export function withUnknownDrift(stack: StackPlan, reason: string): StackPlan {
  return {
    ...stack,
    drift: { status: 'unknown', reason },
    notes: [...stack.notes, `what was altered by hand is not known: ${reason}`],
  };
}

function marked(change: Change, resource: ResourceDrift | undefined): Change {
  if (resource === undefined || !isResource(change)) return change;
  const marks = marksOn(change, resource);
  return marks.length === 0 ? change : { ...change, drift: marks };
}

function marksOn(change: Change, { status, differences }: ResourceDrift): readonly DriftMark[] {
  if (change.action !== 'update' && change.action !== 'replace') return [];
  if (status === 'DELETED' || differences.length === 0) return [{ path: '' }];
  return differences.map(markOf).filter((mark) => overwrites(change, mark));
}

/** A new resource knows nothing of what was altered in the old one; an update writes what it changes. */
function overwrites({ action, properties }: Change, { path, actual }: DriftMark): boolean {
  const over = properties.filter((property) => touches(toList(property.path), toList(path)));
  if (over.length === 0) return action === 'replace';
  return !over.some(({ path: place, after }) => {
    const below = path.slice(place.length).split('.').filter(Boolean);
    const within = path === place || path.startsWith(`${place}.`);
    return within && actual !== undefined && same(at(after, below), actual);
  });
}

/** The path as far as to the first list in it: most lists are written as a whole. */
function toList(path: string): string {
  const keys = path.split('.');
  const index = keys.findIndex((key) => /^\d+$/.test(key));
  return index < 0 ? path : keys.slice(0, index).join('.');
}

function markOf({ path, expected, actual, kind }: DriftDifference): DriftMark {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return {
    path: keys.join('.'),
    ...(kind !== 'ADD' && { expected: valueOf(expected) }),
    ...(kind !== 'REMOVE' && { actual: valueOf(actual) }),
  };
}

function valueOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function isResource({ subject }: Change): boolean {
  return subject === 'resource';
}

function named(ids: readonly string[]): string {
  const count = `${ids.length} ${ids.length === 1 ? 'resource' : 'resources'}`;
  const more = ids.length > MOST_NAMED ? `, and ${ids.length - MOST_NAMED} more` : '';
  return `${count} (${[...ids].sort(byText).slice(0, MOST_NAMED).join(', ')}${more})`;
}
