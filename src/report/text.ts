import { stripVTControlCharacters } from 'node:util';

/** What a terminal takes for a command starts with one of these. */
const COLOURED = /[\u001B\u009B]/;

/**
 * Text of somebody else, made fit to be shown: terminal colours are removed, line ends become `\n`, half surrogate pairs
 * become U+FFFD, and characters that cannot be seen but change what is seen (controls, marks that turn the direction of
 * writing, joiners, line separators) are written out as `\u{202e}`. Line ends and tabs stay.
 */
export function visible(text: string): string {
  return (COLOURED.test(text) ? stripVTControlCharacters(text) : text)
    .replace(/\r\n?/g, '\n')
    .toWellFormed()
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

/** The same on one line; runs of white space become one space. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/gu, ' ').trim();
}

/** Cuts the middle out of what is longer than `limit` UTF-16 units, because both ends tell things apart. */
export function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.max(1, Math.floor((limit - 1) / 2));
  const start = text.slice(0, half).replace(/[\uD800-\uDBFF]$/, '');
  const end = text.slice(-half).replace(/^[\uDC00-\uDFFF]/, '');
  return `${start}…${end}`;
}

/** A value of a property as a reviewer reads it: strings as they are, the rest as JSON. */
export function shownValue(value: unknown): string {
  if (value === undefined) return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Length in UTF-8. It is never below the number of UTF-16 units or of code points, so a limit in bytes keeps all three. */
export function bytes(text: string): number {
  return Buffer.byteLength(text);
}

/** `1 stack`, `2 stacks`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** `8 s`, `2 min 5 s`, `1 h 0 min`. */
export function duration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  if (total < 60) return `${total} s`;
  if (total < 3600) return `${Math.floor(total / 60)} min ${total % 60} s`;
  return `${Math.floor(total / 3600)} h ${Math.floor((total % 3600) / 60)} min`;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
