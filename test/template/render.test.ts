import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ActionError } from '../../src/errors.js';
import { renderContext, type RenderRequest } from '../../src/template/render.js';

const VARIABLES = {
  account: '000123456789',
  region: 'eu-west-1',
  count: 3,
  ratio: 0.5,
  on: true,
  off: false,
  nothing: null,
  tags: { team: 'core', 'cost=center': 'a:b' },
  zones: ['a', 'b'],
  users: [
    { name: 'ann', admin: true },
    { name: 'bob', admin: false },
  ],
  empty: [],
};

function render(text: string, more: Partial<RenderRequest> = {}) {
  return renderContext({ text, file: 'app/context.yaml', variables: VARIABLES, ...more }).context;
}

function failure(text: string, more: Partial<RenderRequest> = {}): string {
  try {
    render(text, more);
  } catch (error) {
    if (error instanceof ActionError && error.code === 'template') return error.message;
    throw error;
  }
  throw new Error(`rendered: ${text}`);
}

describe('types', () => {
  test.each([
    ['a string', 'a: {{account}}', '000123456789'],
    ['a number', 'a: {{count}}', 3],
    ['a fraction', 'a: {{ratio}}', 0.5],
    ['true', 'a: {{on}}', true],
    ['false', 'a: {{off}}', false],
    ['null', 'a: {{nothing}}', null],
    ['an object', 'a: {{tags}}', { team: 'core', 'cost=center': 'a:b' }],
    ['a list', 'a: {{zones}}', ['a', 'b']],
    ['in double quotes', 'a: "{{count}}"', 3],
    ['in single quotes', "a: '{{count}}'", 3],
    ['with spaces in the tag', 'a: {{ count }}', 3],
    ['three braces', 'a: {{{count}}}', 3],
    ['an ampersand', 'a: {{&tags}}', { team: 'core', 'cost=center': 'a:b' }],
    ['a dotted name', 'a: {{tags.team}}', 'core'],
    ['asked for as text', 'a: !!str {{count}}', '3'],
    ['beside text', 'a: n{{count}}', 'n3'],
    ['two tags', 'a: {{count}}{{count}}', '33'],
    ['quoted with a space', 'a: " {{count}}"', ' 3'],
    ['within an ARN', 'a: arn:aws:iam::{{account}}:role/x', 'arn:aws:iam::000123456789:role/x'],
    ['in a block', 'a: |\n  {{account}}\n  x\n', '000123456789\nx\n'],
    ['in a list', 'a: [{{count}}, "{{on}}", {{zones}}]', [3, true, ['a', 'b']]],
    ['in a mapping', 'a: {b: {{count}}}', { b: 3 }],
    ['none: an account that is written out', 'a: 123456789012', '123456789012'],
    ['none: a leading zero', 'a: 0123', '0123'],
    ['none: digits beyond a number', 'a: 12345678901234567890', '12345678901234567890'],
    ['none: an ordinary number', 'a: 42', 42],
    ['none: YAML 1.2 has no yes', 'a: yes', 'yes'],
    ['none: an alias', 'b: &x [1]\na: *x', [1]],
  ])('%s', (_name, text, expected) => {
    expect(render(text).a).toStrictEqual(expected);
  });

  test('12 digits are a number where JSON says so', () => {
    expect(render('{"a": 123456789012}', { file: 'context.json' })).toStrictEqual({ a: 123456789012 });
  });
});

const NASTY = [
  ...['"', "'", '\\', '\n', 'a\nb: c', '": 1, "b": "', "': 1", '#', ' # no comment', ': ', 'a: b', '- a', '{', '}'],
  ...[
    '[',
    ']',
    '{{x}}',
    '{{#x}}',
    '&a',
    '*a',
    '!tag',
    '|',
    '>',
    '%',
    '@',
    '`',
    'yes',
    'no',
    'null',
    '~',
    'true',
    '1e3',
  ],
  ...[
    '007',
    '000000000000',
    '0x10',
    ' ',
    '',
    '\t',
    '\r\n',
    'é',
    '日本',
    '🚀',
    '\u2028',
    '\u0000',
    '---',
    '...',
    '<b>&',
  ],
  ...['tag0x0z', '$&', '$1', '__proto__'],
];

