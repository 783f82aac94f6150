import { expect, test } from 'vitest';
import type { Assembly, AssemblyStack, Template } from '../../src/cdk/assembly/model.js';
import { unstablePaths } from '../../src/doctor/unstable.js';

const topic = (properties: Readonly<Record<string, unknown>>) => ({ Type: 'AWS::SNS::Topic', Properties: properties });
const template = (resources: Readonly<Record<string, unknown>>, nested: Template['nested'] = {}): Template => ({
  file: 't.json',
  body: { Resources: resources },
  constructs: {},
  nested,
});
const assembly = (one: Template): Assembly => {
  const stack: AssemblyStack = {
    ...one,
    ...{ id: 'Web', displayName: 'Web', name: 'web', account: '111122223333', region: 'eu-west-1' },
    ...{ terminationProtection: false, tags: {}, dependsOn: [], wave: 1, roles: {}, assets: [] },
  };
  return { folder: '/out', version: '54.0.0', stacks: [stack], assetManifests: [], missing: [] };
};
const paths = (first: Template, second: Template, ignore: readonly string[] = []) =>
  unstablePaths(assembly(first), assembly(second), ignore);

test('a property that differs is named as plan.ignore takes it', () => {
  const first = template({ Topic: topic({ DisplayName: 'a', TopicName: 't' }) });
  const second = template({ Topic: topic({ DisplayName: 'b', TopicName: 't' }) });
  expect(paths(first, second)).toEqual(['Web/Topic.DisplayName']);
  expect(paths(first, first)).toEqual([]);
});

test.each([['Topic'], ['Topic.DisplayName'], ['Web/Topic.Display*'], ['Web/Topic.DisplayName']])(
  'what %s leaves out already is not told',
  (ignore) => {
    const first = template({ Topic: topic({ DisplayName: 'a' }) });
    const second = template({ Topic: topic({ DisplayName: 'b' }) });
    expect(paths(first, second, [ignore])).toEqual([]);
  },
);

test('a resource with a name of chance', () => {
  expect(paths(template({ A1: topic({}) }), template({ A2: topic({}) })).toSorted()).toEqual(['Web/A1', 'Web/A2']);
});

test('in a nested stack', () => {
  const inner = (name: string) => template({ Topic: topic({ DisplayName: name }) });
  const root = { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: {} } };
  expect(paths(template(root, { Nested: inner('a') }), template(root, { Nested: inner('b') }))).toEqual([
    'Web/Nested/Topic.DisplayName',
  ]);
});
