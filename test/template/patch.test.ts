import { applyPatch } from 'diff';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookupPatch } from '../../src/template/patch.js';

const lookups = { 'vpc:x=1': { id: 'vpc-1' } };

test('nothing to add, no patch', () => {
  expect(lookupPatch({ path: 'app/cdk.context.json', before: '{}', lookups: {} })).toBe('');
});

test('the patch holds what is new, in the indentation of the file', () => {
  const before = '{\n    "zones": [\n        "a"\n    ]\n}\n';
  expect(lookupPatch({ path: 'app/cdk.context.json', before, lookups })).toBe(
    [
      ...['--- a/app/cdk.context.json', '+++ b/app/cdk.context.json', '@@ -1,5 +1,8 @@'],
      ...[' {', '     "zones": [', '         "a"', '-    ]', '+    ],', '+    "vpc:x=1": {'],
      ...['+        "id": "vpc-1"', '+    }', ' }', ''],
    ].join('\n'),
  );
});

test('windows lines stay, and so does a missing newline at the end', () => {
  const patch = lookupPatch({ path: 'cdk.context.json', before: '{\r\n  "a": 1\r\n}', lookups: { b: 2 } });
  const changed = patch.split('\n').filter((line) => /^[+-] /.test(line));
  expect(changed).toStrictEqual(['-  "a": 1\r', '+  "a": 1,\r', '+  "b": 2\r']);
  expect(patch).toMatch(/\n }\n\\ No newline at end of file\n$/);
});

test('a file that is not there yet is created', () => {
  const patch = lookupPatch({ path: 'cdk.context.json', before: undefined, lookups });
  expect(patch).toMatch(/^--- \/dev\/null\n\+\+\+ b\/cdk\.context\.json\n@@ -0,0 \+1,5 @@\n\+\{\n/);
  expect(JSON.parse(String(applyPatch('', patch)))).toStrictEqual(lookups);
});

test('applied, the file holds both', () => {
  const file = fc.record({ value: fc.dictionary(fc.string(), fc.jsonValue()), indent: fc.constantFrom(0, 2, 4, '\t') });
  fc.assert(
    fc.property(file, fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\n'), ({ value, indent }, line, end) => {
      const before = (JSON.stringify(value, null, indent) + end).replaceAll('\n', line);
      const patch = lookupPatch({ path: 'cdk.context.json', before, lookups });
      const after = applyPatch(before, patch);
      expect(JSON.parse(String(after))).toStrictEqual({ ...(JSON.parse(before) as object), ...lookups });
    }),
  );
});
