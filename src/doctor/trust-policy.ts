const SUBJECT = 'token.actions.githubusercontent.com:sub';

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Patterns of subjects that a trust policy lets in; undefined when it is not for GitHub's tokens, or not readable. */
export function trustedSubjects(policy: string): readonly string[] | undefined {
  const patterns = statementsOf(policy).flatMap(({ Effect, Action, Condition = {} }) => {
    const actions = many(Action);
    if (Effect !== 'Allow' || !actions.some((action) => /^sts:(?:\*|AssumeRoleWithWebIdentity)$/i.test(action)))
      return [];
    const wanted = Object.entries(Condition).flatMap(([operator, keys]) =>
      /^(?:ForAnyValue:|ForAllValues:)?String(?:Like|Equals)(?:IgnoreCase)?(?:IfExists)?$/.test(operator)
        ? Object.entries(keys).flatMap(([key, value]) => (key.endsWith(':sub') ? many(value) : []))
        : [],
    );
    // Without a condition on the subject every job of every repository is let in.
    return wanted.length > 0 ? wanted : ['*'];
  });
  return patterns.length > 0 ? patterns : undefined;
}

/** Whether a pattern of a policy, with `*` and `?`, lets a subject in. */
export function lets(pattern: string, subject: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(subject);
}

/** The line of a trust policy's condition that lets these subjects in. */
export function conditionLine(subjects: readonly string[]): string {
  return `"StringLike": { "${SUBJECT}": ${JSON.stringify(subjects).replaceAll('","', '", "')} }`;
}

function statementsOf(policy: string): readonly Statement[] {
  try {
    const { Statement } = JSON.parse(policy) as { readonly Statement?: Statement | readonly Statement[] };
    return Statement === undefined ? [] : [Statement].flat();
  } catch {
    return [];
  }
}

function many(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string');
}
