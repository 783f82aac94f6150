import { describe, expect, test } from 'vitest';
import { disagreements } from '../../src/plan/agreement.js';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import type { StackInput } from '../../src/plan/input.js';
import type { Plan } from '../../src/plan/model.js';
import type { ChangeSetDetail, ChangeSetResource } from '../../src/plan/change-set/answer.js';
import { withChangeSet } from '../../src/plan/change-set/overlay.js';
import { add, answer, byReference, detail, modify } from './change-set/answers.js';
import { ACCOUNT, REGION } from './golden/case.js';
import { PARTS } from './parts.js';

const queue = (seconds: number) => ({ Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: seconds } });
const topic = { Type: 'AWS::SNS::Topic', Properties: {} };

function plan(stacks: readonly Partial<StackInput>[], parts: Partial<typeof PARTS> = {}): Plan {
  return makePlan({
    ...PARTS,
    ...parts,
    stacks: stacks.map((stack) =>
      planStack({
        ...{ id: 'app', displayName: 'app', name: 'app', account: ACCOUNT, region: REGION, wave: 1, dependsOn: [] },
        ...{ assets: [], after: {}, status: 'CREATE_COMPLETE' },
        ...stack,
      }),
    ),
  });
}

const before = { Resources: { Jobs: queue(30) } };
const reviewed = plan([{ before, after: { Resources: { Jobs: queue(60) } } }]);

describe('the same is agreed', () => {
  test('another run, another commit, another build of the assembly', () => {
    const now = plan([{ before, after: { Resources: { Jobs: queue(60) } } }], {
      source: { ...PARTS.source, commit: 'f'.repeat(40), runUrl: 'https://github.com/acme/shop/actions/runs/2' },
      assemblyDigest: `sha256:${'1'.repeat(64)}`,
    });
    expect(disagreements(reviewed, now, 'plan-and-assets')).toEqual([]);
  });

  test('other assets, where only the infrastructure counts', () => {
    const now = plan([{ before, after: { Resources: { Jobs: queue(60) } }, assets: ['a'.repeat(64)] }]);
    expect(disagreements(reviewed, now, 'plan')).toEqual([]);
    expect(disagreements(reviewed, now, 'plan-and-assets')).toEqual([
      'the assets (code, images, files) are others than those that were reviewed',
    ]);
  });
});

describe('a difference is named', () => {
  test.each<[string, Partial<StackInput>[], string[]]>([
    [
      'another value',
      [{ before, after: { Resources: { Jobs: queue(90) } } }],
      ['app: other values than reviewed: update Jobs (AWS::SQS::Queue)'],
    ],
    [
      'one more',
      [{ before, after: { Resources: { Jobs: queue(60), News: topic } } }],
      ['app: not reviewed: add News (AWS::SNS::Topic)'],
    ],
    [
      'one that is gone, because the stack was changed meanwhile',
      [{ before: { Resources: { Jobs: queue(60) } }, after: { Resources: { Jobs: queue(60) } } }],
      [
        'app: the deployed stack was changed after the review',
        'app: reviewed, but would not happen: update Jobs (AWS::SQS::Queue)',
      ],
    ],
    [
      'deleted where it was updated',
      [{ before, after: { Resources: {} } }],
      ['app: reviewed as update Jobs (AWS::SQS::Queue), now delete Jobs (AWS::SQS::Queue)'],
    ],
    [
      'another stack',
      [
        { before, after: { Resources: { Jobs: queue(60) } } },
        { id: 'more', after: { Resources: { News: topic } } },
      ],
      ['more: is in the app now, and was not reviewed'],
    ],
    ['no stack', [], ['app: was reviewed, and is not in the app now']],
  ])('%s', (_, stacks, expected) => {
    expect(disagreements(reviewed, plan(stacks), 'plan')).toEqual(expected);
  });

  test('another account is told before anything else', () => {
    const now = plan([], { target: { ...PARTS.target, account: '999999999999' } });
    expect(disagreements(reviewed, now, 'plan')).toEqual([
      `the plan is for account ${ACCOUNT}, this is account 999999999999`,
    ]);
  });

  test('a plan that was edited does not agree although it says the same', () => {
    const now = plan([{ before, after: { Resources: { Jobs: queue(60) } } }]);
    expect(disagreements({ ...reviewed, fingerprint: `sha256:${'0'.repeat(64)}` }, now, 'plan')).toHaveLength(1);
  });
});

