/** What a run knows of itself, for templates and plans. */
export interface RunFacts {
  readonly commit: string;
  readonly ref: string;
  readonly repository: string;
  readonly runUrl: string;
}

/** The facts of the run, from the variables that GitHub sets. */
export function runFacts(env: Readonly<Record<string, string | undefined>>): RunFacts {
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  return {
    commit: env['GITHUB_SHA'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
    repository,
    runUrl: `${server}/${repository}/actions/runs/${env['GITHUB_RUN_ID'] ?? ''}`,
  };
}
