import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Light, dark, or as the reader's system is. */
export type Theme = 'light' | 'dark' | 'system';

const SHEETS: Readonly<Record<Theme, string>> = {
  light: 'github-markdown-light.css',
  dark: 'github-markdown-dark.css',
  system: 'github-markdown.css',
};

/** Markdown as GitHub shows it: its flavour and its style sheet. */
export function page(markdown: string, theme: Theme = 'system'): string {
  const css = readFileSync(createRequire(import.meta.url).resolve(`github-markdown-css/${SHEETS[theme]}`), 'utf8');
  const body = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>deploy-action</title>
<style>${css}
body { margin: 0; background: var(--bgColor-default, transparent) } .markdown-body { box-sizing: border-box; max-width: 900px; margin: auto; padding: 24px }
</style>
<article class="markdown-body">
${body}
</article>
</html>
`;
}