describe('a reviewed plan that a change set has told, against one from templates', () => {
  const templates = (delay: number, more: object = {}) => ({
    Resources: {
      Jobs: queue(delay),
      Reader: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::GetAtt': ['Jobs', 'Arn'] } } },
      ...more,
    },
  });
  const old = templates(30);
  const modified = (logicalId: string, type: string, ...details: readonly ChangeSetDetail[]): ChangeSetResource =>
    modify(logicalId, type, { details });
  const visibility = detail('VisibilityTimeout', { path: '/Properties/VisibilityTimeout', before: '30', after: '60' });
  const reader = modified('Reader', 'AWS::SSM::Parameter', byReference('Value', 'Jobs.Arn'));
  const changes = [modified('Jobs', 'AWS::SQS::Queue', visibility), reader];

  /** The fingerprint stays that of the templates, as it does when a plan is made. */
  const overlaid = (plan: Plan, told = changes): Plan => ({
    ...plan,
    stacks: withChangeSet(plan.stacks, 'app', answer(told)),
  });
  const from = (previous: object, after: object) => plan([{ before: { ...previous }, after: { ...after } }]);
  const seen = overlaid(from(old, templates(60)));

  test('the same agrees', () => {
    expect(seen.stacks[0]).toMatchObject({ method: 'change-set', counts: { update: 2 } });
    expect(disagreements(seen, from(old, templates(60)), 'plan')).toEqual([]);
  });

  test.each<[string, Plan, Plan, string[]]>([
    [
      'one more now: what only the change set showed is not told',
      seen,
      from(old, templates(60, { News: topic })),
      ['app: not reviewed: add News (AWS::SNS::Topic)'],
    ],
    [
      'another value',
      seen,
      from(old, templates(90)),
      ['app: other values than reviewed: update Jobs (AWS::SQS::Queue)'],
    ],
    [
      'deployed by somebody meanwhile',
      seen,
      from(templates(60), templates(60)),
      [
        'app: the deployed stack was changed after the review',
        'app: reviewed, but would not happen: update Jobs (AWS::SQS::Queue)',
      ],
    ],
    [
      'a difference that neither shows in its changes',
      overlaid(from(old, templates(60)), []),
      from(templates(31), templates(60)),
      ['app: the deployed stack was changed after the review'],
    ],
    [
      'a template that differs in nothing that both could know',
      seen,
      from(old, { ...templates(60), Metadata: {} }),
      ['app: its template is another than the reviewed one'],
    ],
  ])('%s', (_, reviewed, now, expected) => {
    const other = { ...now, fingerprint: `sha256:${'f'.repeat(64)}` };
    expect(disagreements(reviewed, other, 'plan')).toEqual(expected);
  });

  test('equal templates: whatever the change set says of resources is no line', () => {
    const decided = overlaid(from(old, templates(60)), []);
    const now = { ...from(old, templates(60)), fingerprint: `sha256:${'f'.repeat(64)}` };
    expect(disagreements(decided, now, 'plan')).toEqual(['the plans differ in what plan.ignore leaves out: plan anew']);
  });

  test('a nested stack that only the change set shows is not missed', () => {
    const told = answer(changes, { nested: { Made: answer([add('Q', 'AWS::SQS::Queue')]) } });
    const base = from(old, templates(60));
    const made = { ...base, stacks: withChangeSet(base.stacks, 'app', told) };
    expect(made.stacks.map(({ id }) => id)).toEqual(['app', 'app/Made']);
    const now = from(old, templates(60, { News: topic }));
    expect(disagreements(made, now, 'plan')).toEqual(['app: not reviewed: add News (AWS::SNS::Topic)']);
  });
});
