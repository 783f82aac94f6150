import type { Comment, GitHub } from '../../src/ports.js';

/** Comments that the API gives at once when it is not asked for more. */
const PAGE = 30;

/** The comments of pull requests in memory, listed in pages, each fetched only when it is asked for. */
export class FakeGitHub implements GitHub {
  /** `list 12 page 1`, `create 12`, `update 9001`, `minimize IC_9001 OUTDATED`, `identity`, `pulls <commit>` */
  readonly requests: string[] = [];
  /** Errors by the first word of a request. */
  readonly refuse = new Map<string, Error>();
  /** Numbers of open pull requests by commit. */
  readonly open = new Map<string, number>();
  private readonly threads = new Map<number, Comment[]>();
  private lastId = 9000;

  constructor(readonly login = 'github-actions[bot]') {}

  /** A comment that is there already. */
  add(pullRequest: number, body: string, author = this.login): Comment {
    const id = ++this.lastId;
    const url = `https://github.com/acme-corp/webapp/pull/${pullRequest}#issuecomment-${id}`;
    const comment = { id, nodeId: `IC_${id}`, body, author, url };
    this.threads.set(pullRequest, [...this.on(pullRequest), comment]);
    return comment;
  }

  /** Comments of a pull request now. */
  on(pullRequest: number): readonly Comment[] {
    return this.threads.get(pullRequest) ?? [];
  }

  async *comments(pullRequest: number): AsyncIterable<Comment> {
    const pages = Math.max(1, Math.ceil(this.on(pullRequest).length / PAGE));
    for (let page = 1; page <= pages; page += 1) {
      await this.request(`list ${pullRequest} page ${page}`);
      yield* this.on(pullRequest).slice((page - 1) * PAGE, page * PAGE);
    }
  }

  async createComment(pullRequest: number, body: string): Promise<Comment> {
    await this.request(`create ${pullRequest}`);
    return this.add(pullRequest, body);
  }

  async updateComment(id: number, body: string): Promise<Comment> {
    await this.request(`update ${id}`);
    for (const [number, thread] of this.threads) {
      const comment = thread.find((one) => one.id === id);
      if (comment === undefined) continue;
      const changed = { ...comment, body };
      this.threads.set(
        number,
        thread.map((one) => (one.id === id ? changed : one)),
      );
      return changed;
    }
    throw httpError(404, 'Not Found');
  }

  /** Reasons by node id. */
  readonly minimized = new Map<string, string>();

  async minimizeComment(nodeId: string, reason: string): Promise<void> {
    await this.request(`minimize ${nodeId} ${reason}`);
    this.minimized.set(nodeId, reason);
  }

  async identity(): Promise<string> {
    await this.request('identity');
    return this.login;
  }

  async openPullRequest(commit: string): Promise<number | undefined> {
    await this.request(`pulls ${commit}`);
    return this.open.get(commit);
  }

  private async request(line: string): Promise<void> {
    this.requests.push(line);
    const error = this.refuse.get(line.split(' ')[0] ?? '');
    if (error) throw error;
    await Promise.resolve();
  }
}

/** An error as the API's client throws it. */
export function httpError(status: number, message: string): Error & { readonly status: number } {
  return Object.assign(new Error(message), { status });
}
