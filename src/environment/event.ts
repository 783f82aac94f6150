/** What started the run, in GitHub's words, as far as it decides anything. */
export interface EventContext {
  /** `push`, `pull_request`, `workflow_dispatch`, …; in a called workflow that of its caller. */
  readonly name: string;
  /** `published`, `opened`, …: what happened, for events that tell. */
  readonly action?: string;
  /** `refs/heads/main`, `refs/tags/v1.4.2`, `refs/pull/7/merge`. */
  readonly ref: string;
  /** Set when the run is at a branch; a pull request's is its head. */
  readonly branch?: string;
  /** Set when the run is at a tag, or about a release. */
  readonly tag?: string;
  /** The branch that a pull request or a merge queue goes into. */
  readonly baseBranch?: string;
  /** Of a release: whether it is marked as a prerelease. */
  readonly prerelease?: boolean;
  /** Of a schedule: its cron line. */
  readonly schedule?: string;
  /** Inputs of `workflow_dispatch` that are not empty, as texts. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Commit of the run; of a pull request the merge of head and base. */
  readonly sha: string;
  /** Of a pull request: the commit that its author pushed. */
  readonly headSha?: string;
  /** Of a pull request: the commit of its base branch, when the event came about. */
  readonly baseSha?: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The pull request's number; of a comment, that of the pull request it stands on. */
  readonly pullRequest?: number;
  /** Whether the pull request comes from another repository; one that was deleted counts as another. */
  readonly fork: boolean;
}

/**
 * The event behind a run. Never throws: what is not as GitHub documents it is left out.
 * @param env the variables that GitHub sets (`GITHUB_EVENT_NAME`, `GITHUB_REF`, …)
 * @param payload the body of `GITHUB_EVENT_PATH`
 */
export function eventFrom(env: Readonly<Record<string, string | undefined>>, payload: unknown): EventContext {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  const ref = env['GITHUB_REF'] ?? '';
  const pull = at(payload, 'pull_request');
  return {
    name,
    ref,
    sha: env['GITHUB_SHA'] ?? '',
    repository: env['GITHUB_REPOSITORY'] ?? '',
    inputs: name === 'workflow_dispatch' ? inputsOf(payload) : {},
    fork: pull !== undefined && isFork(pull, env['GITHUB_REPOSITORY']),
    ...defined({
      action: text(at(payload, 'action')),
      branch: text(env['GITHUB_HEAD_REF']) ?? after('refs/heads/', ref),
      tag: text(at(payload, 'release', 'tag_name')) ?? after('refs/tags/', ref),
      baseBranch:
        text(at(pull, 'base', 'ref')) ??
        after('refs/heads/', text(at(payload, 'merge_group', 'base_ref')) ?? '') ??
        text(env['GITHUB_BASE_REF']),
      prerelease: flag(at(payload, 'release', 'prerelease')),
      schedule: text(at(payload, 'schedule')),
      headSha: text(at(pull, 'head', 'sha')),
      baseSha: text(at(pull, 'base', 'sha')),
      pullRequest: number(at(pull, 'number')) ?? commented(payload),
    }),
  };
}

/** A comment on a pull request comes as one on an issue. */
function commented(payload: unknown): number | undefined {
  return at(payload, 'issue', 'pull_request') === undefined ? undefined : number(at(payload, 'issue', 'number'));
}

function isFork(pull: unknown, repository: string | undefined): boolean {
  const head = text(at(pull, 'head', 'repo', 'full_name'));
  return head === undefined || head !== (text(at(pull, 'base', 'repo', 'full_name')) ?? repository);
}

function inputsOf(payload: unknown): Record<string, string> {
  const inputs = at(payload, 'inputs');
  if (typeof inputs !== 'object' || inputs === null) return {};
  // GitHub sends booleans and numbers of typed inputs as such.
  const pairs = Object.entries(inputs).flatMap(([key, value]: [string, unknown]) => {
    const scalar = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
    return scalar && value !== '' ? [[key, String(value)] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let here = value;
  for (const key of keys) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here ?? undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

function after(prefix: string, ref: string): string | undefined {
  return ref.startsWith(prefix) ? text(ref.slice(prefix.length)) : undefined;
}

/** Without the keys whose value is undefined. */
function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
