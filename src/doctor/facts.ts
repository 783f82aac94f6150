import type { Config } from '../environment/config.js';
import type { Fact } from './model.js';
import type { Want } from './wants.js';
import type { WorkflowFile } from './workflow-file.js';

/** A failure of one of our own checks, as it would stop a run. */
export interface Problem {
  /** An `ErrorCode`. */
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** Everything that the checks look at. Gathered by `commands/doctor`. */
export interface Facts {
  /** Whether this is a job on GitHub. */
  readonly onGitHub: boolean;
  readonly inputs: InputFacts;
  readonly config: ConfigFacts;
  readonly workflows: readonly WorkflowFile[];
  readonly apps: readonly AppFacts[];
  /** One for each release in each environment. */
  readonly targets: readonly TargetFacts[];
  readonly job: JobFacts;
  /** The account and region that this run is about, and what is there. */
  readonly places: Fact<readonly PlaceFacts[]>;
  readonly syntheses: Fact<readonly SynthesisFacts[]>;
}

export interface InputFacts {
  /** Seconds. */
  readonly durationSeconds: number;
  readonly audience: string;
  readonly qualifier: string;
  readonly toolkitStackName: string;
  /** Whether the input `role-to-assume` is set. */
  readonly rolesGiven: boolean;
}

export interface ConfigFacts {
  /** Undefined without a file, or with a broken one. */
  readonly config?: Config;
  /** The file's text, for lines. */
  readonly text?: string;
  readonly problem?: Problem;
}

/** An app's folder, as it lies there. Paths are relative to the workspace. */
export interface AppFacts {
  readonly folder: string;
  readonly cdkJson: Fact<{
    readonly file: string;
    readonly body: Readonly<Record<string, unknown>>;
    readonly text: string;
  }>;
  /** Text files in which an account may stand: `cdk.context.json`, the context's templates. */
  readonly contexts: readonly { readonly file: string; readonly text: string }[];
  readonly cli: CliFacts;
  /** What files of the app ask of programs. */
  readonly wants: readonly Want[];
  /** Version by program; null for one that is not on `PATH`. Those that nobody asks for are not there. */
  readonly programs: Readonly<Record<string, string | null>>;
  readonly git: Fact<GitFacts>;
}

export interface CliFacts {
  /** The CLI that will run; undefined when the project's own is broken. */
  readonly version?: string;
  readonly ofProject: boolean;
  /** Version of `aws-cdk` in the project's lock file or installed, whichever is found first. */
  readonly installed?: { readonly version: string; readonly file: string };
  /** What `package.json` asks for. */
  readonly asked?: { readonly range: string; readonly file: string; readonly line: number };
  /** The library's schema, where the library is installed. */
  readonly library?: { readonly version: string; readonly schema: number; readonly minimumCli: string };
}

export interface GitFacts {
  /** The rule that keeps `cdk.context.json` out, as `git check-ignore` tells it. */
  readonly contextIgnored?: { readonly file: string; readonly line: number; readonly rule: string };
  /** Files below `cdk.out` that are checked in. */
  readonly outChecked: number;
}

/** A release in an environment, and whether what a run needs of it can be worked out. */
export interface TargetFacts {
  readonly environment: string;
  readonly release: string;
  readonly problem?: Problem;
  /** Why the rendered context would not do. */
  readonly contextProblem?: Problem;
  /** Keys that `cdk.json` has as well, with another value. */
  readonly beaten?: readonly { readonly key: string; readonly file: string; readonly line: number }[];
}

export interface JobFacts {
  /** `owner/name`; empty when it is not known. */
  readonly repository: string;
  /** Whether GitHub offers this job an identity token. */
  readonly identity: boolean;
  readonly fork: boolean;
  readonly token: Fact<{
    readonly valid: boolean;
    readonly privateRepository?: boolean;
    readonly mayComment?: boolean;
  }>;
}

/** A role of the environment. */
export interface RoleFacts {
  readonly arn: string;
  readonly purpose: 'plan' | 'deploy';
  /** Whether it is taken with GitHub's token. */
  readonly first: boolean;
  /** What its trust policy says, JSON, and its longest session in seconds. */
  readonly settings: Fact<{ readonly trustPolicy: string; readonly maxSessionSeconds: number }>;
}

/** What became of taking the roles of one purpose. */
export interface ChainFacts {
  readonly purpose: 'plan' | 'deploy';
  /** First hop first. */
  readonly arns: readonly string[];
  /** @default the roles were taken */
  readonly refused?: string;
}

export interface PlaceFacts {
  readonly environment: string;
  readonly region: string;
  /** The purpose that this run's event is about. */
  readonly main: 'plan' | 'deploy';
  readonly chains: readonly ChainFacts[];
  readonly roles: readonly RoleFacts[];
  /** Forms of this job's subject, the one that it has first; those that a repository's jobs may have, without one. */
  readonly subjects: Fact<readonly string[]>;
  /** Why there is no way in, or the wrong one; not known where nobody has tried. @default there is a good one */
  readonly accessProblem?: Fact<Problem>;
  readonly bootstrap: Fact<BootstrapFacts>;
  readonly stacks: Fact<readonly { readonly name: string; readonly status: string }[]>;
}

export interface BootstrapFacts {
  readonly account: string;
  readonly region: string;
  /** Undefined when it is not bootstrapped. */
  readonly version?: number;
  /** Qualifier of the toolkit's stack; undefined without that stack. */
  readonly qualifier?: string;
  /** Bootstrap's roles that were to be taken. */
  readonly roles: readonly { readonly arn: string; readonly kind: string; readonly refused?: string }[];
  /** Whether the role that CloudFormation works with is there. */
  readonly execution: Fact<{ readonly arn: string; readonly there: boolean }>;
}

export interface SynthesisFacts {
  readonly target: string;
  readonly folder: string;
  readonly problem?: Problem;
  /** Look-ups that nobody has committed. */
  readonly lookups: readonly string[];
  /** Of the assembly, where there is one: its schema, and the CLI that reads it. */
  readonly schema?: { readonly version: number; readonly minimumCli?: string; readonly cli: string };
  /** Paths that a second synthesis makes otherwise, as `plan.ignore` takes them. */
  readonly unstable: Fact<readonly string[]>;
}
