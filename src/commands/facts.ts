import { eventFrom } from '../environment/event.js';
import type { Context } from './context.js';

/** What a run knows of itself, for templates and plans. */
export interface RunFacts {
  /** The commit that a reader knows: a pull request's head, not its merge with the base. */
  readonly commit: string;
  readonly ref: string;
  readonly repository: string;
  readonly runUrl: string;
}

/** The facts of the run, from the event and from the variables that GitHub sets. */
export function runFacts({ env, payload }: Pick<Context, 'env' | 'payload'>): RunFacts {
  const { sha, headSha } = eventFrom(env, payload);
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  return {
    commit: headSha ?? sha,
    ref: env['GITHUB_REF'] ?? '',
    repository,
    runUrl: `${server}/${repository}/actions/runs/${env['GITHUB_RUN_ID'] ?? ''}`,
  };
}
