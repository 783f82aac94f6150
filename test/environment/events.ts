import { eventFrom, type EventContext } from '../../src/environment/event.js';

const REPOSITORY = 'acme/shop';

/** Events as GitHub sends them, as far as anything is read of them. */
export function pushTo(branch: string): EventContext {
  return event('push', { GITHUB_REF: `refs/heads/${branch}` });
}

export function pushOfTag(tag: string): EventContext {
  return event('push', { GITHUB_REF: `refs/tags/${tag}` });
}

export function pullRequestInto(base: string, name = 'pull_request'): EventContext {
  const env = { GITHUB_REF: 'refs/pull/7/merge', GITHUB_HEAD_REF: 'feature', GITHUB_BASE_REF: base };
  const repo = { full_name: REPOSITORY };
  const pull = { number: 7, base: { ref: base, repo }, head: { ref: 'feature', sha: 'b'.repeat(40), repo } };
  return event(name, env, { action: 'synchronize', pull_request: pull });
}

export function releaseOf(tag: string, prerelease = false, action = 'published'): EventContext {
  return event('release', { GITHUB_REF: `refs/tags/${tag}` }, { action, release: { tag_name: tag, prerelease } });
}

export function mergeGroupInto(base: string): EventContext {
  const env = { GITHUB_REF: `refs/heads/gh-readonly-queue/${base}/pr-7-abc` };
  return event('merge_group', env, { action: 'checks_requested', merge_group: { base_ref: `refs/heads/${base}` } });
}

export function scheduled(cron: string): EventContext {
  return event('schedule', { GITHUB_REF: 'refs/heads/main' }, { schedule: cron });
}

export function dispatched(inputs: Record<string, unknown> = {}, ref = 'refs/heads/main'): EventContext {
  return event('workflow_dispatch', { GITHUB_REF: ref }, { inputs });
}

export function event(name: string, env: Record<string, string>, payload: unknown = {}): EventContext {
  return eventFrom(
    { GITHUB_EVENT_NAME: name, GITHUB_SHA: 'a'.repeat(40), GITHUB_REPOSITORY: REPOSITORY, ...env },
    payload,
  );
}
