import { diffResource } from '@aws-cdk/cloudformation-diff/lib/diff/index.js';
import { ResourceImpact, type Resource } from '@aws-cdk/cloudformation-diff/lib/diff/types.js';
import { messageOf } from '../errors.js';
import { isObject, objectOf } from './json.js';
import type { Replacement } from './model.js';
import type { Template } from './template.js';

/** What the CDK's own comparison says of each property: logical id → property → replacement. */
export type Impacts = ReadonlyMap<string, ReadonlyMap<string, Replacement>>;

export interface LibraryDiff {
  readonly impacts: Impacts;
  /** Why there is no answer for some resource. */
  readonly failure?: string;
}

/**
 * Compares the resources of two templates with `@aws-cdk/cloudformation-diff`, one by one: its comparison of whole
 * templates takes time with the square of their number, and throws at policies that it does not expect. Where it throws
 * at a resource all the same (one of its properties is called `hasOwnProperty`), the table of types answers alone.
 */
export function libraryDiff(before: Template, after: Template): LibraryDiff {
  const [old, fresh] = [objectOf(before.Resources), objectOf(after.Resources)];
  const impacts = new Map<string, ReadonlyMap<string, Replacement>>();
  let failure: string | undefined;
  for (const [id, deployed] of Object.entries(old)) {
    const submitted = Object.hasOwn(fresh, id) ? fresh[id] : undefined;
    if (!isResource(deployed) || !isResource(submitted)) continue;
    try {
      impacts.set(id, impactsOf(deployed, submitted, id));
    } catch (error) {
      failure ??= messageOf(error);
    }
  }
  return { impacts, ...(failure !== undefined && { failure }) };
}

function impactsOf(deployed: Resource, submitted: Resource, id: string): ReadonlyMap<string, Replacement> {
  return new Map(
    Object.entries(diffResource(deployed, submitted, id).propertyUpdates).map(
      ([name, { changeImpact }]) => [name, replacementOf(changeImpact)] as const,
    ),
  );
}

function isResource(value: unknown): value is Resource {
  return isObject(value) && typeof value.Type === 'string';
}

function replacementOf(impact: ResourceImpact | undefined): Replacement {
  if (impact === ResourceImpact.WILL_REPLACE) return 'always';
  return impact === ResourceImpact.MAY_REPLACE ? 'conditionally' : 'never';
}
