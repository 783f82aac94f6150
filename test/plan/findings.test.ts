import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../src/plan/findings.js';

const run = (stdout: string, exitCode = 0, stderr = '') => ({ stdout, exitCode, stderr });
const found = (stdout: string, exitCode = 0, stderr = '') =>
  findingsOf({ name: 'policy', run: 'x', severity: 'warning' }, run(stdout, exitCode, stderr));
const broken = (message: string) => [{ check: 'policy', severity: 'error', message }];
const warned = (message: string) => ({ check: 'policy', severity: 'warning', message });

describe('what a check printed', () => {
  test.each([
    ['nothing', ' \n', []],
    ['an empty list', '[]', []],
    ['a list', '[{"message":"a"},{"message":"b"}]\n', [warned('a'), warned('b')]],
    ['one finding over several lines', '{\n  "message": "a"\n}', [warned('a')]],
    ['a finding on each line', '{"message":"a"}\r\n\n{"message":"b"}\n', [warned('a'), warned('b')]],
    [
      'a list on each line',
      '[]\n[]',
      broken('finding 1 is no object with a message: []').concat(broken('finding 2 is no object with a message: []')),
    ],
    [
      'a place, unknown keys and a severity of its own',
      '[{"message":"a","severity":"info","stack":"web","logicalId":"Bucket","rule":7}]',
      [{ check: 'policy', severity: 'info', message: 'a', stack: 'web', logicalId: 'Bucket' }],
    ],
    ['an empty place', '[{"message":"a","stack":"","logicalId":""}]', [warned('a')]],
    ['text', '\nWARN: public\nmore', broken('printed no JSON but: WARN: public')],
    ['JSON and text', '{"message":"a"}\ndone', broken('printed no JSON but: {"message":"a"}')],
    ['no message', '[{"msg":"a"}]', broken('finding 1 has no message: {"msg":"a"}')],
    ['an empty message', '[{"message":" "}]', broken('finding 1 has no message: {"message":" "}')],
    ['a number', '7', broken('finding 1 is no object with a message: 7')],
    [
      'a severity of another tool',
      '[{"message":"a","severity":"HIGH"},{"message":"b"}]',
      [
        ...broken(
          'finding 1 has the severity "HIGH", which is none of info, warning, error: {"message":"a","severity":"HIGH"}',
        ),
        warned('b'),
      ],
    ],
    [
      'a stack that is no text',
      '[{"message":"a","stack":1}]',
      broken('finding 1 has a stack that is no text: {"message":"a","stack":1}'),
    ],
  ])('%s', (_, stdout, expected) => {
    expect(found(stdout)).toEqual(expected);
  });

  test('is an error where neither the finding nor the check tells', () => {
    expect(findingsOf({ name: 'cost', run: 'x' }, run('[{"message":"a"}]'))).toEqual([
      { check: 'cost', severity: 'error', message: 'a' },
    ]);
  });
});

describe('a check that fails', () => {
  test.each([
    ['with findings has found them', found('[{"message":"a"}]', 1), [warned('a')]],
    ['without one is an error', found('', 2, 'one\ntwo\n\n'), broken('failed with exit code 2: two')],
    ['and prints text is an error', found('broken\n', 127), broken('failed with exit code 127: broken')],
    ['and says nothing is an error', found('[]', 1), broken('failed with exit code 1: []')],
    ['and prints nothing is an error', found('', 1), broken('failed with exit code 1 and said nothing')],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

describe('limits', () => {
  test('too much output is an error, not read', () => {
    expect(found(' '.repeat(1024 * 1024 + 1))).toEqual(
      broken('printed 1048577 characters, more than 1048576: print findings alone'),
    );
  });

  test('a message is cut', () => {
    const [finding] = found(JSON.stringify({ message: 'x'.repeat(5_000) }));
    expect(finding?.message).toHaveLength(2_000);
    expect(finding?.message.endsWith('x…')).toBe(true);
  });

  test('of too many the worst stay, and what is not kept is counted with its severity', () => {
    const list = Array.from({ length: 600 }, (_, index) => ({
      message: `${index}`,
      severity: index === 599 ? 'error' : index < 50 ? 'warning' : 'info',
    }));
    const findings = found(JSON.stringify(list));
    expect(findings).toHaveLength(501);
    expect(findings[0]).toMatchObject({ severity: 'error', message: '599' });
    expect(findings[500]).toEqual({ check: 'policy', severity: 'info', message: 'found 100 more, which are not kept' });
  });

  test('any output gives findings of the model’s form', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(fc.json()).map((all) => all.join('\n')),
        ),
        fc.nat(3),
        (text, code) => {
          for (const finding of found(text, code)) {
            expect(finding.check).toBe('policy');
            expect(['info', 'warning', 'error']).toContain(finding.severity);
            expect(finding.message.trim()).not.toBe('');
          }
        },
      ),
    );
  });
});