const PLACES: [name: string, text: string, read: (context: Record<string, unknown>) => unknown][] = [
  ['plain', 'a: {{v}}\nz: 1\n', (c) => c.a],
  ['double quotes', 'a: "{{v}}"\nz: 1\n', (c) => c.a],
  ['single quotes', "a: '{{v}}'\nz: 1\n", (c) => c.a],
  ['JSON', '{\n\t"a":\t"{{v}}",\n\t"z": 1\n}\n', (c) => c.a],
  ['a flow list', 'a: [{{v}}]\nz: 1\n', (c) => (c.a as unknown[])[0]],
  ['a section', 'a:\n{{#list}}\n  - {{.}}\n{{/list}}\nz: 1\n', (c) => (c.a as unknown[])[0]],
  ['a partial', 'a:\n  {{> p}}\nz: 1\n', (c) => (c.a as { p: unknown }).p],
];

describe.each(PLACES)('a value comes back as it was from %s', (_name, text, read) => {
  const more = (v: string) => ({
    variables: { v, list: [v] },
    partials: () => ({ text: 'p: {{v}}\n', file: 'app/p' }),
  });

  test.each(NASTY)('%j', (v) => {
    const context = render(text, more(v));
    expect(read(context)).toBe(v);
    expect(context.z).toBe(1);
    expect(Object.keys(context)).toStrictEqual(['a', 'z']);
  });

  test('any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (v) => {
        const context = render(text, more(v));
        expect(read(context)).toBe(v);
        expect(Object.keys(context)).toStrictEqual(['a', 'z']);
      }),
    );
  });
});

test('a value beside other text, and in a block, is put in as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (v) => {
      const context = render('a: x-{{v}}-y\nb: "\\"{{v}}"\nc: |\n  {{v}}.\nz: 1\n', { variables: { v } });
      expect(context).toStrictEqual({ a: `x-${v}-y`, b: `"${v}`, c: `${v}.\n`, z: 1 });
    }),
  );
});

test('a value as a key is a key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (v) => {
      const { context, keys } = renderContext({ text: 'k.{{v}}: 1\n', file: 'c.yaml', variables: { v } });
      expect(context).toStrictEqual({ [`k.${v}`]: 1 });
      expect(keys).toStrictEqual([`k.${v}`]);
    }),
  );
});

test('any JSON value survives', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (v) => {
      const normal: unknown = JSON.parse(JSON.stringify(v));
      const { a } = JSON.parse(JSON.stringify(render('a: {{v}}', { variables: { v } }))) as Record<string, unknown>;
      expect(a).toStrictEqual(normal);
    }),
  );
});

test('any template is rendered or refused', () => {
  const pieces = ['{{', '}}', '{{v}}', '{{#v}}', '{{/v}}', '{{^v}}', '{{> p}}', '{{=', '=}}', '{{!', '{{{', 'a: '];
  const marks = [
    '\n',
    '- ',
    '  ',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '? ',
    ': ',
    '|\n',
    '#',
    '!t ',
    '<<: ',
    '\t',
  ];
  const template = fc.array(fc.oneof(fc.constantFrom(...pieces, ...marks), fc.string({ maxLength: 4 })));
  fc.assert(
    fc.property(template, fc.jsonValue(), (parts, v) => {
      const text = parts.join('');
      try {
        const context = render(text, { variables: { v }, partials: () => ({ text: 'b: {{v}}\n', file: 'p' }) });
        expect(typeof context).toBe('object');
      } catch (error) {
        expect(error, text).toBeInstanceOf(ActionError);
        expect((error as Error).message).toMatch(/^(app\/context\.yaml|p)(:\d+)?: [^\n]+$/);
      }
    }),
    { numRuns: 2000 },
  );
});

