import type { Comment, GitHub } from '../../src/ports.js';

/** An error as the API's client throws it. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** GitHub's comments in memory: pages of 30, as without `per_page`, each only when it is asked for. */
export class FakeGitHub implements GitHub {
  readonly requests: string[] = [];
  readonly refuse = new Map<string, Error>();
  list: Comment[] = [];
  login = 'github-actions[bot]';

  add(author: string, body: string): Comment {
    const id = (this.list.at(-1)?.id ?? 100) + 1;
    const comment = {
      id,
      nodeId: `IC_${id}`,
      author,
      body,
      url: `https://github.com/acme/shop/pull/7#issuecomment-${id}`,
    };
    this.list.push(comment);
    return comment;
  }

  async *comments(pullRequest: number): AsyncIterable<Comment> {
    for (let page = 1; (page - 1) * 30 < Math.max(1, this.list.length); page += 1) {
      await this.request('list', `#${pullRequest} page ${page}`);
      yield* this.list.slice((page - 1) * 30, page * 30);
    }
  }

  async createComment(pullRequest: number, body: string): Promise<Comment> {
    await this.request('create', `#${pullRequest}`);
    return this.add(this.login, body);
  }

  async updateComment(id: number, body: string): Promise<Comment> {
    await this.request('update', `${id}`);
    const index = this.list.findIndex((comment) => comment.id === id);
    return (this.list[index] = { ...this.list[index]!, body });
  }

  async minimizeComment(nodeId: string, reason: string): Promise<void> {
    await this.request('minimize', `${nodeId} ${reason}`);
  }

  async identity(): Promise<string> {
    await this.request('identity', '');
    return this.login;
  }

  async openPullRequest(commit: string): Promise<number | undefined> {
    await this.request('pulls', commit);
    return commit === 'c0ffee' ? 12 : undefined;
  }

  private async request(verb: string, what: string): Promise<void> {
    this.requests.push(`${verb} ${what}`.trim());
    const error = this.refuse.get(verb);
    if (error) throw error;
    await Promise.resolve();
  }
}
