import { createRequire } from 'node:module';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type * as DiffTemplate from '@aws-cdk/cloudformation-diff/lib/diff-template.js';
import { describe, expect, test } from 'vitest';
import { specTable } from '../../scripts/generate/spec-table.js';
import { DATA_SUPPLEMENT, typePage } from '../../src/plan/data.js';
import { holdsData, specOf, specRows, specStandIn } from '../../src/plan/spec.js';
import { GOLDEN } from './golden/index.js';

const require = createRequire(import.meta.url);

/** The library, loaded anew over a database of ours. */
function fullDiffOver(database: unknown): typeof DiffTemplate.fullDiff {
  const spec = require.resolve('@aws-cdk/aws-service-spec');
  const real = require.cache[spec];
  const ours = Object.keys(require.cache).filter((file) => file.includes('@aws-cdk/cloudformation-diff/'));
  for (const file of ours) Reflect.deleteProperty(require.cache, file);
  require.cache[spec] = { exports: { loadAwsServiceSpecSync: () => database } } as NodeJS.Module;
  try {
    const { fullDiff } = require('@aws-cdk/cloudformation-diff/lib/diff-template.js') as typeof DiffTemplate;
    // The database is loaded at the first look-up: make it so while ours is in place.
    fullDiff({ Resources: {} }, { Resources: { A: { Type: 'AWS::S3::Bucket' } } });
    return fullDiff;
  } finally {
    if (real === undefined) Reflect.deleteProperty(require.cache, spec);
    else require.cache[spec] = real;
  }
}

test('the generated table is what the database says: npm run generate when this fails', () => {
  expect(specRows().split('\n').length).toBeGreaterThan(1500);
  expect(specRows() === specTable()).toBe(true);
});

describe('the stand-in', () => {
  const [standIn, real] = [fullDiffOver(specStandIn()), fullDiffOver(loadAwsServiceSpecSync())];
  const updates = GOLDEN.filter(({ before }) => before !== undefined);

  test.each(updates.map((golden) => [golden.name, golden] as const))(
    'gives the answer of the database: %s',
    (_, golden) => {
      const answer = (fullDiff: typeof DiffTemplate.fullDiff): string => {
        const diff = fullDiff(golden.before ?? {}, golden.after);
        const impacts: unknown[] = [];
        diff.resources.forEachDifference((id, change) =>
          impacts.push([id, change.changeImpact, change.propertyUpdates]),
        );
        return JSON.stringify([
          impacts,
          diff.permissionsBroadened,
          diff.iamChanges.hasChanges,
          diff.securityGroupChanges.hasChanges,
        ]);
      };
      expect(answer(standIn)).toBe(answer(real));
    },
  );

  test('knows the look-up of the library and no other', () => {
    expect(specStandIn().lookup('resource', 'cloudFormationType', 'equals', 'AWS::S3::Bucket')).toHaveLength(1);
    expect(specStandIn().lookup('resource', 'cloudFormationType', 'equals', 'Custom::Mine')).toEqual([]);
    expect(() => specStandIn().lookup('service', 'name', 'equals', 's3')).toThrow('service by name');
  });
});

test.each([
  ['AWS::S3::Bucket', true],
  ['AWS::RDS::DBInstance', true],
  ['AWS::MSK::Cluster', true],
  ['AWS::SNS::Topic', false],
  ['Custom::Database', false],
])('%s holds data: %s', (type, expected) => {
  expect(holdsData(type)).toBe(expected);
});

test('what the table says of a type', () => {
  const spec = specOf('AWS::EMR::Cluster');
  expect(spec?.stateful).toBe(true);
  expect(spec?.replacing.get('Name')).toBe('always');
  expect(spec?.nested).toContainEqual({ path: ['Instances', 'Ec2SubnetId'], replacement: 'always' });
  expect(specOf('AWS::IAM::Role')?.scrutinies.get('Policies')).toBe('InlineIdentityPolicies');
  expect(specOf('AWS::SQS::QueuePolicy')?.scrutiny).toBe('ResourcePolicyResource');
});

describe('the supplement of what holds data', () => {
  const stateful = new Set(
    [...loadAwsServiceSpecSync().all('resource')].filter((one) => one.isStateful).map((one) => one.cloudFormationType),
  );

  test.each([...DATA_SUPPLEMENT.keys()])('%s exists and is not in the database as such', (type) => {
    expect(stateful.has(type)).toBe(false);
    expect(type.startsWith('AWS::Serverless::') || specOf(type) !== undefined).toBe(true);
    expect(typePage(type)).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.*\.html$/);
  });
});
