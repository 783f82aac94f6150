import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Assembly, AssemblyStack, Template } from '../../src/cdk/assembly/model.js';
import { readAssembly } from '../../src/cdk/assembly/read.js';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import { isObject } from '../../src/plan/json.js';
import type { Plan, PlanSource, StackPlan } from '../../src/plan/model.js';
import { ACCOUNT, REGION, ROOT } from './consumer.js';

/** Synthesises an app in its folder with the project's own `cdk`, into a folder beside it. */
export async function synthesised(app: string, context: Readonly<Record<string, string>>): Promise<Assembly> {
  const output = path.join(app, 'cdk.out');
  const given = Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: app, CDK_DISABLE_VERSION_CHECK: '1', CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const cdk = path.join(ROOT, 'node_modules/.bin/cdk');
  await promisify(execFile)(cdk, ['synth', '--quiet', '--no-notices', '--output', output, ...given], { cwd: app, env });
  return readAssembly(output);
}

/** What an honest repeat may have differently. */
export interface Circumstances {
  readonly source: PlanSource;
  /** Any time. */
  readonly createdAt: string;
  /** Puts a list into another order. */
  readonly shuffled: <T>(list: readonly T[]) => readonly T[];
}

/** The plan of an assembly against what another one deployed, under some circumstances. */
export function planned(deployed: Assembly, submitted: Assembly, circumstances: Circumstances): Plan {
  const { source, createdAt, shuffled } = circumstances;
  const before = new Map(deployed.stacks.map((stack) => [stack.id, stack]));
  const stacks = shuffled(submitted.stacks).flatMap((stack) => rootPlan(before.get(stack.id), stack, circumstances));
  return makePlan({
    target: { id: 'app', release: 'app', environment: 'prototype', region: REGION, version: 'v1', account: ACCOUNT },
    source,
    assemblyDigest: `sha256:${source.commit.padEnd(64, '0')}`,
    createdAt,
    stacks: shuffled(stacks),
  });
}

function rootPlan(
  old: AssemblyStack | undefined,
  stack: AssemblyStack,
  circumstances: Circumstances,
): readonly StackPlan[] {
  const { source } = circumstances;
  // What teams write into a template to find their way back from a stack.
  const Description = `${stack.id}, built from ${source.commit.slice(0, 8)} by ${source.runUrl}`;
  const tags = { ...stack.tags, commit: source.commit, ref: source.ref, release: source.releaseVersion };
  const root = {
    ...{ id: stack.id, displayName: stack.displayName, name: stack.name, account: ACCOUNT, region: REGION },
    ...{ wave: stack.wave, dependsOn: circumstances.shuffled(stack.dependsOn), paths: stack.constructs },
    assets: circumstances.shuffled(stack.assets),
    after: circumstanced({ ...stack.body, Description }, circumstances),
    ...(old !== undefined && { before: old.body, status: 'CREATE_COMPLETE', tags: { before: old.tags, after: tags } }),
  };
  return [planStack(root), ...nestedPlans(stack.id, root.wave, old, stack, circumstances)];
}

function nestedPlans(
  parent: string,
  wave: number,
  old: Template | undefined,
  fresh: Template,
  circumstances: Circumstances,
): readonly StackPlan[] {
  return Object.entries(fresh.nested).flatMap(([logicalId, template]) => {
    const [id, before] = [`${parent}/${logicalId}`, old?.nested[logicalId]];
    const plan = planStack({
      ...{ id, displayName: id, name: before === undefined ? '' : id, account: ACCOUNT, region: REGION, parent, wave },
      ...{ dependsOn: [], assets: [], paths: template.constructs },
      after: circumstanced(template.body, circumstances),
      ...(before !== undefined && { before: before.body, status: 'CREATE_COMPLETE' }),
    });
    return [plan, ...nestedPlans(id, wave, before, template, circumstances)];
  });
}

/** The same template with its keys and the statements of its policies in another order. */
function circumstanced(
  template: Readonly<Record<string, unknown>>,
  { shuffled }: Circumstances,
): Record<string, unknown> {
  const turned = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item: unknown) => turned(item, ''));
      return key === 'Statement' || key === 'Action' ? shuffled(items) : items;
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(shuffled(Object.entries(value)).map(([name, member]) => [name, turned(member, name)]));
  };
  return turned(template, '') as Record<string, unknown>;
}
