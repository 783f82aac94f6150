import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  bold,
  bullets,
  code,
  fence,
  fold,
  type Inline,
  LINE,
  link,
  name,
  paragraph,
  prose,
  tableLines,
} from '../../src/report/markdown.js';
import { html } from './parse.js';

describe('a name in a code span', () => {
  test.each([
    ['a', '<p><code>a</code></p>'],
    ['', '<p>(empty)</p>'],
    ['a`b``c', '<p><code>a`b``c</code></p>'],
    ['`', '<p><code>`</code></p>'],
    ['@octocat #1 </details> <b>', '<p><code>@octocat #1 &lt;/details&gt; &lt;b&gt;</code></p>'],
    ['a\nb', '<p><code>a b</code></p>'],
  ])('%j', (text, expected) => {
    expect(html(paragraph(code(text)))).toBe(expected);
  });

  test('keeps both ends of what is long', () => {
    expect(paragraph(code('start'.repeat(50) + 'end', 20))).toBe('`startstar…tstartend`');
  });
});

describe('a sentence', () => {
  test.each([
    ['the table is created anew.', 'the table is created anew.'],
    ['allows s3:* on * to arn:aws:iam::1:root now', 'allows `s3:*` on `*` to `arn:aws:iam::1:root` now'],
    ['ask @octocat about #12', 'ask `@octocat` about `#12`'],
    ['see [x](https://evil.example) <img src=x>', 'see `[x](https://evil.example) <img src=x>`'],
    ['# 1. - heading', '`# 1. -` heading'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(paragraph(...prose(text))).toBe(expected);
  });
});

describe('a table', () => {
  test.each([
    ['a|b', 'a|b'],
    ['|', '|'],
    ['a`|`b', 'a`|`b'],
  ])('holds %j in one cell', (text, expected) => {
    const page = html(tableLines(['A', 'B'], [[[code(text)], ['next']]]).join('\n'));
    expect(page).toContain(`<td><code>${expected}</code></td>\n<td>next</td>`);
  });
});

// A backslash before a pipe is lost: no escape is read the same way by every parser of GFM. The cell stays one cell.
test.each(['a\\|b', 'a\\\\|b', 'a\\\\\\|b', 'a\\'])('a table holds %j in one cell', (text) => {
  const page = html(tableLines(['A', 'B'], [[[code(text)], ['next']]]).join('\n'));
  expect(page).toMatch(/<td><code>a\\*\|?b?<\/code><\/td>\n<td>next<\/td>/);
});

describe('a fence', () => {
  test.each(['```\nout', '````', '\n```\n```diff', 'a\r```\rb', '</details>\n\n@octocat'])('holds %j', (text) => {
    const page = html(`${fence('diff', text)}\n\nafter`);
    expect(page.match(/<pre>/g)).toHaveLength(1);
    expect(page.endsWith('</pre>\n<p>after</p>')).toBe(true);
  });
});

test('a fold does not take HTML or Markdown from its title', () => {
  const page = html(fold('</code></summary>`@octocat`', '1 add · data loss', 'body'));
  expect(page).toBe(
    '<details>\n<summary><code>&#60;/code&#62;&#60;/summary&#62;&#96;&#64;octocat&#96;</code> 1 add · data loss' +
      '</summary>\n<p>body</p>\n</details>',
  );
});

describe('a link', () => {
  test.each([
    ['https://github.com/a/b', '[run](https://github.com/a/b)'],
    ['https://github.com/a b)', '[run](https://github.com/a%20b\\))'],
    ['javascript:alert(1)', 'run'],
    ['https://', 'run'],
    ['', 'run'],
  ])('to %j', (url, expected) => {
    expect(paragraph(...link(url, 'run'))).toBe(expected);
  });
});

test('bullets', () => {
  expect(bullets([['one'], [code('two')]])).toBe('- one\n- `two`');
});

describe('a name in a cell', () => {
  test.each([
    ['short', '`short`'],
    ['app/Api/Handler/Resource', '<code>app/<wbr>Api/<wbr>Handler/<wbr>Resource</code>'],
    ['AWS::DynamoDB::Table', '<code>AWS::<wbr>DynamoDB::<wbr>Table</code>'],
    ['HandlerServiceRoleDefaultPolicy', '<code>Handler<wbr>Service<wbr>Role<wbr>Default<wbr>Policy</code>'],
    ['x'.repeat(20), `<code>${'x'.repeat(16)}<wbr>xxxx</code>`],
    ['https://www.evil.example/x', '<code>https:/<wbr>/<wbr>www&#46;<wbr>evil.<wbr>example/<wbr>x</code>'],
    [
      '<b>|`*_@octocat_*`|</b>',
      '<code>&#60;<wbr>b&#62;&#124;&#96;&#42;&#95;&#64;<wbr>octocat&#95;&#42;&#96;&#124;&#60;/<wbr>b&#62;</code>',
    ],
  ])('%j', (text, expected) => {
    expect(paragraph(name(text))).toBe(expected);
  });

  test('is not broken up where there is no room for that', () => {
    expect(paragraph(name('app/Api/Handler/Resource', 40))).toBe('`app/Api/Handler/Resource`');
  });

  test('has no more than sixteen characters between two breaks, and says the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), (text) => {
        const [page, plain] = [html(paragraph(name(text))), html(paragraph(code(text)))];
        expect(page.replaceAll('<wbr>', '')).toBe(plain);
        if (!page.includes('<wbr>')) return;
        const parts = page.replace(/^<p><code>|<\/code><\/p>$/g, '').split('<wbr>');
        for (const part of parts) expect(Array.from(part.replace(/&\w+;/g, '&')).length).toBeLessThanOrEqual(17);
      }),
    );
  });
});

test('a row is the same, whether it is written as it stands or by the serialiser', () => {
  const word = fc.constantFrom('a', 'is replaced', 'of dynamodb:', '1,200', 'x → y', '…', '');
  const part = fc.oneof<fc.Arbitrary<Inline>[]>(
    word,
    word.map((text) => code(text)),
    fc.constantFrom('app/Api/Handler/Resource', 'a|b', '`', 'a\\').map((text) => name(text)),
    fc.constant(LINE),
    fc.constantFrom('update', 'data loss').map((text) => bold(text)),
    fc.constantFrom(' ', '*', '_a_', '# b', '@c').map((text) => text),
  );
  const cell = fc.array(part, { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 }), (rows) => {
      // A link is never plain: with one in it, a row goes the long way.
      const long = rows.map(([left, right]) => [left, right, link('https://a.example', 'x')]);
      const slow = tableLines(['A', 'B', 'C'], long).slice(2);
      const quick = tableLines(['A', 'B'], rows).slice(2);
      expect(quick.map((line) => `${line} [x](https://a.example/) |`)).toEqual(slow);
    }),
  );
});
