import type { Change, Counts, Plan, StackPlan } from '../../src/plan/model.js';
import type { Report, StackOutcome, TargetReport } from '../../src/report/model.js';

const NOTHING: Counts = { add: 0, update: 0, replace: 0, delete: 0, import: 0 };

export function aChange(change: Partial<Change> = {}): Change {
  return {
    subject: 'resource',
    logicalId: 'Handler886CB40B',
    path: 'webapp/Api/Handler/Resource',
    type: 'AWS::Lambda::Function',
    action: 'update',
    risk: 'update',
    reasons: [],
    properties: [],
    ...change,
  };
}

export function aStack(stack: Partial<StackPlan> = {}): StackPlan {
  const id = stack.id ?? 'webapp';
  return {
    id,
    displayName: id,
    name: `acme-${id}`,
    account: '111122223333',
    region: 'eu-west-1',
    status: 'CREATE_COMPLETE',
    wave: 1,
    dependsOn: [],
    template: { after: 'sha256:aa', before: 'sha256:bb' },
    assets: [],
    risk: 'none',
    counts: { ...NOTHING, ...stack.counts },
    changes: [],
    notes: [],
    ...stack,
  };
}

export function aPlan(plan: Partial<Omit<Plan, 'target'>> = {}, environment = 'production'): Plan {
  const region = 'eu-west-1';
  return {
    schema: 'plan.v1',
    createdAt: '2026-01-02T03:04:05Z',
    target: {
      id: `${environment}-webapp-${region}`,
      release: 'webapp',
      environment,
      region,
      version: 'v1',
      account: '111122223333',
    },
    source: {
      repository: 'acme/shop',
      commit: '0123456789abcdef0123456789abcdef01234567',
      ref: 'refs/pull/7/merge',
      runUrl: 'https://github.com/acme/shop/actions/runs/42',
      releaseVersion: 'v1.4.2',
    },
    assembly: { digest: 'sha256:cc' },
    fingerprint: 'sha256:dd',
    assetFingerprint: 'sha256:ee',
    hasChanges: (plan.stacks ?? []).some((stack) => stack.changes.some((change) => change.noise === undefined)),
    risk: 'none',
    counts: NOTHING,
    stacks: [],
    findings: [],
    ...plan,
  };
}

export function aReport(...targets: TargetReport[]): Report {
  return {
    tag: 'deploy',
    commit: '0123456789abcdef0123456789abcdef01234567',
    runUrl: 'https://github.com/acme/shop/actions/runs/42',
    targets,
  };
}

export const planOf = (plan: Plan): TargetReport => ({ kind: 'plan', plan });

export function aDeployment(stacks: readonly StackOutcome[], environment = 'production'): TargetReport {
  const target = { environment, release: 'webapp', version: 'v1', region: 'eu-west-1' };
  return { kind: 'deployment', target, stacks };
}

export function anOutcome(outcome: Partial<StackOutcome> = {}): StackOutcome {
  return { id: 'webapp', name: 'acme-webapp', result: 'updated', seconds: 75, outputs: {}, ...outcome };
}

/** A replaced table, a widened role, a new queue, an asset's hash: what a pull request looks like on a bad day. */
export const RISKY_STACK: StackPlan = aStack({
  risk: 'data-loss',
  counts: { ...NOTHING, add: 1, update: 1, replace: 1 },
  changes: [
    aChange({
      logicalId: 'Table710B521B',
      path: 'webapp/Database/Table/Resource',
      type: 'AWS::DynamoDB::Table',
      source: 'lib/database.ts:14',
      action: 'replace',
      risk: 'data-loss',
      reasons: [{ risk: 'data-loss', text: 'the table is created anew and its items are lost' }],
      properties: [
        {
          path: 'KeySchema.0.AttributeName',
          before: 'id',
          after: 'orderId',
          replacement: 'always',
          cause: 'direct',
        },
      ],
      updateReplacePolicy: { before: 'Retain', after: 'Delete' },
    }),
    aChange({
      logicalId: 'RolePolicy72E7A8C8',
      path: 'webapp/Api/Handler/ServiceRole/DefaultPolicy/Resource',
      type: 'AWS::IAM::Policy',
      risk: 'access',
      reasons: [{ risk: 'access', text: 'allows dynamodb:* on *' }],
      properties: [
        {
          path: 'PolicyDocument.Statement.0.Action',
          before: ['dynamodb:GetItem', 'dynamodb:Query'],
          after: 'dynamodb:*',
          replacement: 'never',
          cause: 'direct',
        },
      ],
    }),
    aChange({ logicalId: 'Jobs', path: 'webapp/Jobs/Resource', type: 'AWS::SQS::Queue', action: 'add', risk: 'add' }),
    aChange({ noise: 'asset-hash' }),
  ],
  text: 'Stack webapp\nResources\n[~] AWS::DynamoDB::Table Database/Table replace\n └─ [~] KeySchema (requires replacement)\n',
});
