import { describe, expect, test } from 'vitest';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import type { StackInput } from '../../src/plan/input.js';
import type { StackPlan } from '../../src/plan/model.js';
import { inputOf, resources } from './golden/case.js';
import { PARTS } from './parts.js';

const empty = resources({});
const stack = (id: string, more: Partial<StackInput> = {}): StackPlan =>
  planStack(inputOf({ before: empty, after: empty, input: { id, ...more } }));

describe('makePlan', () => {
  test('puts a parent before its children, to any depth, and waves in order', () => {
    const stacks = [
      stack('z', { wave: 1 }),
      stack('a', { wave: 2 }),
      stack('a/n/deep', { parent: 'a/n', wave: 2 }),
      stack('z/k', { parent: 'z' }),
      stack('a/n', { parent: 'a', wave: 2 }),
      stack('lost/child', { parent: 'lost', wave: 3 }),
    ];
    expect(makePlan({ ...PARTS, stacks }).stacks.map(({ id }) => id)).toEqual([
      'z',
      'z/k',
      'a',
      'a/n',
      'a/n/deep',
      'lost/child',
    ]);
  });

  test('the fingerprints are those of the templates, whatever is shown', () => {
    const stacks = [planStack(inputOf({ after: resources({ T: ['AWS::SNS::Topic', { TopicName: 'a' }] }) }))];
    const gone = planStack(
      inputOf({ before: resources({ B: ['AWS::S3::Bucket'] }), after: empty, input: { assets: ['a'.repeat(64)] } }),
    );
    const own = makePlan({ ...PARTS, stacks });
    const shown = makePlan({ ...PARTS, stacks, shown: [{ ...gone, method: 'change-set' }] });
    expect(shown.fingerprint).toBe(own.fingerprint);
    expect(shown.assetFingerprint).toBe(own.assetFingerprint);
    expect(shown).toMatchObject({ risk: 'data-loss', counts: { delete: 1 }, stacks: [{ method: 'change-set' }] });
    // The same stacks as templates are another plan.
    const other = makePlan({ ...PARTS, stacks: shown.stacks });
    expect(other.fingerprint).not.toBe(own.fingerprint);
    expect(other.assetFingerprint).not.toBe(own.assetFingerprint);
  });

  test('sums counts and takes the worst risk', () => {
    const gone = planStack(
      inputOf({ before: resources({ B: ['AWS::S3::Bucket'] }), after: empty, input: { id: 'b' } }),
    );
    const made = planStack(
      inputOf({ after: resources({ T: ['AWS::SNS::Topic'], CDKMetadata: ['AWS::CDK::Metadata'] }) }),
    );
    const plan = makePlan({ ...PARTS, stacks: [gone, made] });
    expect(plan.counts).toEqual({ add: 1, update: 0, replace: 0, delete: 1, import: 0, noise: 1 });
    expect(plan.risk).toBe('data-loss');
    expect(plan.hasChanges).toBe(true);
  });

  test.each([
    ['nothing', {}, {}, false],
    [
      'a new build',
      { Fn: ['AWS::Lambda::Function', { Code: { S3Key: 'a'.repeat(64) } }] },
      { Fn: ['AWS::Lambda::Function', { Code: { S3Key: 'b'.repeat(64) } }] },
      true,
    ],
    [
      'metadata',
      { M: ['AWS::CDK::Metadata', { Analytics: 1 }] },
      { M: ['AWS::CDK::Metadata', { Analytics: 2 }] },
      false,
    ],
  ] as const)('%s is a change: %#', (_, before, after, expected) => {
    const plan = makePlan({
      ...PARTS,
      stacks: [planStack(inputOf({ before: resources(before), after: resources(after) }))],
    });
    expect(plan.hasChanges).toBe(expected);
  });

  test('knows the commit by its name', () => {
    const of = (commit: string): string =>
      makePlan({
        ...PARTS,
        source: { ...PARTS.source, commit },
        stacks: [
          planStack(inputOf({ before: empty, after: empty, input: { tags: { before: {}, after: { commit } } } })),
        ],
      }).fingerprint;
    expect(of('a'.repeat(40))).toBe(of('b'.repeat(40)));
  });
});
