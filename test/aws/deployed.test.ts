import { expect, test } from 'vitest';
import { readDeployed } from '../../src/aws/deployed.js';
import { FakeCloudFormation, type FakeStack } from '../fakes/cloud-formation.js';

const STACK = 'AWS::CloudFormation::Stack';
const nested = (logicalId: string, physicalId?: string) => ({
  logicalId,
  type: STACK,
  status: 'CREATE_COMPLETE',
  ...(physicalId === undefined ? {} : { physicalId }),
});
const holding = (...names: string[]): string =>
  JSON.stringify({ Resources: Object.fromEntries(names.map((name) => [name, { Type: STACK }])) });

const read = (stacks: readonly FakeStack[], name = 'app') => {
  const cloudFormation = new FakeCloudFormation(stacks);
  const named: string[] = [];
  const parse = (text: string, what: string): unknown => {
    named.push(what);
    return JSON.parse(text);
  };
  return { cloudFormation, named, deployed: readDeployed(cloudFormation, name, parse) };
};

test('stacks nested two levels deep', async () => {
  const { deployed, named } = read([
    {
      name: 'app',
      template: holding('Mid', 'Other'),
      resources: [nested('Mid', 'app-mid'), nested('Other', 'app-other')],
    },
    { name: 'app-mid', template: holding('Leaf'), resources: [nested('Leaf', 'app-mid-leaf')] },
    { name: 'app-mid-leaf', template: '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}' },
    { name: 'app-other' },
  ]);
  const app = await deployed;
  expect(app?.state.name).toBe('app');
  expect(Object.keys(app?.nested ?? {})).toEqual(['Mid', 'Other']);
  expect(app?.nested['Mid']?.nested['Leaf']?.template).toEqual({ Resources: { T: { Type: 'AWS::SNS::Topic' } } });
  expect(app?.nested['Other']?.template).toEqual({ Resources: {} });
  expect(named).toContain('the template of app-mid-leaf');
});

test('resources are asked for only where stacks are nested', async () => {
  const { deployed, cloudFormation } = read([
    { name: 'app', template: '{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}' },
  ]);
  expect((await deployed)?.nested).toEqual({});
  expect(cloudFormation.reads.filter((call) => call.startsWith('resources'))).toEqual([]);
});

test('a nested stack that was never made, or is gone, is not there', async () => {
  const { deployed } = read([
    { name: 'app', template: holding('A', 'B'), resources: [nested('A'), nested('B', 'gone')] },
  ]);
  expect((await deployed)?.nested).toEqual({});
});

test('no stack', async () => {
  expect(await read([]).deployed).toBeUndefined();
});

test('a stack that only waits for its change set holds nothing', async () => {
  const state = { status: 'REVIEW_IN_PROGRESS' };
  const { deployed, named } = read([
    { name: 'app', state, template: holding('Mid'), resources: [nested('Mid', 'mid')] },
  ]);
  expect(await deployed).toMatchObject({ state, template: {}, nested: {} });
  expect(named).toEqual([]);
});

test('a template without resources', async () => {
  expect((await read([{ name: 'app', template: '{}' }]).deployed)?.nested).toEqual({});
});
