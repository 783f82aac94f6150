import type { ChangeSetAnswer } from './plan/change-set/answer.js';
import type { StackDrift } from './plan/drift-answer.js';

/** The edges of the process. Each has one real adapter, made in `index.ts`, and one recording fake in `test/fakes/`. */

/** Runs programs. */
export interface Exec {
  /** Runs a program to its end; a code other than 0 is a result, not an error. */
  run(program: string, args: readonly string[], options: ExecOptions): Promise<ExecResult>;
}

export interface ExecOptions {
  readonly cwd: string;
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Called for every line as it comes. @default lines are only collected */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** AWS credentials of a session. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface CallerIdentity {
  /** 12 digits. */
  readonly account: string;
  readonly arn: string;
}

export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Seconds, 900 to 43,200; 3,600 at most from the second hop on (AWS's limit for role chaining). */
  readonly durationSeconds: number;
  readonly externalId?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Sts {
  /** The account behind the credentials. @default session: those of the environment */
  callerIdentity(session?: Session): Promise<CallerIdentity>;
  assumeRoleWithWebIdentity(request: AssumeRoleRequest, token: string): Promise<Session>;
  assumeRole(request: AssumeRoleRequest, session?: Session): Promise<Session>;
}

/** What CloudFormation says of a stack now. */
export interface StackState {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly statusReason?: string;
  /** When it was last created or updated. */
  readonly changedAt?: Date;
  readonly outputs: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
}

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly status: string;
}

export interface StackEvent {
  readonly id: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly timestamp: Date;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** Reads of CloudFormation; what writes goes through the CDK. */
export interface CloudFormation {
  /** Undefined when there is no such stack. */
  describeStack(nameOrId: string): Promise<StackState | undefined>;
  /** The template as it was submitted; undefined when there is no such stack. */
  template(nameOrId: string): Promise<string | undefined>;
  resources(nameOrId: string): Promise<readonly StackResource[]>;
  /** Newest first, every page until the callback says stop. */
  events(nameOrId: string, wanted: (event: StackEvent) => boolean): Promise<readonly StackEvent[]>;
  /** Names of the stacks that import an export. */
  importers(exportName: string): Promise<readonly string[]>;
  /**
   * What was altered by hand in a stack; those nested in it are asked by themselves. Takes minutes for a large stack.
   * @throws Error when it may not be asked, is not asked in the stack's state, or does not end in time
   */
  driftOf(nameOrId: string): Promise<StackDrift>;
}

/** Which change set is meant. */
export interface ChangeSetReference {
  /** ARN, or the name together with the stack. */
  readonly changeSet: string;
  /** Name or ARN. @default `changeSet` is an ARN */
  readonly stack?: string;
}

/** Change sets as they are, and their end; they are made and executed through the CDK. */
export interface ChangeSets {
  /** All of it, with those of nested stacks; undefined when there is no such change set. */
  describe(reference: ChangeSetReference): Promise<ChangeSetAnswer | undefined>;
  /** The template that it was made of; undefined when there is no such change set. */
  template(reference: ChangeSetReference): Promise<string | undefined>;
  /**
   * Deletes it, and waits until it is gone. One that is not there is gone already.
   * @throws ActionError `aws` when CloudFormation keeps it
   */
  delete(reference: ChangeSetReference): Promise<void>;
  /**
   * Deletes a stack that holds nothing but what a change set left (`REVIEW_IN_PROGRESS`), and waits until it is gone. Any
   * other stack is left alone, and so is one that another change set waits in.
   * @returns whether it is gone
   */
  deleteUncreated(stack: string): Promise<boolean>;
}

/** AWS, as one set of credentials sees it. */
export interface Aws {
  sts(region: string): Sts;
  cloudFormation(region: string, credentials?: () => Promise<Session>): CloudFormation;
  changeSets(region: string, credentials?: () => Promise<Session>): ChangeSets;
}

export interface Comment {
  readonly id: number;
  /** Id of the GraphQL API. */
  readonly nodeId?: string;
  readonly body: string;
  readonly author: string;
  readonly url: string;
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

/** Place in a file, for an annotation. */
export interface Place {
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
}

/** The runner: log, masks, outputs, summary, OIDC. */
export interface Runner {
  info(message: string): void;
  debug(message: string): void;
  notice(message: string, place?: Place): void;
  warning(message: string, place?: Place): void;
  error(message: string, place?: Place): void;
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
  mask(value: string): void;
  /** All that was masked, for texts that do not pass through the log. */
  secrets(): readonly string[];
  output(name: string, value: string): void;
  summary(markdown: string): Promise<void>;
  /** GitHub's OIDC token for an audience. */
  oidcToken(audience: string): Promise<string>;
  /** Remembered for the post step. */
  saveState(name: string, value: string): void;
}

export interface Clock {
  now(): Date;
}

/** A text of some letters and digits that no other run has. */
export type Random = () => string;

/** What a child process needs to get its credentials from us, and the end of it. */
export interface CredentialServer {
  /** Variables for the child: no key is among them, only the way to one. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Gives sessions to the programs that are run. `folder` is private to this run. */
export type ServeCredentials = (
  folder: string,
  region: string,
  session: () => Promise<Session>,
) => Promise<CredentialServer>;

/** All edges. What is large is made only when it is asked for, so that a command loads only what it needs. */
export interface Ports {
  readonly exec: Exec;
  readonly runner: Runner;
  readonly clock: Clock;
  readonly random: Random;
  aws(): Promise<Aws>;
  github(token: string): Promise<GitHub>;
  reviews(token: string): Promise<Reviews>;
  records(token: string): Promise<Records>;
  readonly serveCredentials: ServeCredentials;
}
