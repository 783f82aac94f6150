import type { ChangeSetAnswer } from '../../src/plan/change-set/answer.js';
import type { ChangeSetReference, ChangeSets } from '../../src/ports.js';

/** A change set in memory. */
export interface FakeChangeSet extends ChangeSetAnswer {
  /** The template that it was made of. @default an empty one */
  readonly template?: string;
}

/** Change sets in memory; remembers what was asked, and what was deleted. */
export class FakeChangeSets implements ChangeSets {
  /** `describe web deploy-action-1`, `delete arn:…`, `delete stack web` */
  readonly calls: string[] = [];
  /** Names of stacks that exist for a change set alone. */
  readonly uncreated = new Set<string>();
  /** Errors by the beginning of a call. */
  readonly refuse = new Map<string, Error>();
  private readonly sets = new Map<string, FakeChangeSet>();

  put(changeSet: FakeChangeSet): void {
    this.sets.set(changeSet.id, changeSet);
  }

  /** ARNs of those that are there. */
  get left(): readonly string[] {
    return [...this.sets.keys()];
  }

  describe(reference: ChangeSetReference): Promise<ChangeSetAnswer | undefined> {
    return this.answer(`describe ${nameOf(reference)}`, () => this.find(reference));
  }

  template(reference: ChangeSetReference): Promise<string | undefined> {
    return this.answer(`template ${nameOf(reference)}`, () => {
      const found = this.find(reference);
      return found && (found.template ?? '{"Resources":{}}');
    });
  }

  delete(reference: ChangeSetReference): Promise<void> {
    return this.answer(`delete ${nameOf(reference)}`, () => {
      const found = this.find(reference);
      if (found !== undefined) this.sets.delete(found.id);
    });
  }

  deleteUncreated(stack: string): Promise<boolean> {
    return this.answer(`delete stack ${stack}`, () => this.uncreated.delete(stack));
  }

  private async answer<T>(call: string, body: () => T): Promise<T> {
    this.calls.push(call);
    const refused = [...this.refuse].find(([start]) => call.startsWith(start));
    if (refused !== undefined) throw refused[1];
    return Promise.resolve(body());
  }

  private find({ changeSet, stack }: ChangeSetReference): FakeChangeSet | undefined {
    if (changeSet.startsWith('arn:')) return this.sets.get(changeSet);
    return [...this.sets.values()].find(({ name, stackName }) => name === changeSet && stackName === stack);
  }
}

function nameOf({ changeSet, stack }: ChangeSetReference): string {
  return stack === undefined ? changeSet : `${stack} ${changeSet}`;
}
