import { attached } from './access/attached.js';
import { exposed } from './access/exposure.js';
import { changeOf } from './change.js';
import { costOfDeletion, costOfReplacement, costOfUpdate } from './costs.js';
import type { Origin, StackInput } from './input.js';
import type { Change, NoiseKind, PropertyChange, Reason } from './model.js';
import { isBookkeeping, metadataNoise, summedNoise } from './noise.js';
import { propertyChange, type ResourceDiff } from './resource-diff.js';
import type { Resource } from './template.js';

/** Where a resource comes from: the assembly knows best, the template's metadata will do. */
function originOf(id: string, resource: Resource, input: StackInput): Origin {
  const given = input.paths?.[id];
  const path = given?.path ?? resource.metadata['aws:cdk:path'];
  return { ...(typeof path === 'string' && { path }), ...(given?.source !== undefined && { source: given.source }) };
}

function bookkeeping(resource: Resource): NoiseKind | undefined {
  return isBookkeeping('resource', '', { Type: resource.type }) ? 'metadata' : undefined;
}

/** Everything that a resource declares, as added or as taken away; what the CDK notes for itself is left out. */
function wholly(resource: Resource, side: 'before' | 'after'): readonly PropertyChange[] {
  const { properties, attributes, condition, metadata } = resource;
  const noted = Object.entries(metadata).filter(([key]) => metadataNoise(key) === undefined);
  const declared: readonly (readonly [readonly string[], unknown])[] = [
    ...Object.entries(properties).map(([name, value]) => [[name], value] as const),
    ...Object.entries(attributes).map(([name, value]) => [[name], value] as const),
    ...(condition === undefined ? [] : [[['Condition'], condition] as const]),
    ...noted.map(([key, value]) => [['Metadata', key], value] as const),
  ];
  return declared.map(([path, value]) => propertyChange({ path, [side]: value }, 'never', 'direct'));
}

export function addition(id: string, after: Resource, reasons: readonly Reason[], input: StackInput): Change {
  const noise = bookkeeping(after);
  return changeOf({
    subject: 'resource',
    logicalId: id,
    type: after.type,
    origin: originOf(id, after, input),
    action: input.imports?.includes(id) === true ? 'import' : 'add',
    properties: wholly(after, 'after'),
    reasons: [...reasons, ...exposed(undefined, after, input), ...attached(undefined, after, input)],
    after,
    ...(noise !== undefined && { noise }),
  });
}

export function deletion(id: string, before: Resource, reasons: readonly Reason[], input: StackInput): Change {
  const noise = bookkeeping(before);
  return changeOf({
    subject: 'resource',
    logicalId: id,
    type: before.type,
    origin: originOf(id, before, input),
    action: 'delete',
    properties: wholly(before, 'before'),
    reasons: [...costOfDeletion(before, input.nested?.[id]), ...reasons],
    before,
    ...(noise !== undefined && { noise }),
  });
}

/** The change of a resource that both templates have; undefined when nothing differs. */
export function modification(
  id: string,
  before: Resource,
  after: Resource,
  diff: ResourceDiff,
  reasons: readonly Reason[],
  input: StackInput,
): Change | undefined {
  const policies =
    before.deletionPolicy !== after.deletionPolicy || before.updateReplacePolicy !== after.updateReplacePolicy;
  const retyped = before.type !== after.type;
  if (diff.properties.length === 0 && !policies && !retyped) return undefined;
  const replacement = retyped ? 'always' : diff.replacement;
  const costs = replacement === 'never' ? [] : costOfReplacement(before, after, replacement);
  const all = [
    ...costs,
    ...reasons,
    ...costOfUpdate(before, after),
    ...exposed(before, after, input),
    ...attached(before, after, input),
  ];
  const costly = all.some(({ risk }) => risk === 'address' || risk === 'access' || risk === 'data-loss');
  const folded =
    policies || retyped || costly ? undefined : summedNoise(diff.properties.map((property) => property.noise));
  const noise = bookkeeping(after) ?? folded;
  return changeOf({
    subject: 'resource',
    logicalId: id,
    type: after.type,
    origin: originOf(id, after, input),
    action: replacement === 'never' ? 'update' : 'replace',
    ...(replacement === 'conditionally' && { conditional: true }),
    properties: diff.properties,
    reasons: all,
    before,
    after,
    ...(noise !== undefined && { noise }),
  });
}
