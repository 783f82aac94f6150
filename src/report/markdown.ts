import type { PhrasingContent, RootContent, TableRow, Text } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { type Options, toMarkdown } from 'mdast-util-to-markdown';
import { cutMiddle, oneLine, visible } from './text.js';

/** What stands in a line or a cell: literals of ours, and nodes made by the functions below. */
export type Inline = string | PhrasingContent;
export type Cell = readonly Inline[];
export type Row = readonly Cell[];

/** Text without anything to escape; looking for it in ten thousand rows is what takes the time. */
const HARMLESS = /^[\p{L}\p{N} ,:→·…]*$/u;

const EXTENSIONS: Options[] = [
  gfmTableToMarkdown({ tablePipeAlign: false }),
  {
    handlers: {
      text: (node: Text, _, state, info) => (HARMLESS.test(node.value) ? node.value : state.safe(node.value, info)),
    },
  },
];

/** A word that Markdown and GitHub leave alone, so that it needs no code span. */
const PLAIN = /^\(?(?:[\p{L}\p{M}]+(?:[’'-][\p{L}\p{M}]+)*)\)?[.,;:!?]?$|^\(?\d+\)?[,;:!?]?$/u;

/** Needs no care in a code span, be it in a table or not: most names and values, and they are what takes the time. */
const UNQUOTED = /^[^`|\\\s](?:[^`|\\]*[^`|\\\s])?$/;

/**
 * A name or value in a code span: GitHub resolves no mention, link or reference in there.
 * @param limit UTF-16 units; the middle of what is longer is cut out
 */
export function code(text: string, limit = 120): PhrasingContent {
  const value = cutMiddle(oneLine(text), limit);
  if (value === '') return { type: 'text', value: '(empty)' };
  return UNQUOTED.test(value) ? { type: 'html', value: `\`${value}\`` } : { type: 'inlineCode', value };
}

/** Cells that are cut at this or more have room; a report with so many rows that they are cut shorter has none. */
const ROOMY = 120;

/** Characters that stand together at most in a cell: two columns of as many fit on a phone of 400 pixels. */
const RUN = 16;

/**
 * A name or value in a cell: as `code`, and with places where a line may break when it has none, because a long path
 * makes a table scroll that has everything else off the screen then.
 */
export function name(text: string, limit = ROOMY): PhrasingContent {
  const value = cutMiddle(oneLine(text), limit);
  const breaks = limit < ROOMY || value.split(' ').every((word) => word.length <= RUN);
  if (breaks) return code(text, limit);
  return { type: 'html', value: `<code>${brokenUp(value).map(inCell).join('<wbr>')}</code>` };
}

const SHORT = new RegExp(`.{1,${RUN}}`, 'gu');

/** Parts of at most `RUN` characters, ended by a sign or a word of `camelCase` where there is one. */
function brokenUp(text: string): string[] {
  const words = text.match(/[\p{L}\p{M}\p{N} ]+|[^\p{L}\p{M}\p{N} ]/gu) ?? [];
  const humps = words.flatMap((word) => (word.length <= RUN ? [word] : word.split(/(?<=\p{Ll})(?=\p{Lu})/u)));
  const short = humps.flatMap((hump) => hump.match(SHORT) ?? []);
  const parts: string[] = [];
  for (const part of short) {
    const last = parts.at(-1);
    const isEnd = /^[^\p{L}\p{M}\p{N} ]/u.test(part);
    const joins = last !== undefined && isEnd && !ENDED.test(last) && last.length < RUN;
    if (joins) parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

/** After these a line may always break, so that what stands between two breaks is never read as an address. */
const ENDED = /[/.@]$/;

/**
 * All but the harmless as numbered entities: Markdown is read within a line, also between two tags of HTML. A dot after
 * `www` is not harmless, for that alone is read as an address.
 */
function inCell(text: string): string {
  return text
    .replace(/[^\p{L}\p{M}\p{N} .,:/()·…-]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`)
    .replace(/(?<=www)\./gi, '&#46;');
}

/** A sentence that may hold foreign names: plain words stay, everything else goes into code spans (`as`: `name` in a cell). */
export function prose(text: string, limit = 300, as = code): Inline[] {
  const runs: { plain: boolean; words: string[] }[] = [];
  for (const word of cutMiddle(oneLine(text), limit).split(' ').filter(Boolean)) {
    const plain = PLAIN.test(word);
    const last = runs.at(-1);
    if (last?.plain === plain) last.words.push(word);
    else runs.push({ plain, words: [word] });
  }
  return runs.flatMap(({ plain, words }, index) => {
    const value = words.join(' ');
    return [...(index > 0 ? [' '] : []), plain ? value : as(value, limit)];
  });
}

export function bold(...content: Inline[]): PhrasingContent {
  return { type: 'strong', children: phrasing(content) };
}

/** A link, or only its text when the address is no http(s) URL. */
export function link(url: string, ...content: Inline[]): Inline[] {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return content;
  return [{ type: 'link', url: new URL(url).href, children: phrasing(content) }];
}

/** A new line within a cell or a paragraph. */
export const LINE: PhrasingContent = { type: 'html', value: '<br>' };

export function paragraph(...content: Inline[]): string {
  return serialize([{ type: 'paragraph', children: phrasing(content) }]);
}

export function heading(depth: 2 | 3 | 4, ...content: Inline[]): string {
  return serialize([{ type: 'heading', depth, children: phrasing(content) }]);
}

export function bullets(items: readonly Cell[]): string {
  const children = items.map((item) => ({
    type: 'listItem' as const,
    spread: false,
    children: [{ type: 'paragraph' as const, children: phrasing(item) }],
  }));
  return serialize([{ type: 'list', ordered: false, spread: false, children }]);
}

/** The lines of a table: its head, the rule, then one for each row. */
export function tableLines(head: readonly string[], rows: readonly Row[]): string[] {
  const written = rows.map(plainRow);
  const others = rows.filter((_, index) => written[index] === undefined);
  const [names = '', rule = '', ...slow] = serialize([
    { type: 'table', children: [head.map((name): Cell => [name]), ...others].map(rowNode) },
  ]).split('\n');
  let next = 0;
  return [names, rule, ...written.map((line) => line ?? slow[next++] ?? '')];
}

function rowNode(row: Row): TableRow {
  return {
    type: 'tableRow',
    children: row.map((cell) => ({ type: 'tableCell', children: phrasing(cell) })),
  };
}

/** A row of which nothing has to be escaped, as the serialiser would write it in ten times as long. */
function plainRow(row: Row): string | undefined {
  let line = '|';
  for (const cell of row) {
    let text = '';
    for (const part of cell) {
      const plain = plainPart(part);
      // Stars on stars would be read together.
      if (plain === undefined || (text.endsWith('*') && plain.startsWith('*'))) return undefined;
      text += plain;
    }
    if (text.trim() !== text) return undefined;
    line += text === '' ? ' |' : ` ${text} |`;
  }
  return line;
}

function plainPart(part: Inline): string | undefined {
  if (typeof part === 'string') return HARMLESS.test(part) ? part : undefined;
  if (part.type === 'html') return part.value;
  if (part.type !== 'strong') return undefined;
  const [only, ...more] = part.children;
  const text = only?.type === 'text' && more.length === 0 ? only.value : '';
  return text !== '' && text.trim() === text && HARMLESS.test(text) ? `**${text}**` : undefined;
}

/** Text of somebody else as it is, in a fence longer than any run of backticks in it. */
export function fence(language: 'diff' | 'text' | 'mermaid', text: string): string {
  return serialize([{ type: 'code', lang: language, value: visible(text) }]);
}

/** A section that opens on a click. The title is a name and what is said of it. */
export function fold(name: string, note: string, body: string): string {
  const title = `<code>${html(name)}</code> ${html(note)}`;
  return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** All but the harmless as numbered entities: Markdown is not read in a line of HTML. */
function html(text: string): string {
  const line = cutMiddle(oneLine(text), 200);
  return line.replace(/[^\p{L}\p{M}\p{N} _.,:/()·…-]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

function phrasing(content: readonly Inline[]): PhrasingContent[] {
  return content.map((part) => (typeof part === 'string' ? { type: 'text', value: part } : part));
}

function serialize(children: RootContent[]): string {
  return toMarkdown({ type: 'root', children }, { extensions: EXTENSIONS, fences: true, bullet: '-' }).trimEnd();
}
