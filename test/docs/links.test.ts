import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PAGES, ROOT } from './pages.js';

const withoutCode = (page: string): string =>
  page.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '').replaceAll(/^>.*$/gm, '');

/** Anchors of a page, as GitHub makes them from its headings. */
function anchorsOf(file: string): readonly string[] {
  const headings = [...withoutCode(readFileSync(join(ROOT, file), 'utf8')).matchAll(/^#+ (.+)$/gm)];
  return headings.map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const links = Object.entries(PAGES).flatMap(([file, page]) =>
  [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => ({ file, link }))
    .filter(({ link }) => !/^https?:/.test(link)),
);

test('there are links', () => {
  expect(links.length).toBeGreaterThan(15);
});

test.each(links)('$file leads to $link', ({ file, link }) => {
  const [name = '', anchor] = link.split('#');
  const target = name === '' ? file : normalize(join(dirname(file), name));
  expect(existsSync(join(ROOT, target)), target).toBe(true);
  if (anchor !== undefined) expect(anchorsOf(target)).toContain(anchor);
});

describe('docs/errors.md', () => {
  const codes = [...readFileSync(join(ROOT, 'src/errors.ts'), 'utf8').matchAll(/^ {2}\| '([a-z]+)'/gm)];
  test('has a section for each code', () => {
    const sections = [...PAGES['docs/errors.md']!.matchAll(/^## `(\w+)`$/gm)];
    expect(sections.map(([, code]) => code)).toEqual(codes.map(([, code]) => code));
    expect(codes.length).toBeGreaterThan(10);
  });
});
