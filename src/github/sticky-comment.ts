import { ActionError, messageOf } from '../errors.js';
import type { Comment, GitHub } from '../ports.js';
import { marker } from '../report/marker.js';
import { refusalOf, statusOf } from './refusal.js';

export interface StickyComment {
  readonly pullRequest: number;
  /** Tells our comments apart: one comment per tag. */
  readonly tag: string;
  /** Markdown that starts with the tag's marker. */
  readonly body: string;
  /** The body where there is a comment already. @default the same */
  readonly revise?: (existing: Comment) => Promise<string>;
  /** Whether a comment is written where there is none yet. @default true */
  readonly create?: boolean;
}

/**
 * `absent`: there is none, and none was to be written. `refused` is for a warning: the summary has the report, too.
 * `duplicates` are of the same tag and by us, newer than the comment: two jobs have written their first at once.
 */
export type CommentResult =
  | {
      readonly kind: 'created' | 'updated' | 'unchanged';
      readonly comment: Comment;
      readonly duplicates: readonly Comment[];
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Writes the one comment of a tag: the oldest that starts with the tag's marker and is by this token's user is updated
 * in place; when there is none, one is created. A marker in somebody else's comment, or quoted in one of ours, does not
 * count.
 * @throws ActionError `github` for anything but a refusal
 */
export async function upsertComment(github: GitHub, sticky: StickyComment): Promise<CommentResult> {
  try {
    return await upsert(github, sticky);
  } catch (error) {
    const why = refusalOf(error, sticky.pullRequest);
    if (why !== undefined) return { kind: 'refused', why };
    throw new ActionError(
      'github',
      `the comment on #${sticky.pullRequest} could not be written: ${messageOf(error)}; re-run the job`,
      { cause: error },
    );
  }
}

async function upsert(github: GitHub, { pullRequest, tag, create, ...sticky }: StickyComment): Promise<CommentResult> {
  const [ours, ...duplicates] = await findComments(github, pullRequest, tag);
  const body = (ours && (await sticky.revise?.(ours))) ?? sticky.body;
  if (ours?.body === body.trimEnd() || ours?.body === body) return { kind: 'unchanged', comment: ours, duplicates };
  if (ours !== undefined) {
    try {
      return { kind: 'updated', comment: await github.updateComment(ours.id, body), duplicates };
    } catch (error) {
      // Deleted since it was listed: written anew.
      if (statusOf(error) !== 404) throw error;
    }
  }
  if (create === false) return { kind: 'absent' };
  return { kind: 'created', comment: await github.createComment(pullRequest, body), duplicates };
}

/** Our comments of a tag, the oldest first. */
async function findComments(github: GitHub, pullRequest: number, tag: string): Promise<readonly Comment[]> {
  const start = marker(tag);
  let me: string | undefined;
  const ours: Comment[] = [];
  for await (const comment of github.comments(pullRequest)) {
    if (!comment.body.startsWith(start)) continue;
    me ??= await github.identity();
    if (comment.author === me) ours.push(comment);
  }
  return ours.sort((left, right) => left.id - right.id);
}
