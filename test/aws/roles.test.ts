import { expect, test } from 'vitest';
import { fillRole } from '../../src/aws/roles.js';

test.each([
  ['eu-west-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['us-west-2', 'aws'],
  ['eusc-de-east-1', 'aws-eusc'],
])('in %s a role is of the partition %s', (region, partition) => {
  expect(
    fillRole('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/a-${AWS::AccountId}-${AWS::Region}', '1', region),
  ).toBe(`arn:${partition}:iam::1:role/a-1-${region}`);
});

test('one without placeholders stays', () => {
  expect(fillRole('arn:aws:iam::2:role/a', '1', 'cn-north-1')).toBe('arn:aws:iam::2:role/a');
});
