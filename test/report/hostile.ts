import fc from 'fast-check';
import {
  ACTIONS,
  type Change,
  type ContextDiff,
  type Finding,
  type Plan,
  type PropertyChange,
  RISKS,
  type StackPlan,
  SUBJECTS,
} from '../../src/plan/model.js';
import type { Report, StackOutcome, TargetReport } from '../../src/report/model.js';
import { aChange, aDeployment, anOutcome, aPlan, aReport, aStack, planOf } from './fixtures.js';

/** What somebody would put into a name to get out of where it stands. */
const FRAGMENTS = [
  ...['```', '````\n', '\n~~~~\n', '`', '``', '</details>', '</summary>', '<details>', '</code>', '-->', '<!--'],
  ...['@octocat', '@acme/owners', '#12', 'GH-7', 'acme/shop#3', 'https://evil.example', 'www.evil.example', 'a@b.co'],
  ...['<img src=x onerror=alert(1)>', '<script>', '![x](https://evil.example/x.png)', '[x](javascript:alert(1))'],
  ...['|', '\\|', '\\', '\n', '\r', '\r\n', '\n\n', '\t', ' ', '\u2028', '\u0085', '&lt;', '&#64;', '$x$', '# h\n'],
  ...['\u202E', '\u2066', '\u200F', '\u200B', '\uFEFF', '\u0000', '\u001B[31m', '\u0007', '\uD83D', '\uDE00', '😀'],
  ...['- [ ] x', '1. ', '> ', '===\n', '--- | ---\n', '::error::', '*', '__', '~~', 'データ', 'Bücher', 'word', '42'],
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 6 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.constantFrom(...FRAGMENTS).map((part) => part.repeat(200)) },
);

const property: fc.Arbitrary<PropertyChange> = fc.record({
  path: text,
  before: fc.oneof(text, fc.constant(undefined), fc.dictionary(text, text, { maxKeys: 2 })),
  after: text,
  replacement: fc.constantFrom('never', 'conditionally', 'always'),
  cause: fc.constantFrom('direct', 'reference', 'parameter'),
});

const change: fc.Arbitrary<Change> = fc
  .record({
    subject: fc.constantFrom(...SUBJECTS),
    logicalId: text,
    path: text,
    source: text,
    type: text,
    action: fc.constantFrom(...ACTIONS),
    conditional: fc.boolean(),
    risk: fc.constantFrom(...RISKS),
    reasons: fc.array(fc.record({ risk: fc.constantFrom(...RISKS), text }), { maxLength: 4 }),
    properties: fc.array(property, { maxLength: 3 }),
    deletionPolicy: fc.record({ before: text, after: text }),
    noise: fc.option(fc.constantFrom('asset-hash', 'metadata', 'order', 'policy-equal'), { nil: undefined }),
  })
  .map(({ noise, ...rest }) => aChange({ ...rest, ...(noise === undefined ? {} : { noise }) }));

const counts = fc.record({
  add: fc.nat(9),
  update: fc.nat(9),
  replace: fc.nat(9),
  delete: fc.nat(9),
  import: fc.nat(9),
});

const finding: fc.Arbitrary<Finding> = fc.record({
  check: text,
  severity: fc.constantFrom('info', 'warning', 'error'),
  message: text,
  stack: text,
  logicalId: text,
});

const context: fc.Arbitrary<ContextDiff> = fc.record(
  {
    base: text,
    changes: fc.array(
      fc.record(
        { key: text, before: fc.oneof(text, fc.jsonValue()), after: fc.oneof(text, fc.dictionary(text, text)) },
        { requiredKeys: ['key'] },
      ),
      { maxLength: 30 },
    ),
    more: fc.nat(),
    note: text,
  },
  { requiredKeys: ['base', 'changes'] },
);

const outcome: fc.Arbitrary<StackOutcome> = fc
  .record({
    id: text,
    result: fc.constantFrom('created', 'updated', 'unchanged', 'failed', 'not-started'),
    status: text,
    outputs: fc.dictionary(text, text, { maxKeys: 5 }),
    failure: fc.record({ logicalId: text, type: text, reason: text, path: text, source: text }),
  })
  .map(anOutcome);

/** A hostile plan; a few changes are repeated, so that it gets large at little cost. */
function hostilePlan(mostChanges: number): fc.Arbitrary<Plan> {
  return fc
    .record({
      stacks: fc.array(fc.record({ id: text, notes: fc.array(text, { maxLength: 2 }), text, counts }), {
        minLength: 1,
        maxLength: 4,
      }),
      changes: fc.array(change, { minLength: 1, maxLength: 6 }),
      repeat: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: Math.ceil(mostChanges / 24) })),
      copies: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 60 })),
      findings: fc.array(finding, { maxLength: 3 }),
      context: fc.option(context, { nil: undefined }),
    })
    .map(({ stacks, changes, repeat, copies, findings, context: diff }) => {
      const many = Array.from({ length: Math.ceil(repeat / copies) }, () => changes).flat();
      const all = Array.from({ length: copies }, (_, copy) =>
        stacks.map((stack): StackPlan =>
          aStack({ ...stack, id: `${stack.id}${copy}`, changes: many, risk: many[0]!.risk }),
        ),
      );
      return aPlan({ stacks: all.flat(), findings, ...(diff === undefined ? {} : { context: diff }) });
    });
}

/** Any report: plans, deployments and failures, whatever their names and texts hold. */
export function hostileReport(mostChanges: number): fc.Arbitrary<Report> {
  const target: fc.Arbitrary<TargetReport> = fc.oneof(
    { weight: 4, arbitrary: hostilePlan(mostChanges).map(planOf) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.array(outcome, { maxLength: 4 }), text).map(([all, name]) => aDeployment(all, name)),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ command: text, cause: text, environment: text })
        .map(({ command, cause, environment }) => ({
          kind: 'failure' as const,
          target: { environment, release: 'webapp', version: 'v1', region: 'eu-west-1' },
          command,
          cause,
        })),
    },
  );
  return fc
    .tuple(text, fc.array(target, { minLength: 1, maxLength: 3 }))
    .map(([tag, targets]) => ({ ...aReport(...targets), tag }));
}
