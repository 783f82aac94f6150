import { messageOf } from '../errors.js';
import type { TokenAccess } from '../ports.js';
import { statusOf } from './refusal.js';

/** The two questions that are asked. */
export interface TokenQuestions {
  repository(): Promise<{ readonly private: boolean }>;
  /** A comment without text. GitHub refuses it always, but looks at the token's permission first. */
  blankComment(pullRequest: number): Promise<void>;
}

/**
 * What a token may do. GitHub tells a job's token nothing of its permissions, so it is asked for what it would refuse
 * anyway: a blank comment comes back as 422 to a token that may comment, and as 403 to one that may not.
 */
export async function tokenAccess(ask: TokenQuestions, pullRequest?: number): Promise<TokenAccess> {
  let seen: Pick<TokenAccess, 'privateRepository'> = {};
  try {
    seen = { privateRepository: (await ask.repository()).private };
  } catch (error) {
    const status = statusOf(error);
    if (status === 401) return { valid: false };
    // Without `metadata: read` a repository is as if it were not there.
    if (status !== 403 && status !== 404) throw error;
  }
  const mayComment = pullRequest === undefined ? undefined : await mayCommentOn(ask, pullRequest);
  return { valid: true, ...seen, ...(mayComment === undefined ? {} : { mayComment }) };
}

async function mayCommentOn(ask: TokenQuestions, pullRequest: number): Promise<boolean | undefined> {
  try {
    await ask.blankComment(pullRequest);
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === 422) return true;
    if (status === 403 && !/rate limit|locked/i.test(messageOf(error))) return false;
    return undefined;
  }
}
