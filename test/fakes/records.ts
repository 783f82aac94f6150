import type {
  CommitStatus,
  DeploymentRecord,
  DeploymentStatus,
  NewDeployment,
  NewDeploymentStatus,
  PastDeployment,
  Records,
} from '../../src/ports.js';

type Kept = DeploymentRecord & { readonly statuses: (DeploymentStatus & { readonly environmentUrl?: string })[] };

/** GitHub's records in memory. */
export class FakeRecords implements Records {
  /** `list production`, `statuses 1`, `create production`, `status 1 success`, `commit <sha>`, `history` */
  readonly requests: string[] = [];
  /** Errors by the first word of a request. */
  readonly refuse = new Map<string, Error>();
  /** Oldest first. */
  readonly list: Kept[] = [];
  readonly commits: (CommitStatus & { readonly commit: string })[] = [];
  /** What `history` gives, newest first. */
  past: readonly PastDeployment[] = [];

  /** A deployment that is there already; statuses oldest first. */
  add(
    record: Partial<DeploymentRecord>,
    ...statuses: readonly (Partial<DeploymentStatus> & { state: string })[]
  ): Kept {
    const base = { environment: 'production', commit: 'c0ffee', creator: 'github-actions[bot]', payload: {} };
    const whole = statuses.map((status) => ({ description: '', logUrl: '', ...status }));
    const kept = { ...base, ...record, id: this.list.length + 1, statuses: whole.toReversed() };
    this.list.push(kept);
    return kept;
  }

  /** `success deploy-action: …`, oldest first. */
  lifeOf(id: number): readonly string[] {
    return this.kept(id)
      .statuses.map(({ state, description }) => `${state} ${description}`.trim())
      .reverse();
  }

  async *deployments(environment: string): AsyncIterable<DeploymentRecord> {
    await this.request(`list ${environment}`);
    yield* this.list.filter((one) => one.environment === environment).reverse();
  }

  async statuses(deployment: number): Promise<readonly DeploymentStatus[]> {
    await this.request(`statuses ${deployment}`);
    return this.kept(deployment).statuses;
  }

  async createDeployment({ environment, commit, payload }: NewDeployment): Promise<DeploymentRecord> {
    await this.request(`create ${environment}`);
    return this.add({ environment, commit, payload });
  }

  async addStatus(deployment: number, status: NewDeploymentStatus): Promise<void> {
    await this.request(`status ${deployment} ${status.state}`);
    this.kept(deployment).statuses.unshift(status);
  }

  async setCommitStatus(commit: string, status: CommitStatus): Promise<void> {
    await this.request(`commit ${commit}`);
    this.commits.push({ ...status, commit });
  }

  async *history(environment: string): AsyncIterable<PastDeployment> {
    await this.request('history');
    yield* this.past.filter((life) => environment === '' || life.environment === environment);
  }

  private kept(id: number): Kept {
    return this.list[id - 1]!;
  }

  private async request(line: string): Promise<void> {
    this.requests.push(line);
    const error = this.refuse.get(line.split(' ')[0] ?? '');
    if (error) throw error;
    await Promise.resolve();
  }
}
