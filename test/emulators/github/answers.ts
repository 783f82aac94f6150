import { REPOSITORY } from '../runner/events.js';
import description from './openapi.json' with { type: 'json' };
import type { StoredComment, StoredPullRequest } from './state.js';

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const { examples } = description.components;
const USER = examples['issue-comment'].value.user;
const PULL_REQUEST = examples['pull-request'].value;
// The description requires a language, which its own example leaves out.
const REPO = {
  ...{ ...examples['full-repository-default-response'].value, language: 'TypeScript' },
  ...{ source: undefined, parent: undefined, template_repository: undefined },
};

export function failure(status: number, message: string): Answer {
  const body = { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return { status, body };
}

/** GitHub's own example of a repository, as the one of this world. */
export function repositoryBody(): unknown {
  const { fullName, name, id, owner, ownerId } = REPOSITORY;
  return { ...REPO, id, name, full_name: fullName, owner: { ...REPO.owner, login: owner, id: ownerId } };
}

/** Somebody, in the few words that an answer needs beside its example. */
export function userOf(login: string): { readonly login: string; readonly type: string } {
  return { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

/** The user behind a personal token. */
export function userBody(login: string): unknown {
  const example = examples['private-user-response-with-public-and-private-profile-information'].value;
  return { ...example, login };
}

export function commentBody(comment: StoredComment, base: string): unknown {
  const { id, nodeId, pullRequest, author, body, createdAt, updatedAt } = comment;
  return {
    ...examples['issue-comment'].value,
    id,
    node_id: nodeId,
    body,
    url: `${base}/repos/${REPOSITORY.fullName}/issues/comments/${id}`,
    html_url: `https://github.com/${REPOSITORY.fullName}/pull/${pullRequest}#issuecomment-${id}`,
    issue_url: `${base}/repos/${REPOSITORY.fullName}/issues/${pullRequest}`,
    user: { ...USER, ...userOf(author) },
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

export function pullRequestBody(pull: StoredPullRequest): unknown {
  const { number, headSha, headRef, baseRef, state, fork, author = 'octocat', mergeCommit } = pull;
  const { head, base } = PULL_REQUEST;
  return {
    ...PULL_REQUEST,
    number,
    state,
    user: { ...PULL_REQUEST.user, ...userOf(author) },
    merged: mergeCommit !== undefined,
    merged_at: mergeCommit === undefined ? null : '2026-11-01T12:30:00Z',
    merge_commit_sha: mergeCommit ?? null,
    requested_teams: [],
    html_url: `https://github.com/${REPOSITORY.fullName}/pull/${number}`,
    head: { ...head, ref: headRef, sha: headSha, repo: { ...head.repo, full_name: fork ?? REPOSITORY.fullName } },
    base: { ...base, ref: baseRef, repo: { ...base.repo, full_name: REPOSITORY.fullName } },
  };
}

/** One page of a list, with the `Link` header that leads to the others. */
export function page(all: readonly unknown[], url: URL): Answer {
  const perPage = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
  const number = Number(url.searchParams.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const link = (rel: string, to: number): string => {
    const target = new URL(url);
    target.searchParams.set('page', String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link('prev', number - 1), link('first', 1)] : []),
    ...(number < last ? [link('next', number + 1), link('last', last)] : []),
  ];
  return {
    status: 200,
    body: all.slice((number - 1) * perPage, number * perPage),
    ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } }),
  };
}
