import type { StackDrift } from '../../src/plan/drift-answer.js';
import type { CloudFormation, StackEvent, StackResource, StackState } from '../../src/ports.js';

/** A stack in memory: its state and whatever else is asked about it. */
export interface FakeStack {
  readonly name: string;
  /** @default `CREATE_COMPLETE`, with nothing in it */
  readonly state?: Partial<StackState>;
  readonly template?: string;
  readonly resources?: readonly StackResource[];
  /** What was altered by hand, or why that cannot be asked. @default nothing */
  readonly drift?: StackDrift | Error;
  /** Newest first. */
  readonly events?: readonly StackEvent[];
}

/** Reads from stacks in memory, and remembers what was read. */
export class FakeCloudFormation implements CloudFormation {
  readonly reads: string[] = [];
  /** Stacks that import an export, by its name. */
  readonly imports = new Map<string, readonly string[]>();
  private readonly stacks = new Map<string, FakeStack>();

  constructor(stacks: readonly FakeStack[] = []) {
    for (const stack of stacks) this.put(stack);
  }

  /** Adds a stack, or takes the place of the one of its name. */
  put(stack: FakeStack): void {
    this.stacks.set(stack.name, stack);
  }

  describeStack(nameOrId: string): Promise<StackState | undefined> {
    const stack = this.read('describeStack', nameOrId);
    return Promise.resolve(stack && stateOf(stack));
  }

  template(nameOrId: string): Promise<string | undefined> {
    const stack = this.read('template', nameOrId);
    return Promise.resolve(stack && (stack.template ?? '{"Resources":{}}'));
  }

  resources(nameOrId: string): Promise<readonly StackResource[]> {
    return Promise.resolve(this.read('resources', nameOrId)?.resources ?? []);
  }

  events(nameOrId: string, wanted: (event: StackEvent) => boolean): Promise<readonly StackEvent[]> {
    const events = this.read('events', nameOrId)?.events ?? [];
    const end = events.findIndex((event) => !wanted(event));
    return Promise.resolve(end === -1 ? events : events.slice(0, end));
  }

  importers(exportName: string): Promise<readonly string[]> {
    this.reads.push(`importers ${exportName}`);
    return Promise.resolve(this.imports.get(exportName) ?? []);
  }

  async driftOf(nameOrId: string): Promise<StackDrift> {
    const stack = this.read('driftOf', nameOrId);
    if (stack?.drift instanceof Error) throw stack.drift;
    const stackId = stack === undefined ? nameOrId : stateOf(stack).id;
    return Promise.resolve(stack?.drift ?? { stackId, status: 'IN_SYNC', resources: [] });
  }

  private read(what: string, nameOrId: string): FakeStack | undefined {
    this.reads.push(`${what} ${nameOrId}`);
    return [...this.stacks.values()].find((stack) => [stack.name, stateOf(stack).id].includes(nameOrId));
  }
}

function stateOf({ name, state }: FakeStack): StackState {
  const id = `arn:aws:cloudformation:eu-west-1:111111111111:stack/${name}/00000000-0000-0000-0000-000000000000`;
  const empty = { outputs: {}, exports: {}, tags: {}, parameters: {} };
  return { id, name, status: 'CREATE_COMPLETE', ...empty, terminationProtection: false, ...state };
}
