import type { CommentHistory, PullRequest, PullRequestEvent, Push, Review, Reviews } from '../../src/ports.js';
import { httpError } from './github.js';

/** Who changed, approved and allowed what, as a test sets it. */
export class FakeReviews implements Reviews {
  /** `pull 12`, `pulls <commit>`, `reviews 12`, `permission mona`, `events 12`, `pushes feature`, `file <path>@<commit>`, … */
  readonly requests: string[] = [];
  /** Errors by the first word of a request. */
  readonly refuse = new Map<string, Error>();
  pulls: PullRequest[] = [];
  given: Review[] = [];
  happened: PullRequestEvent[] = [];
  pushed: Push[] = [];
  /** What people may do; others may read. */
  readonly permissions = new Map<string, string>();
  /** Logins of a commit's author and committer. */
  readonly makers = new Map<string, readonly string[]>();
  readonly heads = new Map<string, string>();
  /** Texts by `<path>@<commit>`. */
  readonly files = new Map<string, string>();
  readonly histories = new Map<number, CommentHistory>();

  async pullRequest(number: number): Promise<PullRequest> {
    await this.request(`pull ${number}`);
    return found(this.pulls.find((pull) => pull.number === number));
  }

  async pullRequestsOf(commit: string): Promise<readonly PullRequest[]> {
    await this.request(`pulls ${commit}`);
    return this.pulls;
  }

  async reviews(pullRequest: number): Promise<readonly Review[]> {
    await this.request(`reviews ${pullRequest}`);
    return this.given;
  }

  async permission(login: string): Promise<string> {
    await this.request(`permission ${login}`);
    return this.permissions.get(login) ?? 'read';
  }

  async events(pullRequest: number): Promise<readonly PullRequestEvent[]> {
    await this.request(`events ${pullRequest}`);
    return this.happened;
  }

  async pushes(repository: string, branch: string): Promise<readonly Push[]> {
    await this.request(`pushes ${repository} ${branch}`);
    return this.pushed;
  }

  async authors(commit: string): Promise<readonly string[]> {
    await this.request(`authors ${commit}`);
    return this.makers.get(commit) ?? [];
  }

  async branchHead(branch: string): Promise<string> {
    await this.request(`head ${branch}`);
    return found(this.heads.get(branch));
  }

  async file(path: string, commit: string): Promise<string | undefined> {
    await this.request(`file ${path}@${commit}`);
    return this.files.get(`${path}@${commit}`);
  }

  async history(id: number): Promise<CommentHistory> {
    await this.request(`history ${id}`);
    return found(this.histories.get(id));
  }

  private async request(line: string): Promise<void> {
    this.requests.push(line);
    const error = this.refuse.get(line.split(' ')[0] ?? '');
    if (error) throw error;
    await Promise.resolve();
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw httpError(404, 'Not Found');
  return value;
}
