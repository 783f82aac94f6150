import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planStack } from '../../src/plan/compare.js';
import { fingerprint } from '../../src/plan/fingerprint.js';
import type { StackInput } from '../../src/plan/input.js';
import type { Template } from '../../src/plan/template.js';
import { byDesign, flipsOf } from './flips.js';
import { inputOf } from './golden/case.js';
import { GOLDEN } from './golden/index.js';

/** Flips of one template. */
const MOST = 30;

const PLAIN = { volatile: {}, ignore: [] };

function of(before: Template | undefined, after: Template, input: Partial<StackInput> = {}): string {
  return fingerprint([planStack(inputOf({ ...(before !== undefined && { before }), after, input }))], PLAIN);
}

/** Every flip of a template that tells nothing although it has to, or something although it has not. */
function wrong(before: Template | undefined, after: Template, input: Partial<StackInput> = {}): readonly string[] {
  const plain = of(before, after, input);
  const flips = flipsOf(after);
  // Of a template at CloudFormation's limit some, spread over all of it.
  const step = Math.ceil(flips.length / MOST);
  return flips
    .filter((_, index) => index % step === 0)
    .flatMap((flip) => {
      const reason = byDesign(after, flip);
      const equal = of(before, flip.template(), input) === plain;
      return equal === (reason !== undefined) ? [] : [`${flip.path.join('.')} ${flip.what}: ${reason ?? 'unseen'}`];
    });
}

describe('any one thing that is another makes another fingerprint', () => {
  test.each(GOLDEN.map((golden) => [golden.name, golden] as const))('%s', (_, { before, after, input }) => {
    expect(wrong(before, after, input)).toEqual([]);
    expect(wrong(after, after, input)).toEqual([]);
    expect(wrong(undefined, after, input)).toEqual([]);
  });
});

const scalar = fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean());
const reference = fc.constantFrom<object>({ Ref: 'R0' }, { 'Fn::GetAtt': ['R0', 'Arn'] }, { 'Fn::Sub': 'x-${R0}' });
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    scalar,
    reference,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('A', 'B', 'Name', 'Tags', 'Roles', 'Sid'), tie('tree'), { maxKeys: 3 }),
  ),
}));
const statement = fc.record(
  {
    Sid: fc.constantFrom('One', 'Two'),
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.oneof(fc.constantFrom('s3:*', '*'), fc.subarray(['s3:GetObject', 's3:PutObject'], { minLength: 1 })),
    Resource: fc.oneof(fc.constantFrom('*', 'arn:aws:s3:::a'), reference),
    Condition: fc.constant({ Bool: { 'aws:SecureTransport': ['true', 'false'] } }),
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
);
const policy = fc.record({
  Version: fc.constant('2012-10-17'),
  Statement: fc.array(statement, { minLength: 1, maxLength: 3 }),
});
const resource = fc.record(
  {
    Type: fc.constantFrom(
      'AWS::SQS::Queue',
      'AWS::S3::Bucket',
      'AWS::IAM::Policy',
      'AWS::Lambda::Function',
      'Custom::X',
    ),
    Properties: fc.dictionary(
      fc.constantFrom('A', 'BucketName', 'Tags', 'PolicyDocument', 'Environment'),
      fc.oneof(tree, policy),
    ),
    Metadata: fc.dictionary(fc.constantFrom('aws:cdk:path', 'aws:asset:path', 'Note'), scalar),
    DependsOn: fc.subarray(['R0', 'R1']),
    DeletionPolicy: fc.constantFrom('Delete', 'Retain', 'Snapshot'),
    UpdateReplacePolicy: fc.constantFrom('Delete', 'Retain'),
    UpdatePolicy: tree,
    Condition: fc.constantFrom('Open', 'No', 'Yes'),
  },
  { requiredKeys: ['Type'] },
);
const Conditions = {
  Open: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
  No: { 'Fn::Equals': ['a', 'b'] },
  Yes: { 'Fn::Not': [{ Condition: 'No' }] },
};
const template: fc.Arbitrary<Template> = fc
  .record({
    list: fc.array(resource, { minLength: 1, maxLength: 4 }),
    Outputs: fc.dictionary(fc.constantFrom('O', 'P'), fc.record({ Value: tree })),
    Mappings: fc.dictionary(
      fc.constant('M'),
      fc.dictionary(fc.constant('eu-west-1'), fc.dictionary(fc.constant('k'), scalar)),
    ),
  })
  .map(({ list, ...rest }) => ({
    ...rest,
    Conditions,
    Resources: Object.fromEntries(list.map((one, index) => [`R${String(index)}`, one])),
  }));

test('in templates that nobody wrote, too', () => {
  fc.assert(
    fc.property(fc.option(template, { nil: undefined }), template, fc.nat(), (before, after, at) => {
      // What is the same by design is told over the golden set, where each case was thought about.
      const flips = flipsOf(after).filter((flip) => byDesign(after, flip) === undefined);
      fc.pre(flips.length > 0);
      const flip = flips[at % flips.length]!;
      const base = before ?? after;
      const seen = of(base, flip.template()) === of(base, after) ? 'the same' : 'another';
      expect([flip.path, seen]).toEqual([flip.path, 'another']);
    }),
  );
}, 300_000);
