import type { AssemblyStack, Template } from '../cdk/assembly/model.js';
import { exportsOf, importsOf, whyNot } from '../plan/change-set/preparing.js';
import type { StackState } from '../ports.js';
import type { Known } from './access.js';
import type { Source } from './source.js';

/** A stack as it is before a change set is made of it. */
export interface Preparable {
  readonly stack: AssemblyStack;
  readonly state: StackState | undefined;
  /** Why there can be none. */
  readonly reason: string | undefined;
}

/** Looks whether a change set can be made of a stack without changing anything. */
export async function preparable(stack: AssemblyStack, source: Source, access: Known): Promise<Preparable> {
  const cloudFormation = await access.cloudFormationOf(stack);
  const state = await cloudFormation.describeStack(stack.name);
  const missing = await missingExports(stack, source, access);
  const status = state === undefined ? {} : { status: state.status };
  return { stack, state, reason: whyNot({ template: stack.body, ...status, missing }) };
}

/** Exports that other stacks of the app are to make, and have not made yet. */
async function missingExports(stack: AssemblyStack, source: Source, access: Known): Promise<readonly string[]> {
  const imported = [...new Set(bodiesOf(stack).flatMap(importsOf))].sort();
  if (imported.length === 0) return [];
  const exporters = source.assembly.stacks.filter(
    (other) =>
      other.id !== stack.id &&
      bodiesOf(other)
        .flatMap(exportsOf)
        .some((name) => imported.includes(name)),
  );
  const found = await Promise.all(
    exporters.map(async (exporter) => {
      const state = await (await access.cloudFormationOf(exporter)).describeStack(exporter.name);
      const promised = bodiesOf(exporter).flatMap(exportsOf);
      return promised.filter((name) => imported.includes(name) && state?.exports[name] === undefined);
    }),
  );
  return found.flat();
}

function bodiesOf(template: Template): readonly Readonly<Record<string, unknown>>[] {
  return [template.body, ...Object.values(template.nested).flatMap(bodiesOf)];
}
