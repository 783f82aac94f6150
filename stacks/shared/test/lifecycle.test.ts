import { RemovalPolicy } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { lifecycleSchema } from '../lib/lifecycle.js';

test.each([
  ['retain', RemovalPolicy.RETAIN],
  ['destroy', RemovalPolicy.DESTROY],
])('%s becomes the CDK policy', (removal, expected) => {
  expect(lifecycleSchema.parse({ removal, protect: true, logRetentionDays: 7 })).toEqual({
    removal: expected,
    protect: true,
    logRetentionDays: 7,
  });
});

test('a retention that CloudWatch does not know is refused', () => {
  const wrong = lifecycleSchema.safeParse({ removal: 'retain', protect: true, logRetentionDays: 8 });
  expect(wrong.error?.issues[0]?.message).toMatch(/^must be one of 1, 3, 5, 7/);
});
