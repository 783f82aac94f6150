import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/model.js';
import { COMMENT_BUDGET, renderComment } from '../../src/report/comment.js';
import { carrySince, keepsPlans, planLine, recordOf } from '../../src/report/plan-line.js';
import { aPlan, aReport, planOf } from './fixtures.js';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const [ONE, TWO] = ['1'.repeat(40), '2'.repeat(40)];

function plan(id: string, { fingerprint = digest('a'), assets = digest('b'), commit = ONE } = {}): Plan {
  const base = aPlan();
  return {
    ...base,
    target: { ...base.target, id },
    source: { ...base.source, commit },
    fingerprint,
    assetFingerprint: assets,
  };
}
const body = (...plans: Plan[]) => `<!-- deploy-action:deploy -->\n${planLine(plans)}\n\n## Plan`;

test('what is kept is found again, by target', () => {
  const text = body(plan('a', { fingerprint: digest('c') }), plan('b', { commit: TWO, assets: digest('d') }));
  expect(recordOf(text, 'a')).toEqual({ commit: ONE, fingerprint: digest('c'), assetFingerprint: digest('b') });
  expect(recordOf(text, 'b')).toEqual({ commit: TWO, fingerprint: digest('a'), assetFingerprint: digest('d') });
  expect(recordOf(text, 'c')).toBeUndefined();
  expect(keepsPlans(text)).toBe(true);
});

describe('nothing is found', () => {
  test.each([
    ['in a comment without the line', '<!-- deploy-action:deploy -->\n\n## Plan'],
    ['on another line', `<!-- deploy-action:deploy -->\n\n${planLine([plan('a')])}`],
    ['on the first line', planLine([plan('a')])],
    ['of another version', body(plan('a')).replace(':v1', ':v2')],
    ['in a line that was cut', body(plan('a')).replace(/.{10} -->\n\n/, ' -->\n\n')],
    ['behind what was added', body(plan('a')).replace('=', '=x')],
    ['without a commit', body(plan('a')).replace(ONE, 'main')],
  ])('%s', (_, text) => {
    expect(recordOf(text, 'a')).toBeUndefined();
  });

  test('of a run that knows no commit', () => {
    expect(planLine([plan('a', { commit: '' })])).toBe('');
  });
});

test('line ends of a browser change nothing', () => {
  expect(recordOf(body(plan('a')).replaceAll('\n', '\r\n'), 'a')).toMatchObject({ commit: ONE });
});

describe('since when a plan stands there', () => {
  const at = new Date('2026-11-21T09:00:00Z');
  const later = new Date('2026-11-21T10:00:00Z');

  test('is kept as long as it is the same', () => {
    const first = carrySince(`${body(plan('a'))}run 2`, body(plan('a')), at);
    expect(recordOf(first, 'a')?.since).toEqual(at);
    expect(recordOf(carrySince(`${body(plan('a'))}run 3`, first, later), 'a')?.since).toEqual(at);
  });

  test('is no reason to edit a comment that says the same', () => {
    const old = body(plan('a'), plan('b'));
    expect(carrySince(body(plan('a'), plan('b')), old, at)).toBe(old);
    expect(carrySince(body(plan('a')), old, at)).not.toBe(old);
  });

  test.each([
    ['another plan', plan('a', { fingerprint: digest('c') })],
    ['other assets', plan('a', { assets: digest('c') })],
    ['another commit', plan('a', { commit: TWO })],
    ['another target', plan('b')],
  ])('is lost with %s', (_, next) => {
    expect(recordOf(carrySince(body(next), body(plan('a')), at), next.target.id)?.since).toBeUndefined();
  });

  test('leaves the rest of the comment, and its length', () => {
    const text = body(plan('a'), plan('b'));
    const carried = carrySince(text, text, at);
    expect(carried).toHaveLength(text.length);
    expect(carried.split('\n').toSpliced(1, 1)).toEqual(text.split('\n').toSpliced(1, 1));
    expect(carrySince('no plan', text, at)).toBe('no plan');
  });
});

test('256 targets fit beside a report, and take less than half of it', () => {
  const plans = Array.from({ length: 300 }, (_, at) => plan(`environment-${at}-${'x'.repeat(100)}-eu-central-1`));
  const line = planLine(plans);
  expect(line.length).toBeLessThan(COMMENT_BUDGET / 2);
  expect(recordOf(`x\n${line}`, plans[255]!.target.id)).toBeDefined();
  expect(recordOf(`x\n${line}`, plans[256]!.target.id)).toBeUndefined();
  const { markdown } = renderComment(aReport(...plans.map(planOf)), { summaryUrl: 'https://x', keepPlans: true });
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(COMMENT_BUDGET);
  expect(markdown.split('\n')[1]).toBe(line);
});

test('any target and any digests: one closed HTML comment on one line, that holds what was put in', () => {
  const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), hex, hex, (id, one, other) => {
      const line = planLine([plan(id, { fingerprint: `sha256:${one}`, assets: `sha256:${other}` })]);
      expect(line).toMatch(/^<!-- deploy-action-plans:v1 [\w+/.,;=]+ -->$/);
      expect(recordOf(`x\n${line}`, id)).toMatchObject({
        fingerprint: `sha256:${one}`,
        assetFingerprint: `sha256:${other}`,
      });
    }),
  );
});
