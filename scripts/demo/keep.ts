import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { ActionRun } from '../../test/emulators/runner/action.js';

/** Keeps what a user would see, and says where it is. */
export function keep(out: string, { comment, run }: { readonly comment: string; readonly run: ActionRun }): void {
  const files = {
    'comment.md': comment,
    'comment.html': page(comment),
    'summary.md': run.summary,
    'summary.html': page(run.summary),
    'plan.json': textOf(run.outputs['plan-file']),
  };
  console.log('\nto look at:');
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(out, name), text);
    console.log(`  ${path.join(out, name)}`);
  }
  const context = path.join(path.dirname(run.outputs['plan-file'] ?? ''), 'context.json');
  if (existsSync(context)) {
    cpSync(context, path.join(out, 'context.json'));
    console.log(`  ${path.join(out, 'context.json')}`);
  }
}

function textOf(file: string | undefined): string {
  return file ? readFileSync(file, 'utf8') : '';
}

/** Markdown as GitHub shows it: its flavour, its style sheet, light and dark as the reader's system is. */
export function page(markdown: string): string {
  const css = readFileSync(createRequire(import.meta.url).resolve('github-markdown-css/github-markdown.css'), 'utf8');
  const body = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>deploy-action</title>
<style>${css}
body { margin: 0 } .markdown-body { box-sizing: border-box; max-width: 900px; min-height: 100vh; margin: auto; padding: 24px }
</style>
<article class="markdown-body">
${body}
</article>
</html>
`;
}
