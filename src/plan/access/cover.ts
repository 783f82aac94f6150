import type { Grant } from './grants.js';

/** Whether an older grant already gives all that a newer one does. */
export function covers(old: Grant, fresh: Grant): boolean {
  return (
    old.effect === fresh.effect &&
    old.kind === fresh.kind &&
    (old.condition === '' || old.condition === fresh.condition) &&
    (old.except === '' || old.except === fresh.except) &&
    matches(old.principal, fresh.principal) &&
    matches(old.action, fresh.action) &&
    matches(old.resource, fresh.resource)
  );
}

/** Whether a pattern of IAM's, with `*` and `?`, takes in another pattern. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === '*') return true;
  if (pattern === 'AWS:*') return text.startsWith('AWS:');
  if (!/[*?]/.test(pattern)) return false;
  return wildcard(pattern, text);
}

/** Greedy matching with one point to come back to: linear in practice, and no pattern of a template becomes a regex. */
function wildcard(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === text[t] || (pattern[p] === '?' && text[t] !== '*'))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
