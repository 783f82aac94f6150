/**
 * Makes `test/emulators/github/openapi.json` from GitHub's published description of its API, keeping the operations that
 * the action uses. The package with the description is large, so it is fetched by hand when an operation is added:
 *
 *     npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
 *     npx tsx scripts/prune-openapi.ts package/generated/api.github.com.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  '/repos/{owner}/{repo}': ['get'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['get', 'patch', 'delete'],
  '/repos/{owner}/{repo}/pulls': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews': ['get'],
  '/repos/{owner}/{repo}/issues/{issue_number}/events': ['get'],
  '/repos/{owner}/{repo}/commits/{commit_sha}/pulls': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}': ['get'],
  '/repos/{owner}/{repo}/git/ref/{ref}': ['get'],
  '/repos/{owner}/{repo}/contents/{path}': ['get'],
  '/repos/{owner}/{repo}/activity': ['get'],
  '/repos/{owner}/{repo}/collaborators/{username}/permission': ['get'],
  '/repos/{owner}/{repo}/deployments': ['get', 'post'],
  '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses': ['get', 'post'],
  '/repos/{owner}/{repo}/statuses/{sha}': ['post'],
  '/user': ['get'],
};

/** Examples that the fake's answers are made from. */
const EXAMPLES = [
  'activity-items',
  'commit',
  'content-file-response-if-content-is-a-file',
  'deployment',
  'deployment-status',
  'full-repository-default-response',
  'git-ref',
  'issue-comment',
  'issue-event-for-issue-items',
  'private-user-response-with-public-and-private-profile-information',
  'pull-request',
  'pull-request-review-items',
  'repository-collaborator-permission-response-if-user-has-admin-permissions',
  'status',
];

/** Keys that neither a validator nor a router reads. */
const PROSE = new Set(['description', 'summary', 'externalDocs', 'tags', 'example', 'examples', 'deprecated', 'title']);

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Node = Readonly<Record<string, Json>>;

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value without prose. `named` tells that its keys are names of the API's own, not words of the description. */
function bare(value: Json, named = false): Json {
  if (Array.isArray(value)) return value.map((item: Json) => bare(item));
  if (!isNode(value)) return value;
  // Beside `anyOf` and its like the validator does not take `nullable`, which says nothing there.
  const lost = named || 'type' in value ? undefined : 'nullable';
  const kept = Object.entries(value).filter(
    ([key]) => named || !(PROSE.has(key) || key.startsWith('x-') || key === lost),
  );
  return Object.fromEntries(kept.map(([key, child]) => [key, bare(child, key === 'properties' && !named)]));
}

/** Pointers (`#/components/…`) anywhere in a value. */
function references(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' ? [child] : references(child),
  );
}

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('name the description: package/generated/api.github.com.json');
const description = JSON.parse(readFileSync(source, 'utf8')) as Node;
const at = (...keys: readonly string[]): Json => {
  const found = keys.reduce<Json | undefined>((node, key) => (isNode(node) ? node[key] : undefined), description);
  if (found === undefined) throw new Error(`the description has no ${keys.join(' ')}`);
  return found;
};

const paths = Object.fromEntries(
  Object.entries(OPERATIONS).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, bare(at('paths', path, method))])),
  ]),
);
const components: Record<string, Record<string, Json>> = {
  examples: Object.fromEntries(EXAMPLES.map((name) => [name, at('components', 'examples', name)])),
};
const waiting = [...references(paths)];
for (let pointer = waiting.pop(); pointer !== undefined; pointer = waiting.pop()) {
  const [, , kind = '', name = ''] = pointer.split('/');
  const section = (components[kind] ??= {});
  if (section[name] !== undefined) continue;
  section[name] = bare(at('components', kind, name));
  waiting.push(...references(section[name]));
}
const sorted = Object.fromEntries(
  Object.entries(components).map(([kind, section]) => [
    kind,
    Object.fromEntries(Object.entries(section).sort(([a], [b]) => a.localeCompare(b))),
  ]),
);
const info = { title: "GitHub's REST API, the operations that the action uses", version: at('info', 'version') };
const target = join(import.meta.dirname, '../test/emulators/github/openapi.json');
const text = JSON.stringify({ openapi: at('openapi'), info, paths, components: sorted });
writeFileSync(target, await format(text, { parser: 'json', printWidth: 120 }));
