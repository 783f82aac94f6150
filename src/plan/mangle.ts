import { fromEntries, isObject } from './json.js';

/**
 * `GetTemplate` gives `?` for every character beyond ASCII. Puts the new template's text into the deployed one where
 * the two differ by nothing else, so that no such difference is reported as a change.
 */
export function unmangled(before: unknown, after: unknown): unknown {
  if (typeof before === 'string') return typeof after === 'string' && mangled(after) === before ? after : before;
  if (Array.isArray(before)) {
    if (!Array.isArray(after)) return before;
    return before.map((item, index) => unmangled(item, after[index]));
  }
  if (!isObject(before) || !isObject(after)) return before;
  return fromEntries(Object.entries(before).map(([key, value]) => [key, unmangled(value, after[key])]));
}

function mangled(text: string): string {
  return text.replaceAll(/[\u{80}-\u{10ffff}]/gu, '?');
}
