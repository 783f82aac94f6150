import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Markdown as GitHub would make HTML of it, before its sanitizer. */
export function html(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

/** What is left of the HTML without code and comments: only here does GitHub look for mentions, references and links. */
export function outsideCode(page: string): string {
  return page
    .replace(/<!--.*?-->/g, '')
    .replace(/<pre>[\s\S]*?<\/pre>/g, '')
    .replace(/<code>[\s\S]*?<\/code>/g, '');
}

/** Rows of the table under a heading; 0 when there is no such table. */
export function rowsUnder(page: string, heading: string): number {
  const start = page.indexOf(`<h3>${heading}</h3>`);
  if (start < 0) return 0;
  const table = page.slice(start, page.indexOf('</table>', start));
  return (table.match(/<tr>/g) ?? []).length - 1;
}

/** Names of all elements, each once. */
export function elements(page: string): string[] {
  return [...new Set([...page.matchAll(/<([a-z][\w-]*)/gi)].map(([, name]) => name!.toLowerCase()))].sort();
}

/** How deep folds are open at the end; fails when one is closed that was never opened. */
export function openFolds(page: string): number {
  let open = 0;
  for (const [tag] of page.matchAll(/<\/?details>/g)) {
    open += tag === '<details>' ? 1 : -1;
    if (open < 0) throw new Error('a fold is closed that is not open');
  }
  return open;
}
