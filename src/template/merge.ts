import { isDeepStrictEqual } from 'node:util';
import { ActionError } from '../errors.js';

type Context = Readonly<Record<string, unknown>>;

export interface MergeRequest {
  /** What stands in `cdk.context.json`: the CDK's cached look-ups. */
  readonly existing: Context;
  /** From the template. */
  readonly rendered: Context;
  /** From the `context` input: it wins over the template. @default nothing */
  readonly extra?: Context;
  /** The `context` of `cdk.json`. @default it has none */
  readonly cdkJson?: Context;
  /** As the user knows them, for messages. */
  readonly files: { readonly rendered: string; readonly extra: string; readonly cdkJson: string };
}

/**
 * What `cdk.context.json` has to hold for this run: template and input over what stands there.
 * @throws ActionError('context') when `cdk.json` sets a key to another value: there it would win, silently
 */
export function mergeContext({ existing, rendered, extra = {}, cdkJson = {}, files }: MergeRequest): Context {
  const ours: Context = { ...rendered, ...extra };
  const clashes = Object.keys(ours).filter(
    (key) => Object.hasOwn(cdkJson, key) && !isDeepStrictEqual(ours[key], cdkJson[key]),
  );
  if (clashes.length > 0) {
    const places = clashes.map((key) => {
      const from = Object.hasOwn(extra, key) ? files.extra : files.rendered;
      return `${JSON.stringify(key)} by ${from}`;
    });
    const list = places.join(', ');
    throw new ActionError(
      'context',
      `set twice: ${list}, and by the context of ${files.cdkJson}, which would win: remove it from one of them`,
    );
  }
  return { ...existing, ...ours };
}

/** What the CDK looked up meanwhile: the keys that are new, or have another value, after synthesis. */
export function lookupsAdded(before: Context, after: Context): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => !Object.hasOwn(before, key) || !isDeepStrictEqual(before[key], value),
    ),
  );
}
