import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import { renderComment } from '../../src/report/comment.js';

const COMMIT = '4f0c2a9d1be38e6f7a5b90c1d2e3f4a5b6c7d8e9';
const RUN = 'https://github.com/acme-corp/shop/actions/runs/42';
const DIGEST = `sha256:${'0'.repeat(64)}`;

const table = (key: string, keep: boolean): unknown => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  },
  ...(keep ? { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } : {}),
  Metadata: { 'aws:cdk:path': 'shop/Orders/Table/Resource' },
});

const policy = (action: unknown): unknown => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'HandlerPolicy',
    Roles: ['shop-handler'],
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] },
  },
  Metadata: { 'aws:cdk:path': 'shop/Api/Handler/ServiceRole/DefaultPolicy/Resource' },
});

const queue = {
  Type: 'AWS::SQS::Queue',
  Properties: { VisibilityTimeout: 60 },
  Metadata: { 'aws:cdk:path': 'shop/Jobs/Resource' },
};

/** The comment of a made-up pull request on a bad day, as the action itself writes it; for the README. */
export function exampleComment(): string {
  const stack = planStack({
    id: 'shop',
    displayName: 'shop',
    name: 'acme-corp-prototype-shop',
    account: '111122223333',
    region: 'eu-central-1',
    wave: 1,
    dependsOn: [],
    assets: [],
    status: 'UPDATE_COMPLETE',
    before: { Resources: { Orders: table('id', true), HandlerPolicy: policy('dynamodb:GetItem') } },
    after: { Resources: { Orders: table('orderId', false), HandlerPolicy: policy('dynamodb:*'), Jobs: queue } },
  });
  const plan = makePlan({
    target: {
      id: 'prototype-shop-eu-central-1',
      release: 'shop',
      environment: 'prototype',
      region: 'eu-central-1',
      version: 'v2',
      account: '111122223333',
    },
    source: {
      repository: 'acme-corp/shop',
      commit: COMMIT,
      ref: 'refs/pull/12/merge',
      runUrl: RUN,
      releaseVersion: '',
    },
    assemblyDigest: DIGEST,
    createdAt: '2026-11-21T10:00:00.000Z',
    stacks: [stack],
  });
  const report = { tag: 'pull request', commit: COMMIT, runUrl: RUN, targets: [{ kind: 'plan', plan } as const] };
  return renderComment(report, { summaryUrl: RUN }).markdown;
}
