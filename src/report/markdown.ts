import type { PhrasingContent, RootContent, Text } from 'mdast';
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

/**
 * A name or value in a code span: GitHub resolves no mention, link or reference in there.
 * @param limit UTF-16 units; the middle of what is longer is cut out
 */
export function code(text: string, limit = 120): PhrasingContent {
  const value = cutMiddle(oneLine(text), limit);
  return value === '' ? { type: 'text', value: '(empty)' } : { type: 'inlineCode', value };
}

/** A sentence that may hold foreign names: plain words stay, everything else goes into code spans. */
export function prose(text: string, limit = 300): Inline[] {
  const runs: { plain: boolean; words: string[] }[] = [];
  for (const word of cutMiddle(oneLine(text), limit).split(' ').filter(Boolean)) {
    const plain = PLAIN.test(word);
    const last = runs.at(-1);
    if (last?.plain === plain) last.words.push(word);
    else runs.push({ plain, words: [word] });
  }
  return runs.flatMap(({ plain, words }, index) => {
    const value = words.join(' ');
    return [...(index > 0 ? [' '] : []), plain ? value : code(value, limit)];
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
  const children = [head.map((name): Cell => [name]), ...rows].map((row) => ({
    type: 'tableRow' as const,
    children: row.map((cell) => ({ type: 'tableCell' as const, children: phrasing(cell) })),
  }));
  return serialize([{ type: 'table', children }]).split('\n');
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
