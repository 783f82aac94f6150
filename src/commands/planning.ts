import { NOT_YET, readDeployed, type Deployed } from '../aws/deployed.js';
import type { AssemblyStack, Template } from '../cdk/assembly/model.js';
import { parseTemplate } from '../cdk/assembly/template.js';
import type { Resolution, ResolvedTarget } from '../environment/model.js';
import { makePlan } from '../plan/assemble.js';
import { planStack } from '../plan/compare.js';
import type { StackInput } from '../plan/input.js';
import type { Finding, Plan, PlanSource, StackPlan } from '../plan/model.js';
import type { CloudFormation } from '../ports.js';
import type { Known } from './access.js';
import type { Context } from './context.js';
import type { Source } from './source.js';

export interface PlanRequest {
  readonly target: ResolvedTarget;
  /** 12 digits. */
  readonly account: string;
  readonly source: Source;
  readonly origin: PlanSource;
  readonly resolution: Resolution;
  /** From the comparison of templates: the fingerprints are theirs. */
  readonly stacks: readonly StackPlan[];
  /** As a reader is to see them. @default as the templates have them */
  readonly shown?: readonly StackPlan[];
  /** @default none */
  readonly findings?: readonly Finding[];
}

/** The plan of a target, from those of its stacks. */
export function makePlanOf(
  { target, account, source, origin, resolution, stacks, shown, findings }: PlanRequest,
  context: Context,
): Plan {
  const { id, release, environment, region, version } = target;
  return makePlan({
    target: { id, release, environment, region, version, account },
    source: origin,
    assemblyDigest: source.digest,
    createdAt: context.ports.clock.now().toISOString(),
    stacks,
    ...(shown === undefined ? {} : { shown }),
    ...(findings === undefined ? {} : { findings }),
    ignore: resolution.plan?.ignore ?? [],
  });
}

/** Compares every stack, and every stack nested in it, with what is deployed. Only reads. */
export async function planStacks(source: Source, access: Known): Promise<readonly StackPlan[]> {
  const stacks = await Promise.all(source.stacks.map((stack) => planRoot(stack, access)));
  return stacks.flat();
}

async function planRoot(stack: AssemblyStack, access: Known): Promise<readonly StackPlan[]> {
  const cloudFormation = await access.cloudFormationOf(stack);
  const found = await readDeployed(cloudFormation, stack.name, parseTemplate);
  // One that only waits for its first change set is yet to be created, as it was before somebody asked for that.
  const deployed = found?.state.status === NOT_YET ? undefined : found;
  const root: StackInput = {
    id: stack.id,
    displayName: stack.displayName,
    name: stack.name,
    account: access.account,
    region: access.region,
    wave: stack.wave,
    dependsOn: stack.dependsOn,
    after: stack.body,
    paths: stack.constructs,
    assets: stack.assets,
    ...deployedPart(deployed),
    ...settingsPart(stack, deployed),
    importers: await importersOf(cloudFormation, deployed, stack.body),
  };
  return [planStack(root), ...(await planNested(root, stack, deployed, cloudFormation))];
}

/** Stacks nested in a stack, to any depth: those of the new template and those that it leaves out. */
async function planNested(
  parent: StackInput,
  template: Template | undefined,
  deployed: Deployed | undefined,
  cloudFormation: CloudFormation,
): Promise<readonly StackPlan[]> {
  const ids = new Set([...Object.keys(template?.nested ?? {}), ...Object.keys(deployed?.nested ?? {})]);
  const plans = await Promise.all(
    [...ids].map(async (logicalId) => {
      const after = template?.nested[logicalId];
      const before = deployed?.nested[logicalId];
      const input: StackInput = {
        id: `${parent.id}/${logicalId}`,
        displayName: shownAs(template?.constructs[logicalId]?.path) ?? `${parent.displayName}/${logicalId}`,
        name: before?.state.name ?? '',
        account: parent.account,
        region: parent.region,
        parent: parent.id,
        wave: parent.wave,
        dependsOn: [],
        after: after?.body ?? {},
        paths: after?.constructs ?? {},
        assets: [],
        ...deployedPart(before),
        importers: await importersOf(cloudFormation, before, after?.body ?? {}),
      };
      return [planStack(input), ...(await planNested(input, after, before, cloudFormation))];
    }),
  );
  return plans.flat();
}

/** `Web/api.NestedStack/api.NestedStackResource` is the construct `Web/api`. */
function shownAs(path: string | undefined): string | undefined {
  return path?.replaceAll(/\.NestedStack(?:\/[^/]+\.NestedStackResource$|(?=\/))/g, '');
}

function deployedPart(deployed: Deployed | undefined): Pick<StackInput, 'before' | 'status' | 'nested'> {
  if (deployed === undefined) return {};
  const nested = Object.entries(deployed.nested).map(([logicalId, { template }]) => [logicalId, template] as const);
  return { before: deployed.template, status: deployed.state.status, nested: Object.fromEntries(nested) };
}

/** What a stack has beside its template; a nested stack takes these from its parent. */
function settingsPart(
  stack: AssemblyStack,
  deployed: Deployed | undefined,
): Pick<StackInput, 'tags' | 'terminationProtection' | 'parameters'> {
  if (deployed === undefined) return {};
  const { tags, terminationProtection, parameters } = deployed.state;
  return {
    tags: { before: tags, after: stack.tags },
    terminationProtection: { before: terminationProtection, after: stack.terminationProtection },
    // The CLI hands over the values that a stack has already.
    parameters: { before: parameters, after: parameters },
  };
}

/** Who imports the exports that the new template no longer has. */
async function importersOf(
  cloudFormation: CloudFormation,
  deployed: Deployed | undefined,
  after: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const kept = JSON.stringify(after['Outputs'] ?? {});
  const gone = Object.keys(deployed?.state.exports ?? {}).filter((name) => !kept.includes(JSON.stringify(name)));
  const found = await Promise.all(gone.map(async (name) => [name, await cloudFormation.importers(name)] as const));
  return Object.fromEntries(found.filter(([, importers]) => importers.length > 0));
}
