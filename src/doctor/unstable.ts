import type { Assembly, AssemblyStack, Template } from '../cdk/assembly/model.js';
import { planStack } from '../plan/compare.js';
import { isIgnored } from '../plan/fingerprint.js';
import type { Change } from '../plan/model.js';

/**
 * What two syntheses of one app make otherwise, as entries of `plan.ignore`: `<stack id>/LogicalId.Property.path`. What
 * the plan calls noise, such as another order of statements, does not count.
 * @param ignore entries that there are already
 */
export function unstablePaths(first: Assembly, second: Assembly, ignore: readonly string[]): readonly string[] {
  const before = new Map(first.stacks.map((stack) => [stack.id, stack]));
  const paths = second.stacks.flatMap((stack) => {
    const old = before.get(stack.id);
    return old === undefined ? [] : pathsOf(stack.id, old, stack, stack, ignore);
  });
  return [...new Set(paths)];
}

function pathsOf(
  id: string,
  before: Template,
  after: Template,
  root: AssemblyStack,
  ignore: readonly string[],
): readonly string[] {
  const { changes } = planStack({
    id,
    displayName: id,
    name: root.name,
    account: root.account ?? '',
    region: root.region ?? '',
    wave: root.wave,
    dependsOn: [],
    before: before.body,
    after: after.body,
    assets: root.assets,
  });
  const own = changes.flatMap(pathsIn).filter((path) => !isIgnored(ignore, id, path));
  const nested = Object.entries(after.nested).flatMap(([logicalId, inner]) => {
    const old = before.nested[logicalId];
    return old === undefined ? [] : pathsOf(`${id}/${logicalId}`, old, inner, root, ignore);
  });
  return [...own.map((path) => `${id}/${path}`), ...nested];
}

function pathsIn({ noise, logicalId, properties, action }: Change): readonly string[] {
  if (noise !== undefined || action === 'none') return [];
  const kept = properties.filter((property) => property.noise === undefined && property.cause !== 'reference');
  if (properties.length > 0) return kept.map(({ path }) => `${logicalId}.${path}`);
  return [logicalId];
}
