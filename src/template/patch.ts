import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

export interface PatchRequest {
  /** Of `cdk.context.json`, relative to the repository's root, with slashes. */
  readonly path: string;
  /** The file as it is committed; undefined when there is none. */
  readonly before: string | undefined;
  /** From `lookupsAdded`. */
  readonly lookups: Readonly<Record<string, unknown>>;
}

/**
 * The change of `cdk.context.json` that keeps the CDK's look-ups, for `git apply` or `patch -p1`: the committed file
 * with the look-ups added, and nothing of what was rendered. Empty when there is nothing to add.
 */
export function lookupPatch({ path, before, lookups }: PatchRequest): string {
  if (Object.keys(lookups).length === 0) return '';
  const after = withLookups(before, lookups);
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  return createTwoFilesPatch(from, `b/${path}`, before ?? '', after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

/** In the file's own indentation and line ends, so that the patch holds what is new and no more. */
function withLookups(before: string | undefined, lookups: Readonly<Record<string, unknown>>): string {
  if (before === undefined) return `${JSON.stringify(lookups, null, 2)}\n`;
  const committed = JSON.parse(before.replace(/^\uFEFF/, '')) as Record<string, unknown>;
  const indent = /^[ \t]+(?=")/m.exec(before)?.[0] ?? '  ';
  const end = /\n$/.test(before) ? '\n' : '';
  const text = JSON.stringify({ ...committed, ...lookups }, null, indent) + end;
  return before.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
