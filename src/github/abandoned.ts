import { markText } from '../metrics/mark.js';
import type { Records } from '../ports.js';
import { isOpen } from './job-deployment.js';

/** Under this name the post step finds a record that the run has not closed. */
export const RECORD_STATE = 'deployment';

interface Abandoned {
  readonly id: number;
  readonly release: string;
  readonly region: string;
  readonly logUrl: string;
}

/**
 * Ends the record of a run that was cancelled, or died, before it could do so itself. One that has come to its end
 * meanwhile stays as it is.
 * @param state what the run has remembered
 * @returns whether there was something to end
 */
export async function closeAbandoned(state: string, records: Records): Promise<boolean> {
  const { id, release, region, logUrl } = JSON.parse(state) as Abandoned;
  if (!isOpen(await records.statuses(id))) return false;
  const description = markText({ release, region, word: 'stopped' }, 'the run ended before the deployment did');
  await records.addStatus(id, { state: 'error', description, logUrl });
  return true;
}
