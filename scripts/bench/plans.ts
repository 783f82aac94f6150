/**
 * A process of its own that plans stacks from their templates and shows the plan, over the code that `npm run build`
 * compiled and bundles: `node plans.ts <stacks>`. Prints what it took as JSON. Every resource changes.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Assemble from '../../src/plan/assemble.js';
import type * as Compare from '../../src/plan/compare.js';
import type * as Comment from '../../src/report/comment.js';
import type * as Summary from '../../src/report/summary.js';

/** What one process took. */
export interface Taken {
  readonly changes: number;
  /** Milliseconds. */
  readonly plan: number;
  readonly render: number;
  /** Bytes, at the most. */
  readonly memory: number;
}

const PER_STACK = 50;
const [ACCOUNT, REGION] = ['111122223333', 'eu-west-1'];
const RUN = 'https://github.com/acme/shop/actions/runs/1234567890';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const built = async (file: string): Promise<unknown> =>
  await import(pathToFileURL(path.join(import.meta.dirname, '../../build', file)).href);

const allow = (Action: unknown, Resource: unknown): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

/** Five kinds that refer to one another, as apps have them; the second generation differs in each. */
const KINDS: readonly ((at: number, fresh: boolean) => object)[] = [
  (at, fresh) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      MemorySize: fresh ? 256 : 128,
      Role: { 'Fn::GetAtt': [`Role${at}`, 'Arn'] },
      Environment: { Variables: { TABLE: { Ref: `Table${at}` } } },
    },
  }),
  (at, fresh) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: allow('sts:AssumeRole', '*'),
      Policies: [
        { PolicyDocument: allow(fresh ? 'dynamodb:*' : 'dynamodb:GetItem', { 'Fn::GetAtt': [`Table${at}`, 'Arn'] }) },
      ],
    },
  }),
  (_, fresh) => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: { KeySchema: [{ AttributeName: fresh ? 'key' : 'id', KeyType: 'HASH' }] },
  }),
  (_, fresh) => ({ Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: fresh ? 60 : 30 } }),
  (_, fresh) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, CidrIp: fresh ? '0.0.0.0/0' : '10.0.0.0/8' }],
    },
  }),
];
const NAMES = ['Function', 'Role', 'Table', 'Queue', 'Group'];

function templateText(fresh: boolean): string {
  const resources = Array.from({ length: PER_STACK }, (_, index) => {
    const [kind, at] = [index % KINDS.length, Math.floor(index / KINDS.length)];
    const resource = KINDS[kind]?.(at, fresh) ?? {};
    const Metadata = { 'aws:cdk:path': `shop/${NAMES[kind] ?? ''}${at}/Resource` };
    return [`${NAMES[kind] ?? ''}${at}`, { ...resource, Metadata }] as const;
  });
  return JSON.stringify({ Resources: Object.fromEntries(resources) });
}

const { planStack } = (await built('plan/compare.js')) as typeof Compare;
const { makePlan } = (await built('plan/assemble.js')) as typeof Assemble;
const { renderComment } = (await built('report/comment.js')) as typeof Comment;
const { renderSummary } = (await built('report/summary.js')) as typeof Summary;

const [before, after] = [templateText(false), templateText(true)];
const started = performance.now();
const stacks = Array.from({ length: Number(process.argv[2]) }, (_, at) => {
  const id = `stack-${at}`;
  const place = { id, displayName: id, name: id, account: ACCOUNT, region: REGION, wave: 1, dependsOn: [], assets: [] };
  return planStack({
    ...place,
    status: 'UPDATE_COMPLETE',
    before: JSON.parse(before) as Record<string, unknown>,
    after: JSON.parse(after) as Record<string, unknown>,
  });
});
const plan = makePlan({
  target: { id: 'shop', release: 'shop', environment: 'prototype', region: REGION, version: 'v1', account: ACCOUNT },
  source: { repository: 'acme/shop', commit: COMMIT, ref: 'refs/heads/main', runUrl: RUN, releaseVersion: '' },
  assemblyDigest: `sha256:${'0'.repeat(64)}`,
  createdAt: new Date().toISOString(),
  stacks,
});
const planned = performance.now();
const report = { tag: 'bench', commit: COMMIT, runUrl: RUN, targets: [{ kind: 'plan', plan } as const] };
renderComment(report, { summaryUrl: RUN });
renderSummary(report);
const taken: Taken = {
  changes: stacks.reduce((sum, { changes }) => sum + changes.length, 0),
  plan: planned - started,
  render: performance.now() - planned,
  memory: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(taken));
