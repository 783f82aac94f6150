import { messageOf } from '../errors.js';
import type { Comment, GitHub } from '../ports.js';
import { marker, retiredMarker } from '../report/marker.js';

export interface Retirement {
  readonly tag: string;
  /** Comments of the tag, by us. */
  readonly comments: readonly Comment[];
  /** What GitHub shows in place of a comment. */
  readonly reason: 'OUTDATED' | 'RESOLVED';
}

/** Comments that one run retires; the next run goes on. */
const MOST = 20;

/**
 * Folds comments away and takes the tag from them, so that no later run writes into one that nobody sees: should there
 * be more to say, it gets a new comment. A comment that cannot be folded away stays what it is.
 * @returns why some stay; nothing that GitHub answers makes this throw
 */
export async function retireComments(
  github: GitHub,
  { tag, comments, reason }: Retirement,
): Promise<string | undefined> {
  const start = marker(tag);
  for (const { id, nodeId, body } of comments.slice(0, MOST)) {
    if (nodeId === undefined || github.minimizeComment === undefined || !body.startsWith(start)) continue;
    try {
      await github.minimizeComment(nodeId, reason);
      await github.updateComment(id, retiredMarker(tag) + body.slice(start.length));
    } catch (error) {
      // Most likely a token that may not: every other comment would be refused, too.
      return messageOf(error);
    }
  }
  return undefined;
}
