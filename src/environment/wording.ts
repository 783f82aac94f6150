import { nearest } from '../nearest.js';

/** Longest piece of a wrong value that a message shows. */
const SHOWN = 80;

/** A value from outside, fit for one line of a message: in quotes, control characters escaped, cut when long. */
export function quote(value: string): string {
  const cut = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return `'${cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escape)}'`;
}

/** Names for a message, sorted as given: `a, b or c`; `none` when there are none. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const last = names.at(-1) ?? '';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

/** ` (did you mean 'region'?)` when a candidate is at most a third of its letters away, else nothing. */
export function hint(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates);
  return near === undefined ? '' : ` (did you mean '${near}'?)`;
}

function escape(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
