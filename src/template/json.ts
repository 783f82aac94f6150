import { messageOf } from '../errors.js';

/** Levels of nesting that a value may have: far more than a context needs, far less than the stack holds. */
export const MAX_DEPTH = 100;

/** A value that JSON cannot hold; `kind` says what it is: `a function`. */
export class NotJson extends Error {
  constructor(readonly kind: string) {
    super(`${kind} has no place in a context`);
  }
}

/**
 * A copy of a value as JSON would keep it. Properties without a value are left out, as JSON does.
 * @throws NotJson for a function, a number that is not finite, a date and the like
 */
export function toJson(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new NotJson(`a value of more than ${MAX_DEPTH} levels`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotJson(`the number ${value}`);
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => toJson(item, depth + 1));
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    // fromEntries defines own properties: a key `__proto__` is a key like any other.
    return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item, depth + 1)]));
  }
  throw new NotJson(typeof value === 'object' ? `an object of class ${value.constructor.name}` : `a ${typeof value}`);
}

/** Where a JSON text is broken, without the excerpt that the parser quotes: that may hold a secret. */
export function brokenAt(error: unknown): string {
  const message = messageOf(error);
  const place = /line \d+ column \d+/.exec(message)?.[0];
  const token = /^Unexpected token ('.+?'),/s.exec(message)?.[1];
  return place ?? (token === undefined ? 'it ends too early' : `at ${JSON.stringify(token).slice(1, -1)}`);
}

/** Whether this is an object as JSON knows it, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
