/**
 * Pictures of comments as GitHub shows them, the README's example and the one that `npm start` leaves:
 * `npm start && npm run pictures`. Chromium is found by `CHROMIUM` or on the PATH; its fonts are those of the machine, so
 * that no check compares the pictures.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { page, type Theme } from './demo/page.js';
import { exampleComment } from './generate/example.js';

const OUT = path.resolve(import.meta.dirname, '../docs/pictures');
const COMMENT = path.resolve(import.meta.dirname, '../out/demo/comment.md');
const PICTURES: readonly { readonly name: string; readonly theme: Theme; readonly width: number }[] = [
  { name: 'light', theme: 'light', width: 900 },
  { name: 'dark', theme: 'dark', width: 900 },
  { name: 'narrow', theme: 'light', width: 400 },
];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

function chromium(program: string, ...args: readonly string[]): string {
  const all = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--allow-file-access-from-files',
    ...args,
  ];
  return execFileSync(program, all, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 });
}

function demoComment(): string {
  if (!existsSync(COMMENT)) throw new Error('there is no comment yet: run npm start first');
  return readFileSync(COMMENT, 'utf8');
}

function found(): string {
  const wanted = process.env['CHROMIUM'];
  for (const program of wanted === undefined ? NAMES : [wanted]) {
    try {
      chromium(program, '--version');
      return program;
    } catch {
      continue;
    }
  }
  throw new Error(`no chromium: install one of ${NAMES.join(', ')}, or set CHROMIUM to its path`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'));
try {
  const program = found();
  mkdirSync(OUT, { recursive: true });
  const comments = { example: exampleComment(), demo: demoComment() };
  for (const [of, comment] of Object.entries(comments))
    for (const { name: look, theme, width } of PICTURES) {
      const name = `${of}-${look}`;
      const inner = path.join(folder, `${name}.html`);
      // A window cannot be as narrow as a phone: what is to be seen stands in a frame.
      const outer = path.join(folder, `${name}-frame.html`);
      writeFileSync(inner, page(comment, theme));
      writeFileSync(
        outer,
        `<!doctype html><body style="margin:0"><iframe id="f" src="${name}.html" style="display:block;width:${width}px;height:10px;border:0"
 onload="f.style.height=document.title=f.contentDocument.querySelector('article').scrollHeight+'px'"></iframe>`,
      );
      const url = pathToFileURL(outer).href;
      const height = /<title>(\d+)px<\/title>/.exec(chromium(program, '--dump-dom', url))?.[1];
      if (height === undefined) throw new Error(`${name}: the page was not laid out`);
      const file = path.join(OUT, `${name}.png`);
      chromium(program, `--window-size=${Math.max(width, 400)},${height}`, `--screenshot=${file}`, url);
      console.log(`${file}: ${width} × ${height}, ${Math.ceil(statSync(file).size / 1024)} kB`);
    }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
