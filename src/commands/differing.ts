import { ActionError } from '../errors.js';
import type { Runner } from '../ports.js';

/** Differences that an error names; the rest is counted. */
const MOST_NAMED = 10;

/**
 * Refuses what is not what was reviewed; every difference is in the log.
 * @throws ActionError `plan`, when there is a difference
 */
export function refuseDifferences(differences: readonly string[], runner: Runner): void {
  if (differences.length === 0) return;
  for (const line of differences) runner.info(`differs: ${line}`);
  const more = differences.length > MOST_NAMED ? `; and ${differences.length - MOST_NAMED} more, see the log` : '';
  throw new ActionError(
    'plan',
    `what would happen now is not what was reviewed: ${differences.slice(0, MOST_NAMED).join('; ')}${more}: ` +
      `plan and review anew`,
  );
}