describe('structure', () => {
  test.each([
    ['keys with = and :', 'availability-zones:account={{account}}:region=x: {{zones}}'],
    ['the same in JSON', '{"availability-zones:account={{account}}:region=x": {{zones}}}'],
  ])('%s', (_name, text) => {
    expect(render(text)).toStrictEqual({ 'availability-zones:account=000123456789:region=x': ['a', 'b'] });
  });

  test.each<[string, string, unknown]>([
    ['shown', 'a: 1\n{{#on}}\nb: 2\n{{/on}}\n', { a: 1, b: 2 }],
    ['dropped', 'a: 1\n{{#off}}\nb: {{unknown}}\n{{/off}}\n', { a: 1 }],
    ['absent', 'a: 1\n{{#unknown}}\nb: 2\n{{/unknown}}\n', { a: 1 }],
    ['inverted', 'a: 1\n{{^unknown}}\nb: 2\n{{/unknown}}\n{{^on}}\nc: 3\n{{/on}}\n', { a: 1, b: 2 }],
    ['an empty list', 'a: 1\n{{#empty}}\nb: 2\n{{/empty}}\n{{^empty}}\nc: 3\n{{/empty}}\n', { a: 1, c: 3 }],
    ['an object', '{{#tags}}\na: {{team}}-{{region}}\n{{/tags}}\n', { a: 'core-eu-west-1' }],
    ['a dotted name', '{{#tags.team}}\na: {{.}}\n{{/tags.team}}\n', { a: 'core' }],
    ['within one line', 'a: [{{#zones}}"{{.}}", {{/zones}}]\n', { a: ['a', 'b'] }],
    ['all of it', '{{#off}}\na: 1\n{{/off}}\n', {}],
    ['a root that is a tag', '{{tags}}', VARIABLES.tags],
    ['a comment', 'a: 1 # {{unknown}}\n{{! not {{this}}\nb: 2\n', { a: 1, b: 2 }],
    ['other delimiters', '{{=<% %>=}}\na: <% count %>\n', { a: 3 }],
    ['windows lines', 'a:\r\n{{#zones}}\r\n  - {{.}}\r\n{{/zones}}\r\nb: 1\r\n', { a: ['a', 'b'], b: 1 }],
    ['a byte order mark', '\uFEFFa: 1\n', { a: 1 }],
    [
      'a list of objects',
      'u:\n{{#users}}\n  - name: {{name}}\n    account: {{account}}\n{{#admin}}\n    admin: true\n{{/admin}}\n{{/users}}\n',
      {
        u: [
          { name: 'ann', account: '000123456789', admin: true },
          { name: 'bob', account: '000123456789' },
        ],
      },
    ],
  ])('a section: %s', (_name, text, expected) => {
    expect(render(text)).toStrictEqual(expected);
  });

  test('`__proto__` is a key, and nothing else', () => {
    const text = '__proto__: {polluted: true}\n{{key}}2: {{value}}\n';
    const value: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
    const context = render(text, { variables: { key: '__proto__', value } });
    expect(JSON.stringify(context)).toBe(
      '{"__proto__":{"polluted":true},"__proto__2":{"__proto__":{"polluted":true}}}',
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('keys and the variables that were used are told', () => {
    const { keys, usedVariables } = renderContext({
      text: 'b: {{tags.team}}\na: {{count}}\n{{#on}}\nc: "{{count}}"\n{{/on}}\n{{#unknown}}{{/unknown}}',
      file: 'c.yaml',
      variables: VARIABLES,
    });
    expect(keys).toStrictEqual(['b', 'a', 'c']);
    expect(usedVariables).toStrictEqual(['count', 'on', 'tags.team']);
  });
});

describe('partials', () => {
  const partials = (name: string) => {
    if (name === 'outside') throw new ActionError('template', 'partial outside: leads out of the workspace');
    return {
      one: { text: 'p: {{count}}\nq:\n  - 1', file: 'app/one.yaml' },
      bad: { text: 'p: 1\nq: {{unknown}}\n', file: 'app/bad.yaml' },
      self: { text: '{{> self}}', file: 'app/self.yaml' },
      twice: { text: '{{> twice}}{{> twice}}', file: 'app/twice.yaml' },
      tree: { text: '{"name": "{{name}}", "in": [{{#in}}{{> tree}},{{/in}}]}', file: 'app/tree.yaml' },
    }[name];
  };

  test('are indented, and need no newline at their end', () => {
    expect(render('a:\n  {{> one}}\nb: 1\n', { partials })).toStrictEqual({ a: { p: 3, q: [1] }, b: 1 });
  });

  test('may hold themselves as long as there is something left', () => {
    const variables = { name: 'a', in: [{ name: 'b', in: [] }] };
    expect(render('{{> tree}}', { partials, variables })).toStrictEqual({ name: 'a', in: [{ name: 'b', in: [] }] });
  });

  test.each([
    ['a: 1\n{{> none}}\n', 'app/context.yaml:2: no partial none beside the template'],
    ['a: 1\n{{> bad}}\n', 'app/bad.yaml:2: {{unknown}} has no value'],
    ['a: 1\n{{> outside}}\n', 'app/context.yaml:2: partial outside: leads out of the workspace'],
    ['{{> self}}', 'app/self.yaml:1: {{> self}} nests deeper than 20 partials'],
    ['{{> twice}}', 'app/twice.yaml:1: {{> twice}} nests deeper than 20 partials'],
  ])('%j', (text, message) => {
    expect(failure(text, { partials })).toContain(message);
  });
});

describe('errors', () => {
  test.each([
    [
      'a: 1\n\nb: {{acount}}\n',
      'app/context.yaml:3: {{acount}} has no value; did you mean {{account}}?; known: account, ',
    ],
    ['a: {{tags.taem}}', 'did you mean {{tags.team}}?'],
    ['{{x}}: 1\n{{x}}: 2\n', 'app/context.yaml:1: {{x}} has no value'],
    ['a: {{x}}\nb: {{y}}\n', 'without a value, too: {{y}} (app/context.yaml:2)'],
    ['a: {{x}}', "set it under the environment's `variables` in the config file or in the `variables` input"],
    ['a: {{constructor}}', '{{constructor}} has no value'],
    ['a: {{account.length}}', '{{account.length}} has no value'],
    ['{{#users}}\n- {{nam}}\n{{/users}}\n', 'app/context.yaml:2: {{nam}} has no value; did you mean {{name}}?'],
    ['{{#on}}\na: 1\n{{/on}}\nb: {{x}}\n', 'app/context.yaml:4: {{x}}'],
    ['a: 1\n{{#x}}\nb: 1\n', 'app/context.yaml:2: unclosed section "x"'],
    ['a: 1\nb: {{x\n{{#y}}\nc: 1\n{{/y}}\n', 'app/context.yaml:2: a tag is left open: close it with }}'],
    ['a: 1\nb: {{x\nc: {{y}}\n', 'app/context.yaml:2: a tag is left open: close it with }}'],
    ['{{! {{ }}\n{{#x}}\n', 'app/context.yaml:2: unclosed section "x"'],
    ['{{=<% %>=}}a: "{{ <%x%> {{"\n<%#y%>\n', 'unclosed section "y"'],
    ['a: 1\n{{#x}}\n{{#y}}\n{{/x}}\n', 'app/context.yaml:3: unclosed section "y"'],
    ['a: 1\n{{/x}}\n', 'app/context.yaml:2: unopened section "x"'],
    ['a: 1\nb: {{x\n', 'app/context.yaml:2: a tag is left open: close it with }}'],
    ['a: 1\n{{= x =}}\n', 'app/context.yaml:2: invalid tags'],
    ['a: 1\nb: 2\na: 3\n', 'app/context.yaml:3: duplicate key "a"'],
    ['eu: 1\n{{short}}: 2\n', 'app/context.yaml:2: duplicate key "eu"'],
    ['a: 1\n{{! one }}\n{{! two }}\n{{#on}}\na: 2\n{{/on}}\n', 'app/context.yaml:5: duplicate key "a"'],
    ['{"a": 1,\n"a": 2}', 'app/context.yaml:2: duplicate key "a"'],
    ['a: 1\nb: [1\nc: 2\n', 'app/context.yaml:3: '],
    ['{{#on}}\na: {{count}}: x\n{{/on}}\n', 'app/context.yaml:2: nested mappings are not allowed'],
    ['- 1\n', 'app/context.yaml: a context is a mapping of keys to values, and this is a list'],
    ['{{count}}', 'and this is a number'],
    ['a: x{{tags}}', '{{tags}} is an object and cannot become text'],
    ['a: x{{zones}}', '{{zones}} is a list and cannot become text'],
    ['a: x{{nothing}}', '{{nothing}} is null and cannot become text'],
    ['{{tags}}: 1', '{{tags}} is an object'],
    ['a: {{lambda}}', '{{lambda}}: a function has no place in a context'],
    ['a: {{#lambda}}1{{/lambda}}', '{{lambda}} is a function'],
    ['a: {{infinite}}', '{{infinite}}: the number Infinity has no place in a context'],
    ['a: {{date}}', '{{date}}: an object of class Date has no place in a context'],
    ['a: {{loop}}', '{{loop}}: a value of more than 100 levels'],
    ['a: .inf', '.inf has no place in JSON'],
    ['a: !Ref {{region}}', 'app/context.yaml:1: unresolved tag: !Ref'],
    ['a: !!binary aGk=', 'unresolved tag: tag:yaml.org,2002:binary'],
    ['<<: {a: 1}', 'merge keys (<<) are not supported'],
    ['? [a]\n: 1\n', 'a key must be text'],
    ['a: *b\n', 'no anchor &b'],
    ['a: &x [*x]\n', 'an alias within what it stands for'],
    ['a: 1\n---\nb: 1\n', 'app/context.yaml:2: source contains multiple documents'],
    [`a: ${'['.repeat(200)}${']'.repeat(200)}`, 'more than 100 levels of nesting'],
    [`a: ${'['.repeat(5000)}`, 'app/context.yaml:1: more than 100 levels of nesting'],
    [bomb(), 'more than 100000 values'],
    ['a: "{{#many}}{{#many}}{{#many}}xxxxxxxx{{/many}}{{/many}}{{/many}}"', 'the template grows past 4 MiB'],
  ])('%j', (text, message) => {
    const loop: Record<string, unknown> = {};
    loop.loop = loop;
    const lambda = () => {
      throw new Error('a lambda was called');
    };
    const more = { short: 'eu', lambda, infinite: Infinity, date: new Date(0), loop, many: Array(100).fill(1) };
    const told = failure(text, { variables: { ...VARIABLES, ...more } });
    expect(told).toContain(message);
    expect(told).not.toMatch(/\n|tag[0-9a-f]{16}x\d/);
  });

  test('a long list of names is cut', () => {
    const variables = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`name${index}`, 1]));
    expect(failure('a: {{other}}', { variables })).toContain(', and 15 more; ');
  });
});

/** A few lines that stand for 10^9 values. */
function bomb(): string {
  const lines = ['a0: &a0 [1,1,1,1,1,1,1,1,1,1]'];
  for (let i = 1; i < 9; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(',')}]`,
    );
  return lines.join('\n');
}
