import { REPOSITORY } from '../runner/events.js';
import type { GitHubState, StoredComment, StoredPullRequest } from './state.js';

export interface StoredReview {
  readonly id: number;
  readonly pullRequest: number;
  readonly by: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  readonly commit: string;
  readonly at: string;
}

export interface StoredEvent {
  readonly id: number;
  readonly pullRequest: number;
  readonly kind: 'labeled' | 'unlabeled' | 'base_ref_changed';
  readonly by: string;
  readonly at: string;
  readonly label?: string;
}

export interface StoredPush {
  readonly id: number;
  /** `owner/name` */
  readonly repository: string;
  /** `refs/heads/main` */
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly by: string;
  readonly at: string;
}

const NOTHING = '0'.repeat(40);

/** What people do on this GitHub: they push, review, label, merge and edit. */
export class Team {
  readonly reviews: StoredReview[] = [];
  readonly events: StoredEvent[] = [];
  readonly pushes: StoredPush[] = [];
  /** What they may do; others may read. */
  readonly permissions = new Map<string, 'admin' | 'write' | 'read' | 'none'>([
    ['octocat', 'write'],
    ['mona', 'write'],
  ]);
  private readonly branches = new Map<string, string>();
  private readonly files = new Map<string, Readonly<Record<string, string>>>();
  private lastId = 500;

  constructor(private readonly state: GitHubState) {
    this.commit('main', 'ba5e'.padEnd(40, '0'), {});
    for (const { number, headSha } of state.pullRequests) this.push(number, headSha);
  }

  /** A branch points at a commit that has these files. */
  commit(branch: string, sha: string, files: Readonly<Record<string, string>>): void {
    this.branches.set(branch, sha);
    this.files.set(sha, files);
  }

  branch(name: string): string | undefined {
    return this.branches.get(name);
  }

  /** Undefined when there is no such commit. */
  filesAt(commit: string): Readonly<Record<string, string>> | undefined {
    return this.files.get(commit);
  }

  /** Somebody pushes to the branch of a pull request. */
  push(pullRequest: number, sha: string, by = 'octocat'): void {
    const { headRef, fork, headSha } = this.find(pullRequest);
    const place = { repository: fork ?? REPOSITORY.fullName, ref: `refs/heads/${headRef}` };
    const before = this.pushes.length === 0 ? NOTHING : headSha;
    this.pushes.unshift({ id: ++this.lastId, ...place, before, after: sha, by, at: this.state.tick() });
    this.change(pullRequest, { headSha: sha });
  }

  /** Somebody reviews the head of a pull request, or another commit of it. */
  review(pullRequest: number, by: string, state: StoredReview['state'] = 'APPROVED', commit?: string): StoredReview {
    const at = this.state.tick();
    const review = { id: ++this.lastId, pullRequest, by, state, commit: commit ?? this.find(pullRequest).headSha, at };
    this.reviews.push(review);
    return review;
  }

  label(pullRequest: number, label: string, by: string, kind: 'labeled' | 'unlabeled' = 'labeled'): void {
    this.events.push({ id: ++this.lastId, pullRequest, kind, by, label, at: this.state.tick() });
  }

  /** The pull request is merged, and its base points at the commit that this left. */
  merge(pullRequest: number, mergeCommit: string): void {
    this.change(pullRequest, { state: 'closed', mergeCommit });
    const { baseRef } = this.find(pullRequest);
    this.commit(baseRef, mergeCommit, this.filesAt(this.branch(baseRef) ?? '') ?? {});
  }

  /** Somebody opens another pull request. */
  open(pull: StoredPullRequest): void {
    this.state.pullRequests.push(pull);
    this.push(pull.number, pull.headSha, pull.author);
  }

  edit(comment: StoredComment, body: string, by: string): void {
    this.state.editComment(comment, body, by);
  }

  private find(pullRequest: number): StoredPullRequest {
    const found = this.state.pullRequests.find(({ number }) => number === pullRequest);
    if (found === undefined) throw new Error(`there is no pull request ${pullRequest}`);
    return found;
  }

  private change(pullRequest: number, change: Partial<StoredPullRequest>): void {
    const { pullRequests } = this.state;
    pullRequests.splice(pullRequests.indexOf(this.find(pullRequest)), 1, { ...this.find(pullRequest), ...change });
  }
}
