import type { Permissions } from './workflow.js';

const LEVELS = ['none', 'read', 'write'] as const;
type Level = 0 | 1 | 2;

/** What a token may do, by scope. What is not there it may not do. */
export type Grant = Readonly<Record<string, Level>>;

const SCOPES = [
  ...['actions', 'attestations', 'checks', 'contents', 'deployments', 'discussions', 'id-token', 'issues', 'models'],
  ...['packages', 'pages', 'pull-requests', 'security-events', 'statuses'],
];

/** What a workflow without `permissions` has, where the organisation keeps to GitHub's restricted default. */
export const RESTRICTED: Grant = { contents: 1, packages: 1 };

/** @returns undefined when there are none: then those of the outer place count */
export function grantOf(permissions: Permissions | undefined): Grant | undefined {
  if (permissions === undefined) return undefined;
  if (typeof permissions === 'string') {
    const level = permissions === 'write-all' ? 2 : 1;
    return Object.fromEntries(SCOPES.map((scope) => [scope, level] as const));
  }
  return Object.fromEntries(
    Object.entries(permissions).map(([scope, word]) => [scope, Math.max(0, LEVELS.indexOf(word as 'none')) as Level]),
  );
}

/** Scopes of which more is asked than is granted, as GitHub words them. */
export function escalations(asked: Grant, granted: Grant): readonly string[] {
  return Object.entries(asked)
    .filter(([scope, level]) => level > (granted[scope] ?? 0))
    .map(([scope, level]) => `${scope}: ${LEVELS[level]}`);
}

/** A fork's pull request has a token that only reads, and no identity, whatever the workflow says. */
export function forFork(grant: Grant): Grant {
  return Object.fromEntries(
    Object.entries(grant).map(([scope, level]) => [scope, scope === 'id-token' ? 0 : (Math.min(level, 1) as Level)]),
  );
}
