/** What is asked of GitHub: comments, reviews and its own records. Part of `ports.ts`. */

export interface Comment {
  readonly id: number;
  /** Id of the GraphQL API. */
  readonly nodeId?: string;
  readonly body: string;
  readonly author: string;
  readonly url: string;
}

/** What a token may do, as far as GitHub tells without anything being written. */
export interface TokenAccess {
  /** Whether GitHub takes it at all. */
  readonly valid: boolean;
  /** Whether the repository is private; undefined when the token cannot see it. */
  readonly privateRepository?: boolean;
  /** Whether it may comment on the pull request; undefined when there is none to ask about. */
  readonly mayComment?: boolean;
}

/** The comments of one pull request, and who we are. */
export interface GitHub {
  /** Every comment, every page. */
  comments(pullRequest: number): AsyncIterable<Comment>;
  createComment(pullRequest: number, body: string): Promise<Comment>;
  updateComment(id: number, body: string): Promise<Comment>;
  /** Folds a comment away, with the reason; one that is folded already stays so. */
  minimizeComment?(nodeId: string, reason: 'OUTDATED' | 'RESOLVED'): Promise<void>;
  /** The login under which comments of this token appear. */
  identity(): Promise<string>;
  /** The number of the open pull request that a commit belongs to. */
  openPullRequest?(commit: string): Promise<number | undefined>;
  /** Writes nothing. @param pullRequest one to ask about */
  access?(pullRequest?: number): Promise<TokenAccess>;
}

/** A pull request, as far as a review is about it. */
export interface PullRequest {
  readonly number: number;
  /** Login; empty when the account is gone. */
  readonly author: string;
  readonly headSha: string;
  readonly headRef: string;
  /** `owner/name`; undefined when the repository is gone. */
  readonly headRepository?: string;
  readonly baseRef: string;
  /** The commit that merging it left on its base; undefined as long as it is not merged. */
  readonly mergeCommit?: string;
}

/** Somebody who does something on GitHub. */
export interface Actor {
  /** Empty when the account is gone. */
  readonly login: string;
  /** Neither an app nor an account that is gone. */
  readonly isPerson: boolean;
}

export interface Review {
  readonly by: Actor;
  /** GitHub's word: `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`, `DISMISSED`, `PENDING`. */
  readonly state: string;
  /** The commit that the reviewer looked at. */
  readonly commit: string;
  readonly at: Date;
}

/** Something that happened to a pull request. */
export interface PullRequestEvent {
  /** GitHub's word: `labeled`, `unlabeled`, `base_ref_changed`, … */
  readonly kind: string;
  readonly by: Actor;
  readonly at: Date;
  /** Of `labeled` and `unlabeled`. */
  readonly label?: string;
}

/** A branch was made to point at a commit. The time is the server's, not one that a commit claims. */
export interface Push {
  readonly by: Actor;
  readonly commit: string;
  readonly at: Date;
}

/** A comment as it stands, and who wrote it so. */
export interface CommentHistory {
  readonly body: string;
  readonly author: string;
  /** Who edited it last; undefined when nobody did, empty when the account is gone. */
  readonly editor?: string;
  /** When it was written as it stands. */
  readonly at: Date;
}

/** What GitHub knows of who changed, approved and allowed what. Only reads; lists are whole, whatever their length. */
export interface Reviews {
  pullRequest(number: number): Promise<PullRequest>;
  /** Those that a commit belongs to, open and merged. */
  pullRequestsOf(commit: string): Promise<readonly PullRequest[]>;
  /** Oldest first. */
  reviews(pullRequest: number): Promise<readonly Review[]>;
  /** What somebody may do in the repository, in GitHub's words: `admin`, `write`, `read` or `none`. */
  permission(login: string): Promise<string>;
  /** Oldest first. */
  events(pullRequest: number): Promise<readonly PullRequestEvent[]>;
  /** The newest pushes to a branch, newest first. @param repository `owner/name` */
  pushes(repository: string, branch: string): Promise<readonly Push[]>;
  /** Logins of a commit's author and committer, as far as GitHub knows them; a commit may claim what it likes. */
  authors(commit: string): Promise<readonly string[]>;
  /** The commit that a branch points at. */
  branchHead(branch: string): Promise<string>;
  /** A file at a commit; undefined when there is none. @param path relative to the repository's root */
  file(path: string, commit: string): Promise<string | undefined>;
  /** @param id a comment's */
  history(id: number): Promise<CommentHistory>;
}

/** A deployment, as GitHub's Environments page has it. */
export interface DeploymentRecord {
  readonly id: number;
  readonly environment: string;
  readonly commit: string;
  /** Login of who made it; `github-actions[bot]` for a job, and for what a job's token makes. */
  readonly creator: string;
  /** What its maker put beside it. */
  readonly payload: unknown;
}

/** States that a status may be given. GitHub's own jobs have `waiting` as well. */
export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';

/** One step in the life of a deployment. */
export interface DeploymentStatus {
  readonly state: string;
  readonly description: string;
  /** Where its log is; empty when nobody said so. */
  readonly logUrl: string;
}

export interface NewDeployment {
  readonly environment: string;
  readonly commit: string;
  readonly task: string;
  readonly description: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Whether the environment comes and goes. */
  readonly transient: boolean;
}

export interface NewDeploymentStatus {
  readonly state: DeploymentState;
  /** 140 characters at most. */
  readonly description: string;
  readonly logUrl: string;
  /** @default none */
  readonly environmentUrl?: string;
}

/** A status beside a commit; a later one of the same context takes its place. */
export interface CommitStatus {
  readonly state: 'success' | 'failure' | 'error';
  readonly context: string;
  /** 140 characters at most. */
  readonly description: string;
  readonly url: string;
}

/** A deployment with its whole life, for figures. */
export interface PastDeployment {
  readonly environment: string;
  readonly commit: string;
  /** When the commit was committed; undefined when GitHub has it no longer. */
  readonly committedAt?: Date;
  readonly createdAt: Date;
  /** Oldest first. */
  readonly statuses: readonly { readonly state: string; readonly description: string; readonly at: Date }[];
}

/** GitHub's own records of the repository: deployments, and statuses of commits. */
export interface Records {
  /** Newest first, each page when it is asked for. */
  deployments(environment: string): AsyncIterable<DeploymentRecord>;
  /** Newest first, a hundred at most: none has more. */
  statuses(deployment: number): Promise<readonly DeploymentStatus[]>;
  createDeployment(deployment: NewDeployment): Promise<DeploymentRecord>;
  addStatus(deployment: number, status: NewDeploymentStatus): Promise<void>;
  setCommitStatus(commit: string, status: CommitStatus): Promise<void>;
  /** Newest first, each page when it is asked for. @param environment empty: of all */
  history(environment: string): AsyncIterable<PastDeployment>;
}
