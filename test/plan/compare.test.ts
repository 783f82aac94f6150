import { describe, expect, test } from 'vitest';
import { planStack } from '../../src/plan/compare.js';
import type { Change } from '../../src/plan/model.js';
import { inputOf } from './golden/case.js';
import { GOLDEN } from './golden/index.js';

function lineOf({ subject, logicalId, action, conditional, risk, noise }: Change): string {
  const id = subject === 'resource' ? logicalId : `${subject}:${logicalId}`;
  return `${id} ${action}${conditional === true ? '?' : ''} ${risk}${noise === undefined ? '' : ` [${noise}]`}`;
}

describe('what AWS documents', () => {
  test.each(GOLDEN.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const plan = planStack(inputOf(golden));
    expect(plan.changes.map(lineOf).sort()).toEqual([...golden.expect].sort());
  });

  test('every expectation names its page', () => {
    for (const { doc } of GOLDEN) expect(doc).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(new Set(GOLDEN.map(({ name }) => name)).size).toBe(GOLDEN.length);
    expect(GOLDEN.length).toBeGreaterThanOrEqual(60);
  });
});
