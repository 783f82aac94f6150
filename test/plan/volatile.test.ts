import { expect, test } from 'vitest';
import { planStack } from '../../src/plan/compare.js';
import { replacer } from '../../src/plan/volatile.js';
import { inputOf } from './golden/case.js';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const DIGEST = 'a'.repeat(64);
const VALUES = {
  commit: COMMIT,
  ref: 'main',
  runUrl: 'https://github.com/a/b/actions/runs/1234567',
  runId: '1234567',
  releaseVersion: 'v1.4.2',
};

test.each([
  [`built from ${COMMIT}`, 'built from ${commit}'],
  ['git-0123456', 'git-${commit}'],
  ['v1.0-3-g0123456789', 'v1.0-3-g${commit}'],
  ['012345', '012345'],
  ['0123456f', '0123456f'],
  ['a0123456', 'a0123456'],
  ['main', '${ref}'],
  ['domain main', 'domain main'],
  ['by https://github.com/a/b/actions/runs/1234567', 'by ${runUrl}'],
  ['run 1234567', 'run ${runId}'],
  ['shop v1.4.2, stable', 'shop ${releaseVersion}, stable'],
  ['v1.4.2.', '${releaseVersion}.'],
  ['v1.4.20', 'v1.4.20'],
  ['v1.4.2.1', 'v1.4.2.1'],
  ['v1.4.2-rc', 'v1.4.2-rc'],
  [`s3://b/${DIGEST}.zip`, 's3://b/${asset}.zip'],
  ['b'.repeat(64), 'b'.repeat(64)],
])('%s is %s', (text, expected) => {
  expect(replacer(planStack(inputOf({ after: {} })), new Set([DIGEST]), VALUES)(text)).toBe(expected);
});
