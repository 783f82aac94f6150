export const COMMANDS = ['resolve', 'bootstrap', 'synth', 'diff', 'report', 'deploy'] as const;
export type CommandName = (typeof COMMANDS)[number];

export const GATES = ['delete', 'replace', 'address', 'access', 'data-loss', 'any'] as const;
export type Gate = (typeof GATES)[number];

/** Where to and what: every command that has a target takes it. */
export interface WhereInputs {
  readonly environment: string;
  readonly version: string;
  readonly release: string;
  readonly config: string;
  readonly workingDirectory: string;
  readonly stacks: readonly string[];
  readonly region: string;
  readonly allowedAccountIds: readonly string[];
  readonly maskAccountId: boolean;
}

/** Where a command leaves its result; empty: nowhere. */
export interface ResultInputs {
  readonly resultFile: string;
}

export interface CredentialInputs {
  /** First hop first. */
  readonly roles: readonly string[];
  readonly externalIds: readonly string[];
  readonly sessionName: string;
  /** Seconds. */
  readonly durationSeconds: number;
  readonly sessionTags: boolean;
  readonly audience: string;
}

export interface AppInputs {
  readonly app: string;
  readonly context: string;
  readonly contextTemplate: string;
  readonly variables: string;
  readonly env: readonly string[];
}

export interface AssemblyInputs {
  readonly assembly: string;
  readonly assemblyDigest: string;
  readonly allowAssetExecutables: boolean;
}

export interface CdkInputs {
  readonly qualifier: string;
  readonly toolkitStackName: string;
  readonly cdkVersion: string;
  readonly cdkArgs: readonly string[];
}

export interface ReportInputs {
  readonly comment: 'true' | 'false' | 'changes';
  readonly commentTag: string;
  readonly commentHeader: string;
  readonly commentFooter: string;
  readonly summary: boolean;
  /** Empty: the event's. */
  readonly pullRequest: string;
  readonly githubToken: string;
}

type Named<C extends CommandName> = { readonly command: C };
type Base = WhereInputs & CredentialInputs;
type Source = AppInputs & AssemblyInputs & CdkInputs;

export type ResolveInputs = Named<'resolve'> &
  Base &
  AppInputs & {
    /** As JSON; empty: the run decides. */
    readonly targets: string;
    readonly toolchain: string;
  };
export type BootstrapInputs = Named<'bootstrap'> &
  Base &
  Source &
  ResultInputs & {
    readonly onlyCheck: boolean;
    /** As JSON; empty: the run decides. */
    readonly targets: string;
  };
export type SynthInputs = Named<'synth'> & Base & AppInputs & CdkInputs & ResultInputs;
export type DiffInputs = Named<'diff'> &
  Base &
  Source &
  ResultInputs &
  ReportInputs & {
    readonly diffMethod: 'template' | 'change-set' | 'auto';
    readonly failOn: readonly Gate[];
    readonly planFile: string;
  };
export type ReportCommandInputs = Named<'report'> &
  ReportInputs & {
    readonly plans: readonly string[];
    readonly results: readonly string[];
    readonly lastCommand: 'diff' | 'deploy';
    /** As JSON; empty: not known. */
    readonly targets: string;
  };
export type DeployInputs = Named<'deploy'> &
  Base &
  Source &
  ResultInputs &
  ReportInputs & { readonly concurrency: number; readonly outputsFile: string; readonly plan: string };

/** The inputs of a run, told apart by `command`. */
export type Inputs = ResolveInputs | BootstrapInputs | SynthInputs | DiffInputs | ReportCommandInputs | DeployInputs;
