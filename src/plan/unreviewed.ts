import type { Match } from './agreement.js';
import { RISKS, type Plan } from './model.js';

/** What is known of a plan when only its digests were kept. */
export interface Recorded {
  readonly fingerprint: string;
  readonly assetFingerprint: string;
}

/**
 * How what would happen now differs from a plan of which only the digests are known: what would happen now, the worst
 * first. Empty when it is the same.
 */
export function unreviewed(reviewed: Recorded, now: Plan, match: Match): readonly string[] {
  const assets =
    match === 'plan-and-assets' && reviewed.assetFingerprint !== now.assetFingerprint
      ? ['the assets (code, images, files) are others than those that were reviewed']
      : [];
  if (reviewed.fingerprint === now.fingerprint) return assets;
  const changes = now.stacks
    .flatMap((stack) => stack.changes.filter(({ noise }) => noise === undefined).map((change) => ({ stack, change })))
    .sort((left, right) => RISKS.indexOf(right.change.risk) - RISKS.indexOf(left.change.risk))
    .map(
      ({ stack: { id }, change: { action, path, logicalId, type, subject } }) =>
        `now it would do: ${id}: ${action} ${path ?? logicalId} (${type ?? subject})`,
    );
  const nothing = changes.length === 0 ? ['now nothing of the infrastructure would change'] : [];
  return [`reviewed ${reviewed.fingerprint}, now ${now.fingerprint}`, ...changes, ...nothing, ...assets];
}
