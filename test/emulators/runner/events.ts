/** What starts a run: the event's name, its payload, and where the job stands. */
export interface RunnerEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sha: string;
  /** `refs/heads/main` */
  readonly ref: string;
  readonly headRef?: string;
  readonly baseRef?: string;
}

/** Who the repository is, in this world. */
export const REPOSITORY = {
  fullName: 'acme-corp/webapp',
  owner: 'acme-corp',
  name: 'webapp',
  id: 4242,
  ownerId: 77,
} as const;

/** The run that every job is of, unless a test says otherwise. */
export const RUN_ID = '7001';

const SHA = 'c0ffee'.padEnd(40, '0');
const repository = {
  id: REPOSITORY.id,
  name: REPOSITORY.name,
  full_name: REPOSITORY.fullName,
  owner: { login: REPOSITORY.owner, id: REPOSITORY.ownerId },
  default_branch: 'main',
};

/** A `pull_request`; the job stands on its merge commit, the head's commit is in the payload. */
export function pullRequest(
  options: {
    readonly number?: number;
    readonly head?: string;
    readonly base?: string;
    readonly sha?: string;
    readonly headSha?: string;
    readonly action?: string;
    /** @default false */
    readonly fork?: boolean;
  } = {},
): RunnerEvent {
  const { number = 12, head = 'feature', base = 'main', sha = SHA, action = 'synchronize', fork = false } = options;
  const headSha = options.headSha ?? 'beef'.padEnd(40, '1');
  const source = fork ? { ...repository, id: 99, full_name: 'stranger/webapp', fork: true } : repository;
  return {
    name: 'pull_request',
    payload: {
      action,
      number,
      repository,
      pull_request: {
        number,
        head: { ref: head, sha: headSha, repo: source },
        base: { ref: base, sha, repo: repository },
        user: { login: 'octocat' },
      },
    },
    sha,
    ref: `refs/pull/${number}/merge`,
    headRef: head,
    baseRef: base,
  };
}

/** A `push` to a branch or of a tag: `refs/heads/main`, `refs/tags/v1.2.0`. */
export function push(ref = 'refs/heads/main', sha: string = SHA): RunnerEvent {
  return { name: 'push', payload: { ref, after: sha, repository }, sha, ref };
}

/** A `release` of a tag. */
export function release(tag: string, options: { prerelease?: boolean; action?: string } = {}): RunnerEvent {
  const { prerelease = false, action = 'published' } = options;
  return {
    name: 'release',
    payload: { action, repository, release: { tag_name: tag, prerelease, draft: false } },
    sha: SHA,
    ref: `refs/tags/${tag}`,
  };
}

/** A `workflow_dispatch` with its inputs. */
export function dispatch(inputs: Readonly<Record<string, string>> = {}, ref = 'refs/heads/main'): RunnerEvent {
  return { name: 'workflow_dispatch', payload: { inputs, ref, repository }, sha: SHA, ref };
}

/** A `merge_group` into a branch. */
export function mergeGroup(base = 'main'): RunnerEvent {
  const ref = `refs/heads/gh-readonly-queue/${base}/pr-12-${SHA}`;
  const group = { head_sha: SHA, head_ref: ref, base_ref: `refs/heads/${base}` };
  return {
    name: 'merge_group',
    payload: { action: 'checks_requested', repository, merge_group: group },
    sha: SHA,
    ref,
  };
}

/** A `schedule`. */
export function schedule(cron = '0 4 * * *'): RunnerEvent {
  return { name: 'schedule', payload: { schedule: cron, repository }, sha: SHA, ref: 'refs/heads/main' };
}

/**
 * Subject of a job's OIDC token. A repository made, renamed or moved since July 2026 has the new form, with ids.
 * @param environment the job's `environment:`, which takes the place of the ref
 */
export function subjectOf(event: RunnerEvent, environment?: string, form: 'old' | 'new' = 'new'): string {
  const { owner, ownerId, name, id } = REPOSITORY;
  const place = form === 'old' ? `${owner}/${name}` : `${owner}@${ownerId}/${name}@${id}`;
  if (environment !== undefined) return `repo:${place}:environment:${environment}`;
  return event.name === 'pull_request' ? `repo:${place}:pull_request` : `repo:${place}:ref:${event.ref}`;
}
