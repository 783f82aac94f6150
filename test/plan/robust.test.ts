import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planStack } from '../../src/plan/compare.js';
import type { Template } from '../../src/plan/template.js';
import { inputOf, resources } from './golden/case.js';

/** Milliseconds; `npm run soak` takes twenty times as many runs. */
const LONG = 300_000;

const types = fc.constantFrom(
  'AWS::IAM::Role',
  'AWS::S3::BucketPolicy',
  'AWS::EC2::SecurityGroup',
  'AWS::Lambda::Permission',
  'X',
);
const keys = fc.constantFrom(
  'Ref',
  'Fn::If',
  'Fn::Sub',
  'Statement',
  'Effect',
  'Principal',
  'Policies',
  'PolicyDocument',
  'SecurityGroupIngress',
  'A',
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.constantFrom('Allow', '*', null, 7),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(keys, tie('tree'), { maxKeys: 3 }),
  ),
}));
const resource = fc.oneof(
  fc.record({ Type: types, Properties: tree, Metadata: tree, DependsOn: tree, Condition: tree }),
  tree,
);
const template = fc.record(
  {
    Resources: fc.dictionary(fc.constantFrom('A', 'B', '__proto__', 'Fn::Transform'), resource),
    Outputs: tree,
    Conditions: tree,
    Mappings: tree,
    Parameters: tree,
    Transform: tree,
  },
  { requiredKeys: [] },
);

test(
  'no template makes the comparison fail, and nothing differs from itself',
  () => {
    fc.assert(
      fc.property(template, template, (before, after) => {
        const plan = planStack(inputOf({ before: before, after: after }));
        expect(JSON.parse(JSON.stringify(plan))).toBeTypeOf('object');
        expect(planStack(inputOf({ before: after, after: structuredClone(after) })).changes).toEqual([]);
      }),
    );
  },
  LONG,
);

test('a stack at the limit of 500 resources: one row each', () => {
  const all = (size: number): Template =>
    resources(
      Object.fromEntries(
        Array.from({ length: 500 }, (_, index) => [
          `F${String(index)}`,
          ['AWS::Lambda::Function', { MemorySize: size }] as const,
        ]),
      ),
    );
  const plan = planStack(inputOf({ before: all(128), after: all(256) }));
  expect(plan.counts).toEqual({ add: 0, update: 500, replace: 0, delete: 0, import: 0 });
  expect(plan.risk).toBe('update');
});
