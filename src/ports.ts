import type { ChangeSetAnswer } from './plan/change-set/answer.js';
import type { StackDrift } from './plan/drift-answer.js';

import type { GitHub, Records, Reviews } from './github-ports.js';

export type * from './github-ports.js';

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
  changeSets(region: string, credentials?: () => Promise<Session>): ChangeSets;
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
