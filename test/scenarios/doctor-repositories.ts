import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './consumer.js';

/** Commits that stand for whatever somebody has pinned. */
const PIN = 'c'.repeat(40);

/** Writes a file of a repository, as a commit does. */
export function put(workspace: string, file: string, content: unknown): void {
  const full = path.join(workspace, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}

export interface WorkflowParts {
  /** @default `pull_request` */
  readonly on?: string;
  /** Lines of the job's `permissions`. @default all that a diff needs */
  readonly permissions?: readonly string[];
  readonly command?: string;
  /** Reference of the checkout. @default pinned */
  readonly checkout?: string;
}

/** A workflow that uses the action, with everything pinned. */
export function workflow(parts: WorkflowParts = {}): string {
  const permissions = parts.permissions ?? ['contents: read', 'id-token: write', 'pull-requests: write'];
  return [
    'name: deploy',
    `on: ${parts.on ?? 'pull_request'}`,
    'permissions: {}',
    'jobs:',
    '  infrastructure:',
    '    runs-on: ubuntu-24.04',
    '    permissions:',
    ...permissions.map((line) => `      ${line}`),
    '    steps:',
    `      - uses: ${parts.checkout ?? `actions/checkout@${PIN}`}`,
    `      - uses: fast-ish/deploy-action@${PIN}`,
    `        with: { command: ${parts.command ?? 'diff'} }`,
    '',
  ].join('\n');
}

/** An app of a few lines over the real library, with what makes it like the apps of others. */
export function smallApp(body = ''): string {
  return `
const { App, CfnOutput, Stack } = require('aws-cdk-lib');
const { Topic } = require('aws-cdk-lib/aws-sns');
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const stack = new Stack(new App(), 'Small', { env });
new Topic(stack, 'Topic');
${body}
`;
}

/** The Maven app of `test/fixtures/foreign`, whose `build` is mended: that is one of the faults to be found. */
export function putMaven(workspace: string): void {
  cpSync(path.join(ROOT, 'test/fixtures/foreign/maven'), workspace, { recursive: true });
  put(workspace, 'cdk.json', { app: 'mvn -e -q compile exec:java', build: 'mvn -q clean install' });
}

/** Takes what a test has planted away again. */
export function remove(workspace: string, ...files: readonly string[]): void {
  for (const file of files) rmSync(path.join(workspace, file), { recursive: true, force: true });
}
