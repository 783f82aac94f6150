import { referencesIn } from '../intrinsic.js';
import type { Change } from '../model.js';

/** Outputs that were to change only because of a replacement which does not happen. */
export function outputsThatStay(others: readonly Change[], resources: readonly Change[]): ReadonlySet<Change> {
  const replaced = new Set(
    resources.filter(({ action }) => action === 'replace' || action === 'add').map(({ logicalId }) => logicalId),
  );
  return new Set(
    others.filter(({ subject, properties }) => {
      const ripples = properties.length > 0 && properties.every(({ cause }) => cause === 'reference');
      return subject === 'output' && ripples && ![...referencesIn(properties)].some((id) => replaced.has(id));
    }),
  );
}
