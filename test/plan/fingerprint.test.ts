import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planStack } from '../../src/plan/compare.js';
import { assetFingerprint, fingerprint } from '../../src/plan/fingerprint.js';
import type { StackInput } from '../../src/plan/input.js';
import type { StackPlan } from '../../src/plan/model.js';
import type { Template } from '../../src/plan/template.js';
import { inputOf, resources } from './golden/case.js';

/** Milliseconds; `npm run soak` takes twenty times as many runs. */
const LONG = 300_000;

const PLAIN = { volatile: {}, ignore: [] };

function planOf(before: Template | undefined, after: Template, input: Partial<StackInput> = {}): StackPlan {
  return planStack(inputOf({ ...(before !== undefined && { before }), after, input }));
}

const types = ['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::Lambda::Function', 'AWS::IAM::Role', 'Custom::Thing'];
const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
const properties = fc.dictionary(fc.constantFrom('A', 'B', 'Name', 'Size', 'Timeout'), value, { minKeys: 1 });
const template = fc
  .array(fc.record({ Type: fc.constantFrom(...types), Properties: properties }), { minLength: 1, maxLength: 5 })
  .map((list): Template => ({
    Resources: Object.fromEntries(list.map((resource, index) => [`R${String(index)}`, resource])),
  }));

/** Another order of every object's keys. */
function reversed(item: unknown): unknown {
  if (Array.isArray(item)) return item.map(reversed);
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(
    Object.entries(item)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

describe('the fingerprint', () => {
  test(
    'does not depend on the order of stacks, resources or properties',
    () => {
      fc.assert(
        fc.property(fc.option(template, { nil: undefined }), template, (before, after) => {
          const plain = ['a', 'b', 'c'].map((id) => planOf(before, after, { id, wave: 1 }));
          const turned = ['c', 'a', 'b'].map((id) =>
            planOf(reversed(before) as Template | undefined, reversed(after) as Template, {
              id,
              wave: 2,
              displayName: 'x',
              text: 'y',
            }),
          );
          expect(fingerprint(turned, PLAIN)).toBe(fingerprint(plain, PLAIN));
        }),
      );
    },
    LONG,
  );

  test.each([
    ['of a new stack', true],
    ['of a change', false],
  ])(
    'is another one when any one property is another: %s',
    (_, fresh) => {
      const flipped = fc.tuple(template, fc.nat(), fc.nat(), value);
      fc.assert(
        fc.property(flipped, ([after, resourceAt, propertyAt, other]) => {
          const all = after.Resources as Record<string, { Properties: Record<string, unknown> }>;
          const id = Object.keys(all)[resourceAt % Object.keys(all).length]!;
          const own = all[id]!.Properties;
          const key = Object.keys(own)[propertyAt % Object.keys(own).length]!;
          fc.pre(asCloudFormation(own[key]) !== asCloudFormation(other));
          const changed = structuredClone(after) as typeof after & { Resources: typeof all };
          changed.Resources[id]!.Properties[key] = other;
          const before = fresh ? undefined : after;
          expect(fingerprint([planOf(before, changed)], PLAIN)).not.toBe(fingerprint([planOf(before, after)], PLAIN));
        }),
      );
    },
    LONG,
  );

  test('is the same for a new build, whose assets have another', () => {
    const build = (digest: string): StackPlan =>
      planOf(
        resources({ Fn: ['AWS::Lambda::Function', { Code: { S3Key: `${'0'.repeat(64)}.zip` }, Timeout: 1 }] }),
        resources({
          Fn: ['AWS::Lambda::Function', { Code: { S3Key: `${digest}.zip` }, Timeout: 2 }],
          New: ['AWS::Lambda::Function', { Code: { S3Key: `${digest}.zip` } }],
        }),
        { assets: [digest] },
      );
    const [one, two] = [build('a'.repeat(64)), build('b'.repeat(64))];
    expect(fingerprint([one], PLAIN)).toBe(fingerprint([two], PLAIN));
    expect(assetFingerprint([one])).not.toBe(assetFingerprint([two]));
  });

  test('knows what differs from run to run by its name', () => {
    const release = (commit: string): string =>
      fingerprint(
        [planOf(resources({}), resources({ It: ['AWS::SNS::Topic', { DisplayName: `built from ${commit}` }] }))],
        {
          volatile: { commit },
          ignore: [],
        },
      );
    expect(release('1111111aaaaaaa')).toBe(release('2222222bbbbbbb'));
    expect(
      fingerprint([planOf(undefined, resources({ It: ['AWS::SNS::Topic', { DisplayName: 'domain' }] }))], {
        volatile: { ref: 'main' },
        ignore: [],
      }),
    ).toBe(fingerprint([planOf(undefined, resources({ It: ['AWS::SNS::Topic', { DisplayName: 'domain' }] }))], PLAIN));
  });

  test.each([
    ['It.Environment.Variables.STAMP', true],
    ['It', true],
    ['It.*', true],
    ['app/It.Environment', true],
    ['other/It.Environment', false],
    ['It.Env', false],
  ])('leaves out %s: %s', (pattern, equal) => {
    const stamped = (stamp: string): StackPlan =>
      planOf(
        resources({ It: ['AWS::Lambda::Function', { Environment: { Variables: { STAMP: 'old' } } }] }),
        resources({ It: ['AWS::Lambda::Function', { Environment: { Variables: { STAMP: stamp } } }] }),
      );
    const options = { volatile: {}, ignore: [pattern] };
    expect(fingerprint([stamped('a')], options) === fingerprint([stamped('b')], options)).toBe(equal);
  });

  test('counts another type under one logical id, whatever is ignored of its properties', () => {
    const of = (type: string): StackPlan =>
      planOf(resources({ It: ['AWS::SQS::Queue', { A: 1 }] }), resources({ It: [type, { A: 2 }] }));
    const options = { volatile: {}, ignore: ['It.A'] };
    expect(fingerprint([of('AWS::SNS::Topic')], options)).not.toBe(fingerprint([of('AWS::SQS::Queue')], options));
  });

  test('tells a stack that exists from one that does not', () => {
    expect(fingerprint([planOf(resources({}), resources({}))], PLAIN)).not.toBe(
      fingerprint([planOf(undefined, resources({}))], PLAIN),
    );
  });

  test('counts what a tag, an output and a policy say', () => {
    const base = planOf(resources({}), resources({}));
    const seen = new Set([
      fingerprint([base], PLAIN),
      fingerprint([planOf(resources({}), resources({}, { Outputs: { A: { Value: 1 } } }))], PLAIN),
      fingerprint([planOf(resources({}), resources({}), { tags: { before: {}, after: { a: '1' } } })], PLAIN),
      fingerprint(
        [
          planOf(
            resources({ B: ['AWS::S3::Bucket'] }),
            resources({ B: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }] }),
          ),
        ],
        PLAIN,
      ),
      fingerprint(
        [
          planOf(
            resources({ B: ['AWS::S3::Bucket'] }),
            resources({ B: ['AWS::S3::Bucket', {}, { DeletionPolicy: 'Delete' }] }),
          ),
        ],
        PLAIN,
      ),
    ]);
    expect(seen.size).toBe(5);
  });
});

/** Scalars of equal text are one value to CloudFormation. */
function asCloudFormation(item: unknown): string {
  return Array.isArray(item)
    ? JSON.stringify(item.map(String))
    : typeof item === 'string'
      ? `"${item}"`
      : `"${String(item)}"`;
}
