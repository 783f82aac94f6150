import type { CloudFormation, StackState } from '../ports.js';

/** A stack as it is deployed now, with the stacks nested in it. */
export interface Deployed {
  readonly state: StackState;
  readonly template: Readonly<Record<string, unknown>>;
  /** By the logical id of the `AWS::CloudFormation::Stack` resource. */
  readonly nested: Readonly<Record<string, Deployed>>;
}

/** Nothing has been created yet: the stack stands only for a change set that waits. */
export const NOT_YET = 'REVIEW_IN_PROGRESS';

/**
 * Reads a stack and those nested in it, to any depth.
 * @param parse turns a template's text into an object
 * @returns undefined when there is no such stack
 */
export async function readDeployed(
  cloudFormation: CloudFormation,
  nameOrId: string,
  parse: (text: string, name: string) => unknown,
): Promise<Deployed | undefined> {
  const [state, text] = await Promise.all([cloudFormation.describeStack(nameOrId), cloudFormation.template(nameOrId)]);
  if (state === undefined) return undefined;
  if (state.status === NOT_YET || text === undefined) return { state, template: {}, nested: {} };
  const template = parse(text, `the template of ${state.name}`) as Readonly<Record<string, unknown>>;
  const nested = await readNested(cloudFormation, nameOrId, template, parse);
  return { state, template, nested };
}

async function readNested(
  cloudFormation: CloudFormation,
  nameOrId: string,
  template: Readonly<Record<string, unknown>>,
  parse: (text: string, name: string) => unknown,
): Promise<Readonly<Record<string, Deployed>>> {
  // Asked only where there is something to find: most stacks hold no others.
  if (!holdsStacks(template)) return {};
  const resources = await cloudFormation.resources(nameOrId);
  const stacks = resources.filter(({ type, physicalId }) => type === STACK && physicalId !== undefined);
  const read = await Promise.all(
    stacks.map(async ({ logicalId, physicalId = '' }) => {
      const deployed = await readDeployed(cloudFormation, physicalId, parse);
      return deployed === undefined ? [] : [[logicalId, deployed] as const];
    }),
  );
  return Object.fromEntries(read.flat());
}

const STACK = 'AWS::CloudFormation::Stack';

function holdsStacks(template: Readonly<Record<string, unknown>>): boolean {
  const resources = (template['Resources'] ?? {}) as Readonly<Record<string, { readonly Type?: unknown }>>;
  return Object.values(resources).some(({ Type }) => Type === STACK);
}
