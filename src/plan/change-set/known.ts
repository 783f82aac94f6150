import type { Change } from '../model.js';
import { touches } from '../properties.js';
import { fateWhenDeleted, fateWhenReplaced } from '../retention.js';
import { specOf } from '../spec.js';
import type { ChangeSetResource } from './answer.js';
import { fateIn, placeOf, type Outcome } from './outcome.js';

/**
 * Whether it is known that none of the properties that change makes CloudFormation create the resource anew, though the
 * change set leaves that open.
 */
export function neverRecreates({ type, details }: ChangeSetResource, known: Change): boolean {
  const spec = specOf(type);
  if (spec === undefined || known.properties.some(({ replacement }) => replacement !== 'never')) return false;
  return details.every((detail) => {
    if (detail.attribute !== 'Properties' || detail.requiresRecreation === 'Never') return true;
    const place = placeOf(detail);
    // The plan has looked into what changes there; elsewhere only the table of types can tell.
    if (known.properties.some(({ path }) => touches(path, place))) return true;
    const name = place.split('.')[0] ?? '';
    return !spec.replacing.has(name) && !spec.nested.some(({ path }) => path[0] === name);
  });
}

/** Whether the plan says that something of the old resource stays, and the change set deletes it. */
export function isKeptFrom(known: Change, resource: ChangeSetResource, { action }: Outcome): boolean {
  if (fateIn(resource) !== 'gone' || known.reasons.some(({ risk }) => risk === 'data-loss')) return false;
  const side = (name: 'before' | 'after'): Parameters<typeof fateWhenDeleted>[0] => {
    const [deletionPolicy, updateReplacePolicy] = [known.deletionPolicy?.[name], known.updateReplacePolicy?.[name]];
    return {
      ...{ type: resource.type, properties: {}, metadata: {}, attributes: {} },
      ...(deletionPolicy !== undefined && { deletionPolicy }),
      ...(updateReplacePolicy !== undefined && { updateReplacePolicy }),
    };
  };
  if (action === 'delete')
    return known.deletionPolicy?.before !== undefined && fateWhenDeleted(side('before')) !== 'gone';
  return action === 'replace' && fateWhenReplaced(side('before'), side('after')) !== 'gone';
}
