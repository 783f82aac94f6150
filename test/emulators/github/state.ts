import { Deployments } from './deployments.js';

/** A comment as it is kept. */
export interface StoredComment {
  readonly id: number;
  /** Id of the GraphQL API. */
  readonly nodeId: string;
  readonly pullRequest: number;
  readonly author: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  /** How often its body was changed. */
  edits: number;
  /** Who changed it last. */
  editor?: string;
  minimized: boolean;
  /** Why it is folded away. */
  minimizedAs?: string;
}

export interface StoredPullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly state: 'open' | 'closed';
  /** @default the pull request comes from the repository itself */
  readonly fork?: string;
  /** @default 'octocat' */
  readonly author?: string;
  /** The commit that merging it has left. @default it is not merged */
  readonly mergeCommit?: string;
}

export interface SeededComment {
  readonly pullRequest: number;
  readonly body: string;
  /** @default 'octocat' */
  readonly author?: string;
}

/** What the fake GitHub remembers. Ids and times count up, so that a run is like the one before. */
export class GitHubState {
  readonly comments: StoredComment[] = [];
  readonly deployments = new Deployments(() => this.tick());
  private lastId = 9000;
  private now = Date.parse('2026-11-01T12:00:00Z');

  readonly pullRequests: StoredPullRequest[];

  constructor(pullRequests: readonly StoredPullRequest[], seeded: readonly SeededComment[] = []) {
    this.pullRequests = [...pullRequests];
    for (const { pullRequest, body, author = 'octocat' } of seeded) this.addComment(pullRequest, body, author);
  }

  addComment(pullRequest: number, body: string, author: string): StoredComment {
    const id = ++this.lastId;
    const createdAt = this.tick();
    const nodeId = `IC_${Buffer.from(String(id)).toString('base64url')}`;
    const times = { createdAt, updatedAt: createdAt };
    const comment = { id, nodeId, pullRequest, author, body, ...times, edits: 0, minimized: false };
    this.comments.push(comment);
    return comment;
  }

  editComment(comment: StoredComment, body: string, editor: string): void {
    Object.assign(comment, { body, updatedAt: this.tick(), edits: comment.edits + 1, editor });
  }

  deleteComment(comment: StoredComment): void {
    this.comments.splice(this.comments.indexOf(comment), 1);
  }

  /** A moment after every moment before. */
  tick(): string {
    this.now += 1000;
    return new Date(this.now).toISOString().replace('.000', '');
  }
}
