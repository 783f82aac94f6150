import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { regionZones } from '../lib/zones.js';

test('zones are chosen by CloudFormation, not looked up', () => {
  const stack = new Stack(new App(), 'stack', { env: { account: '111122223333', region: 'us-west-2' } });
  expect(stack.resolve(regionZones(2))).toEqual([
    { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] },
  ]);
});
