import type { Context } from 'openapi-backend';
import { failure, page, userOf, type Answer } from './answers.js';
import type { Operation } from './contract.js';
import description from './openapi.json' with { type: 'json' };
import type { GitHubState } from './state.js';
import type { StoredEvent, StoredPush, StoredReview, Team } from './team.js';

const { examples } = description.components;
const [REVIEW] = examples['pull-request-review-items'].value;
const [EVENT] = examples['issue-event-for-issue-items'].value;
const COMMIT = examples['commit'].value;
const REF = examples['git-ref'].value;
const FILE = examples['content-file-response-if-content-is-a-file'].value;
const ALLOWED = examples['repository-collaborator-permission-response-if-user-has-admin-permissions'].value;

/** What the API answers about people and what they did. */
export function teamOperations(team: Team, state: GitHubState): Readonly<Record<string, Operation>> {
  const known = (number: string, act: (number: number) => Answer): Answer =>
    state.pullRequests.some((pull) => pull.number === Number(number)) ? act(Number(number)) : failure(404, 'Not Found');
  return {
    'pulls/list-reviews': (context, { url }) =>
      known(parameter(context, 'pull_number'), (number) =>
        page(team.reviews.filter(({ pullRequest }) => pullRequest === number).map(reviewBody), url),
      ),
    'issues/list-events': (context, { url }) =>
      known(parameter(context, 'issue_number'), (number) =>
        page(team.events.filter(({ pullRequest }) => pullRequest === number).map(eventBody), url),
      ),
    'repos/list-activities': (context, { url }) => {
      const ref = url.searchParams.get('ref');
      const repository = `${parameter(context, 'owner')}/${parameter(context, 'repo')}`;
      const found = team.pushes.filter((push) => push.repository === repository && push.ref === (ref ?? push.ref));
      return { status: 200, body: found.slice(0, Number(url.searchParams.get('per_page') ?? 30)).map(pushBody) };
    },
    'repos/get-collaborator-permission-level': (context) => {
      const login = parameter(context, 'username');
      const permission = team.permissions.get(login) ?? 'read';
      const user = { ...ALLOWED.user, ...userOf(login), role_name: permission };
      return { status: 200, body: { ...ALLOWED, permission, role_name: permission, user } };
    },
    'repos/get-commit': (context) => {
      const sha = parameter(context, 'ref');
      const push = team.pushes.find(({ after }) => after === sha);
      if (push === undefined) return failure(422, `No commit found for SHA: ${sha}`);
      const by = { ...COMMIT.author, ...userOf(push.by) };
      return { status: 200, body: { ...COMMIT, sha, author: by, committer: by, files: [] } };
    },
    'git/get-ref': (context) => {
      const ref = parameter(context, 'ref');
      const sha = team.branch(ref.replace(/^heads\//, ''));
      if (sha === undefined || !ref.startsWith('heads/')) return failure(404, 'Not Found');
      return { status: 200, body: { ...REF, ref: `refs/${ref}`, object: { ...REF.object, sha } } };
    },
    'repos/get-content': (context, { url }) => {
      const path = parameter(context, 'path');
      const text = team.filesAt(url.searchParams.get('ref') ?? '')?.[path];
      if (text === undefined) return failure(404, 'Not Found');
      const content = Buffer.from(text).toString('base64');
      return { status: 200, body: { ...FILE, path, name: path.split('/').at(-1), size: text.length, content } };
    },
  };
}

function parameter(context: Context, name: string): string {
  return decodeURIComponent((context.request.params as Readonly<Record<string, string>>)[name] ?? '');
}

function reviewBody({ id, by, state, commit, at }: StoredReview): unknown {
  return { ...REVIEW, id, user: { ...REVIEW?.user, ...userOf(by) }, state, commit_id: commit, submitted_at: at };
}

function eventBody({ id, by, kind, label, at }: StoredEvent): unknown {
  const { label: example, ...event } = EVENT ?? {};
  return {
    ...event,
    id,
    event: kind,
    actor: { ...EVENT?.actor, ...userOf(by) },
    commit_id: null,
    commit_url: null,
    created_at: at,
    ...(label === undefined ? {} : { label: { ...example, name: label } }),
  };
}

function pushBody({ id, ref, before, after, by, at, repository }: StoredPush): unknown {
  const node = `ACT_${Buffer.from(`${repository}${id}`).toString('base64url')}`;
  const actor = { ...EVENT?.actor, ...userOf(by) };
  const type = /^0+$/.test(before) ? 'branch_creation' : 'push';
  return { id, node_id: node, ref, before, after, timestamp: at, activity_type: type, actor };
}
