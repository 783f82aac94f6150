import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/doctor/model.js';
import { doctorLines, renderDoctor } from '../../src/report/doctor.js';

const finding: Finding = {
  check: 'programs',
  severity: 'error',
  message: 'java is 17.0.1, pom.xml wants 21',
  mend: "uses: actions/setup-java, with java-version: '21'",
  file: 'pom.xml',
  line: 3,
};
const unchecked = [
  { title: 'the roles', because: 'there are no credentials' },
  { title: 'the stacks', because: 'there are no credentials' },
  { title: 'the token', because: 'this is no job' },
];

test('a table of what is wrong and what mends it, then what was looked at', () => {
  expect(renderDoctor({ findings: [finding], checked: ['the config'], unchecked })).toBe(
    [
      '## Doctor: 1 finding',
      '',
      '| | What is wrong | What mends it |',
      '| - | - | - |',
      "| error | java is `17.0.1, pom.xml` wants 21<br>`pom.xml:3` | `uses: actions/setup-java, with java-version: '21'` |",
      '',
      'Checked: the config.',
      '',
      'Not checked, because',
      '',
      '- there are no credentials: the roles, the stacks',
      '- this is no job: the token',
    ].join('\n'),
  );
});

test('the same for a terminal', () => {
  const info: Finding = { check: 'git', severity: 'info', message: 'two lines\nof text', mend: '::error::no command' };
  expect(doctorLines({ findings: [finding, info], checked: ['the config'], unchecked })).toEqual([
    'what is wrong, and below it what mends it:',
    'error  pom.xml:3: java is 17.0.1, pom.xml wants 21',
    "       uses: actions/setup-java, with java-version: '21'",
    'info   two lines of text',
    '       : :error::no command',
    'checked: the config',
    'not checked, because there are no credentials: the roles, the stacks',
    'not checked, because this is no job: the token',
  ]);
});

test('nothing is wrong', () => {
  const well = { findings: [], checked: ['the config'], unchecked: [] };
  expect(renderDoctor(well)).toBe('## Doctor: nothing is wrong\n\nChecked: the config.');
  expect(doctorLines(well)).toEqual(['nothing is wrong', 'checked: the config']);
});

test('thousands of findings fit into a summary, which tells how many are left out', () => {
  const many = Array.from({ length: 5000 }, (_, index) => ({
    ...finding,
    message: `${index} ${'word '.repeat(400)}`,
    mend: 'x'.repeat(2000),
  }));
  const text = renderDoctor({ findings: many, checked: [], unchecked: [] });
  expect(Buffer.byteLength(text)).toBeLessThan(1_048_576);
  expect(text).toContain('and 4700 more, which are in the log');
});

test('whatever a finding quotes, a line stays a line and no command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, mend) => {
      const lines = doctorLines({ findings: [{ ...finding, message, mend }], checked: [], unchecked: [] });
      expect(lines).toHaveLength(3);
      for (const line of lines) expect(line).not.toMatch(/[\n\r]|^\s*::/);
    }),
  );
});
