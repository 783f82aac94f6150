import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import { unreviewed } from '../../src/plan/unreviewed.js';
import { inputOf, resources } from './golden/case.js';
import { PARTS } from './parts.js';

const now = makePlan({
  ...PARTS,
  stacks: [
    planStack(
      inputOf({ before: resources({ Files: ['AWS::S3::Bucket'] }), after: resources({ Jobs: ['AWS::SQS::Queue'] }) }),
    ),
  ],
});
const other = `sha256:${'1'.repeat(64)}`;

test('the same is the same', () => {
  expect(unreviewed(now, now, 'plan-and-assets')).toEqual([]);
});

test('what would happen now, the worst first', () => {
  expect(unreviewed({ ...now, fingerprint: other }, now, 'plan')).toEqual([
    `reviewed ${other}, now ${now.fingerprint}`,
    'now it would do: app: delete Files (AWS::S3::Bucket)',
    'now it would do: app: add Jobs (AWS::SQS::Queue)',
  ]);
});

test('nothing would happen any more', () => {
  const idle = { ...now, stacks: [] };
  expect(unreviewed({ ...now, fingerprint: other }, idle, 'plan')[1]).toBe(
    'now nothing of the infrastructure would change',
  );
});

test.each([
  ['plan', 0],
  ['plan-and-assets', 1],
] as const)('other assets, where %s counts', (match, lines) => {
  expect(unreviewed({ ...now, assetFingerprint: other }, now, match)).toHaveLength(lines);
});
