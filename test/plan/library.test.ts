import { fullDiff } from '@aws-cdk/cloudformation-diff/lib/diff-template.js';
import { expect, test } from 'vitest';
import { libraryImpacts } from '../../src/plan/library.js';
import { normalized } from '../../src/plan/template.js';
import { resources } from './golden/case.js';
import { GOLDEN } from './golden/index.js';

const WORDS: Readonly<Record<string, string>> = { WILL_REPLACE: 'always', MAY_REPLACE: 'conditionally' };

test('one resource after the other gives what the library says of the whole, where no reference carries it on', () => {
  let compared = 0;
  for (const golden of GOLDEN) {
    const [before, after] = [normalized(golden.before ?? {}), normalized(golden.after)];
    const impacts = libraryImpacts(before, after);
    fullDiff(before, after).resources.forEachDifference((id, change) => {
      // What it carries on over references is no property's own difference: `rippled` does that for us.
      const own = Object.entries(change.propertyUpdates).filter(
        ([, { newValue }]) => !/replaced\)/.test(JSON.stringify(newValue)),
      );
      if (impacts.get(id) === undefined) return;
      expect(Object.fromEntries(impacts.get(id) ?? [])).toEqual(
        Object.fromEntries(own.map(([name, { changeImpact }]) => [name, WORDS[changeImpact ?? ''] ?? 'never'])),
      );
      compared += own.length;
    });
  }
  expect(compared).toBeGreaterThan(30);
});

test('says nothing of what only one side has', () => {
  expect(libraryImpacts(resources({ A: ['AWS::S3::Bucket'] }), resources({ B: ['AWS::S3::Bucket'] }))).toEqual(
    new Map(),
  );
});
