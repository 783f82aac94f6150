export const COMMANDS = [
  'resolve',
  'bootstrap',
  'synth',
  'diff',
  'prepare',
  'report',
  'deploy',
  'metrics',
  'doctor',
] as const;
export type CommandName = (typeof COMMANDS)[number];

export const GATES = ['delete', 'replace', 'address', 'access', 'data-loss', 'any', 'drift'] as const;
export type Gate = (typeof GATES)[number];

export const DIFF_METHODS = ['template', 'smart', 'change-set', 'auto'] as const;
export type DiffMethod = (typeof DIFF_METHODS)[number];

/** What has to have been reviewed beside the plan; empty: the plan alone, where one is given. */
export const REVIEWS = ['change-set', 'pull-request'] as const;
export type RequireReview = (typeof REVIEWS)[number] | '';

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

/** What a command that makes a plan does with it. */
export interface PlanInputs {
  readonly failOn: readonly Gate[];
  /** Whether it is asked what was altered by hand. */
  readonly drift: boolean;
  readonly planFile: string;
  /** Whether the commit gets a status with the plan's one line. */
  readonly check: boolean;
}

/** GitHub's record of a deployment. */
export interface RecordInputs {
  /** `auto`: that of the job, else one of ours where the token may write it; `true`: one of ours. */
  readonly deployment: 'auto' | 'true' | 'false';
  /** A template; empty: the environment's `url`. */
  readonly environmentUrl: string;
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
  ReportInputs &
  PlanInputs & { readonly diffMethod: DiffMethod; readonly concurrency: number };
export type PrepareInputs = Named<'prepare'> &
  Base &
  Source &
  ResultInputs &
  ReportInputs &
  PlanInputs & { readonly concurrency: number };
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
  ReportInputs &
  RecordInputs & {
    readonly concurrency: number;
    readonly outputsFile: string;
    readonly plan: string;
    readonly requireReview: RequireReview;
  };
export type MetricsInputs = Named<'metrics'> &
  Pick<WhereInputs, 'environment' | 'release'> &
  Pick<ReportInputs, 'githubToken' | 'summary'> & {
    /** Days. */
    readonly window: number;
    readonly metricsFile: string;
  };

export type DoctorInputs = Named<'doctor'> &
  Base &
  AppInputs &
  CdkInputs &
  Pick<ReportInputs, 'summary' | 'pullRequest' | 'githubToken'> & {
    /** Whether the app is run. */
    readonly synth: boolean;
    /** Whether it is run a second time, to see whether it makes the same. */
    readonly synthTwice: boolean;
  };

/** The inputs of a run, told apart by `command`. */
export type Inputs =
  | ResolveInputs
  | BootstrapInputs
  | SynthInputs
  | DiffInputs
  | PrepareInputs
  | ReportCommandInputs
  | DeployInputs
  | MetricsInputs
  | DoctorInputs;
