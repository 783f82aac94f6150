import { holds, type Parameters } from './conditions.js';
import { costOfDoubt } from './costs.js';
import { same } from './equal.js';
import type { Place } from './intrinsic.js';
import { at } from './json.js';
import type { PropertyChange, Reason } from './model.js';
import { propertyChange } from './resource-diff.js';
import type { Resource, Template } from './template.js';

/** A resource that goes if its changed condition does not hold, which the templates do not tell. */
export interface Doubt {
  readonly properties: readonly PropertyChange[];
  readonly reasons: readonly Reason[];
}

const NONE: Doubt = { properties: [], reasons: [] };

/** Looks at the condition of a resource that both templates have. */
export function doubtOf(
  [old, fresh]: readonly [Resource, Resource],
  [before, after]: readonly [Template, Template],
  parameters: Parameters,
  place: Place,
): Doubt {
  const { condition } = fresh;
  if (condition === undefined || holds(after, condition, parameters, place) !== undefined) return NONE;
  const [was, is] = [at(before, ['Conditions', condition]), at(after, ['Conditions', condition])];
  if (old.condition === condition && same(was, is)) return NONE;
  const leaf = {
    path: ['Condition'],
    ...(was !== undefined && { before: was }),
    ...(is !== undefined && { after: is }),
  };
  // A condition of another name shows as a difference of the resource already.
  const properties = old.condition === condition ? [propertyChange(leaf, 'never', 'direct')] : [];
  return { properties, reasons: costOfDoubt(old, condition) };
}
