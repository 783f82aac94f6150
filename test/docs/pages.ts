import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** What a user or contributor reads, by its path from the root. */
export const PAGES: Readonly<Record<string, string>> = Object.fromEntries(
  ['*.md', 'docs/*.md', 'stacks/*/README.md']
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    .sort()
    .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]),
);

/** A fenced block of a page. */
export interface Block {
  /** File and line. */
  readonly at: string;
  readonly language: string;
  readonly text: string;
}

/** Workflows that a user copies, whole files. */
const CALLERS: readonly Block[] = globSync('workflows/*.yml', { cwd: ROOT })
  .sort()
  .map((file) => ({ at: file, language: 'yaml', text: readFileSync(join(ROOT, file), 'utf8') }));

/** Every fenced block of every page, without the indentation of a list around it, and the callers. */
export const BLOCKS: readonly Block[] = Object.entries(PAGES)
  .flatMap(([file, page]) =>
    [...page.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)].map(
      ({ index, 1: indent = '', 2: language = '', 3: text = '' }) => ({
        at: `${file}:${page.slice(0, index).split('\n').length}`,
        language,
        text: text
          .split('\n')
          .map((line) => line.slice(indent.length))
          .join('\n'),
      }),
    ),
  )
  .concat(CALLERS);
