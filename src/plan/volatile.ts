import { byText } from './json.js';
import type { StackPlan } from './model.js';
import { DIGEST } from './noise.js';

/** Shorter values (`main`) stand in too many words by chance: they count only where they are all there is. */
const SHORTEST = 7;
const COMMIT = /^[0-9a-f]{40}$/;
const VERSION = /^v?\d+\.\d+\.\d+/;

/**
 * Puts names in place of what differs from run to run and from build to build: digests of assets, ids of a function's
 * versions, and the given values. A commit is known by its first seven digits or more, a version as a word.
 *
 * @param assets digests without `sha256:`
 * @param volatile values by the name that takes their place
 */
export function replacer(
  stack: StackPlan,
  assets: ReadonlySet<string>,
  volatile: Readonly<Record<string, string>>,
): (text: string) => string {
  const named = Object.entries(volatile)
    .filter(([, value]) => value !== '')
    .sort(([leftName, left], [rightName, right]) => right.length - left.length || byText(leftName, rightName))
    .map(([name, value]) => namer(value, `\${${name}}`));
  const versions = stack.changes
    .filter(({ type }) => type === 'AWS::Lambda::Version')
    .map(({ logicalId }) => [logicalId, logicalId.replace(/[0-9a-f]{32}$/, '')] as const);
  return (text) => {
    let result = text.replaceAll(DIGEST, (digest) => (assets.has(digest) ? '${asset}' : digest));
    for (const [id, name] of versions) result = result.replaceAll(id, name);
    for (const replaced of named) result = replaced(result);
    return result;
  };
}

function namer(value: string, name: string): (text: string) => string {
  const put = (): string => name;
  if (COMMIT.test(value)) {
    return (text) =>
      text.replaceAll(/(?<![0-9a-f])[0-9a-f]{7,40}(?![0-9a-f])/g, (digits) =>
        value.startsWith(digits) ? name : digits,
      );
  }
  if (value.length >= SHORTEST) return (text) => text.replaceAll(value, put);
  if (VERSION.test(value)) {
    const word = new RegExp(`(?<![\\w.-])${value.replaceAll(/[.+]/g, '\\$&')}(?![\\w-]|\\.\\w)`, 'g');
    return (text) => text.replaceAll(word, put);
  }
  return (text) => (text === value ? name : text);
}
