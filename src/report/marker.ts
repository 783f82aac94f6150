import { createHash } from 'node:crypto';

/** A longer tag is told by its digest. */
const LONGEST = 200;

/**
 * The hidden first line of the comment that belongs to a tag. Any tag is safe: all but letters, digits, dots and
 * underscores is encoded, so that no tag closes the HTML comment or looks like another's.
 */
export function marker(tag: string): string {
  return `<!-- deploy-action:${nameOf(tag)} -->`;
}

/** The first line of a comment that is no longer the tag's: as long as the marker, and no tag's marker. */
export function retiredMarker(tag: string): string {
  return `<!-- deploy-action-${nameOf(tag)} -->`;
}

function nameOf(tag: string): string {
  const encoded = encodeURIComponent(tag.toWellFormed()).replace(
    /[-!~*'()]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return encoded.length > LONGEST ? `sha256=${createHash('sha256').update(encoded).digest('hex')}` : encoded;
}

/** Whether a comment starts as all of ours do, whatever its tag. */
export function isOurs(body: string): boolean {
  return body.startsWith('<!-- deploy-action:');
}
