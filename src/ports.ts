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
}

/** A role as IAM has it. */
export interface RoleSettings {
  /** JSON. */
  readonly trustPolicy: string;
  /** Longest session, in seconds. */
  readonly maxSessionSeconds: number;
}

/** Reads of what stands around the stacks of an account. */
export interface AccountReader {
  /** Undefined when there is no such role in the account of the credentials. @param name without path */
  role(name: string): Promise<RoleSettings | undefined>;
  /** Value of a parameter of the Systems Manager; undefined when there is none. */
  parameter(name: string): Promise<string | undefined>;
}

/** AWS, as one set of credentials sees it. */
export interface Aws {
  sts(region: string): Sts;
  account(region: string, credentials?: () => Promise<Session>): Promise<AccountReader>;
  cloudFormation(region: string, credentials?: () => Promise<Session>): CloudFormation;
}

export interface Comment {
  readonly id: number;
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
  /** The login under which comments of this token appear. */
  identity(): Promise<string>;
  /** The number of the open pull request that a commit belongs to. */
  openPullRequest?(commit: string): Promise<number | undefined>;
  /** Writes nothing. @param pullRequest one to ask about */
  access?(pullRequest?: number): Promise<TokenAccess>;
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
  aws(): Promise<Aws>;
  github(token: string): Promise<GitHub>;
  readonly serveCredentials: ServeCredentials;
}
