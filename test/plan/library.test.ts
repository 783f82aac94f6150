import { fullDiff } from '@aws-cdk/cloudformation-diff/lib/diff-template.js';
import { expect, test } from 'vitest';
import { planStack } from '../../src/plan/compare.js';
import { libraryDiff } from '../../src/plan/library.js';
import { normalized } from '../../src/plan/template.js';
import { inputOf, resources } from './golden/case.js';
import { GOLDEN } from './golden/index.js';

const WORDS: Readonly<Record<string, string>> = { WILL_REPLACE: 'always', MAY_REPLACE: 'conditionally' };

test('one resource after the other gives what the library says of the whole, where no reference carries it on', () => {
  let compared = 0;
  for (const golden of GOLDEN) {
    const [before, after] = [normalized(golden.before ?? {}), normalized(golden.after)];
    const impacts = libraryDiff(before, after).impacts;
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
  const diff = libraryDiff(resources({ A: ['AWS::S3::Bucket'] }), resources({ B: ['AWS::S3::Bucket'] }));
  expect(diff).toEqual({ impacts: new Map() });
});

test('one resource at which the library gives up costs the others nothing', () => {
  const of = (name: string) =>
    resources({
      Odd: ['Custom::Thing', { X: { hasOwnProperty: name } }],
      Queue: ['AWS::SQS::Queue', { QueueName: name }],
    });
  const { impacts, failure } = libraryDiff(of('a'), of('b'));
  expect(failure).toMatch(/hasOwnProperty/);
  expect(impacts).toEqual(new Map([['Queue', new Map([['QueueName', 'always']])]]));
  expect(planStack(inputOf({ before: of('a'), after: of('b') })).notes.join()).toMatch(
    /comparison gave up \(.*hasOwnP/,
  );
});
