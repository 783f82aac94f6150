import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Folders of a run. */
export interface Place {
  /** The checkout. */
  readonly workspace: string;
  /** The runner's folder for the job. */
  readonly base: string;
  /** Private to this run (0700), removed at its end. */
  readonly temp: string;
  /** For what the steps after this one read: assemblies, plans. */
  readonly results: string;
  /** Outlives the job. */
  readonly toolCache: string;
}

/** Under this name the post step finds the private folder of the run. */
export const PLACE_STATE = 'temp';

/** Under this name the post step finds the change sets that were not yet deleted. */
export const CHANGE_SETS_STATE = 'change-sets';

/**
 * The folders of a run. The private one is remembered for the post step, which removes it when the job was cancelled.
 */
export function openPlace(env: NodeJS.ProcessEnv, saveState: (name: string, value: string) => void): Place {
  const base = env['RUNNER_TEMP'] ?? tmpdir();
  mkdirSync(base, { recursive: true });
  const temp = mkdtempSync(path.join(base, 'deploy-action-private-'));
  saveState(PLACE_STATE, temp);
  return {
    workspace: realpathSync(env['GITHUB_WORKSPACE'] ?? process.cwd()),
    base,
    temp,
    results: path.join(base, 'deploy-action'),
    toolCache: env['RUNNER_TOOL_CACHE'] ?? path.join(base, 'tool-cache'),
  };
}

/** Removes what is private to a run. Safe to call again. */
export function closePlace(temp: string): void {
  if (temp) rmSync(temp, { recursive: true, force: true });
}
