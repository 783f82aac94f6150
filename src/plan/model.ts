/**
 * What will change, per stack, and what it can cost. This is the public plan (`plan.v1`): it knows no Markdown and no
 * API. Times are ISO 8601, digests are `sha256:<hex>`.
 */

/** What CloudFormation does with a thing. */
export const ACTIONS = ['none', 'add', 'update', 'replace', 'delete', 'import'] as const;
export type Action = (typeof ACTIONS)[number];

/** What a change can cost, in rising order. */
export const RISKS = ['none', 'add', 'update', 'address', 'access', 'data-loss'] as const;
export type Risk = (typeof RISKS)[number];

/** What a change is a change of. */
export const SUBJECTS = [
  'resource',
  'output',
  'parameter',
  'mapping',
  'condition',
  'transform',
  'tag',
  'termination-protection',
  'other',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Whether a changed property makes CloudFormation create the resource anew. */
export type Replacement = 'never' | 'conditionally' | 'always';

/** What made a property change: an edit, a resource it refers to, or a parameter. */
export type Cause = 'direct' | 'reference' | 'parameter';

/** Why a change is noise: it is counted and folded, never hidden. */
export type NoiseKind = 'asset-hash' | 'metadata' | 'order' | 'policy-equal';

export interface PropertyChange {
  /** Dotted, array indexes as numbers: `Policies.0.PolicyDocument`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly replacement: Replacement;
  readonly cause: Cause;
  /** Set when nothing that a reviewer cares about changes here, though elsewhere in the resource it may. */
  readonly noise?: NoiseKind;
}

/** One reason for a risk, in words for a reviewer. */
export interface Reason {
  readonly risk: Risk;
  readonly text: string;
}

export interface PolicyChange {
  readonly before?: string;
  readonly after?: string;
}

export interface Change {
  readonly subject: Subject;
  readonly logicalId: string;
  /** Construct path, from `aws:cdk:path` or the assembly's metadata. */
  readonly path?: string;
  /** `file:line` of the construct, when the assembly has stack traces. */
  readonly source?: string;
  /** Resource type: `AWS::S3::Bucket`. */
  readonly type?: string;
  readonly action: Action;
  /** CloudFormation decides only when it runs: the action is `replace`, this is `true`. */
  readonly conditional?: boolean;
  readonly risk: Risk;
  /** Worst first. */
  readonly reasons: readonly Reason[];
  readonly properties: readonly PropertyChange[];
  readonly deletionPolicy?: PolicyChange;
  readonly updateReplacePolicy?: PolicyChange;
  /** Set when nothing that a reviewer cares about changes. */
  readonly noise?: NoiseKind;
  /** What somebody altered by hand and this change overwrites. @default nothing, or nobody asked */
  readonly drift?: readonly DriftMark[];
}

/** What somebody altered by hand since the last deployment. */
export interface DriftMark {
  /** Dotted, array indexes as numbers; empty when the whole resource was deleted by hand. */
  readonly path: string;
  /** What the last deployment left there. */
  readonly expected?: unknown;
  /** What is there now. */
  readonly actual?: unknown;
}

/** Whether anything in a stack was altered by hand. */
export interface StackDriftMark {
  readonly status: 'in-sync' | 'drifted' | 'unknown';
  /** Why it is not known. */
  readonly reason?: string;
}

/** Changes of resources by action. What is folded as noise is counted in `noise` alone. */
export interface Counts {
  readonly add: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly import: number;
  /** Changes of any subject that are noise. @default 0 */
  readonly noise?: number;
}

/** A change set that was made and not executed. */
export interface PreparedChangeSet {
  /** ARN. */
  readonly id: string;
  readonly name: string;
  readonly createdAt?: string;
}

export interface StackPlan {
  /** Artifact id in the assembly; a nested stack's is `<parent>/<logical id>`. */
  readonly id: string;
  /** Name as the CDK shows it: `Stage/Stack (stage-stack)`. */
  readonly displayName: string;
  /** CloudFormation's name; of a nested stack that does not exist yet, empty. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Id of the stack that this one is nested in. */
  readonly parent?: string;
  /** CloudFormation's status now; undefined when the stack does not exist. */
  readonly status?: string;
  /** Stacks of one wave may go side by side. Starts at 1. */
  readonly wave: number;
  readonly dependsOn: readonly string[];
  readonly template: { readonly after: string; readonly before?: string };
  /** Digests of the files and images that it refers to, sorted. */
  readonly assets: readonly string[];
  readonly risk: Risk;
  readonly counts: Counts;
  /** Worst first, then by logical id. Holds noise, too. */
  readonly changes: readonly Change[];
  /** How this was found out. @default template */
  readonly method?: 'template' | 'change-set';
  /** Whether anything was altered by hand. @default nobody asked */
  readonly drift?: StackDriftMark;
  /** What a reviewer should know of how this was found out. */
  readonly notes: readonly string[];
  /** The change set that waits to be executed, of a root stack that `prepare` made one for. */
  readonly changeSet?: PreparedChangeSet;
  /** What `cdk diff` said of this stack, without colours; a nested stack's stands with its root. */
  readonly text?: string;
}

export interface Finding {
  readonly check: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly stack?: string;
  readonly logicalId?: string;
}

/** A value of the rendered context that is not as on the base. Without `before` it is new, without `after` it is gone. */
export interface ContextChange {
  /** Dotted, list indexes as numbers. */
  readonly key: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What a pull request changes in the rendered context. */
export interface ContextDiff {
  /** Commit of the base. */
  readonly base: string;
  /** By key. Secrets are masked: one that changes is `***` on both sides. */
  readonly changes: readonly ContextChange[];
  /** Changes that are not listed. @default 0 */
  readonly more?: number;
  /** Why the base could not be rendered. @default it could */
  readonly note?: string;
}

/** Changes that a gate would have stopped, and what let them pass. */
export interface Lifted {
  readonly gate: string;
  /** `<stack>: <logical id> (<type>) …`, a line each. */
  readonly changes: readonly string[];
  /** The entry of the environment's exceptions. */
  readonly exception: { readonly kind: 'type' | 'id' | 'label'; readonly value: string };
  /** Login of who set the label. */
  readonly by?: string;
}

export interface PlanTarget {
  readonly id: string;
  readonly release: string;
  readonly environment: string;
  readonly region: string;
  readonly version: string;
  readonly account: string;
}

/** Where the app came from. */
export interface PlanSource {
  readonly repository: string;
  readonly commit: string;
  readonly ref: string;
  readonly runUrl: string;
  readonly releaseVersion: string;
}

export interface Plan {
  readonly schema: 'plan.v1';
  readonly createdAt: string;
  readonly target: PlanTarget;
  readonly source: PlanSource;
  readonly assembly: { readonly digest: string };
  /** Equal for equal app and equal deployed state; whatever a reviewer would care about changes it. */
  readonly fingerprint: string;
  /** Of the assets alone, so that a build that is not reproducible can be told from a change. */
  readonly assetFingerprint: string;
  readonly hasChanges: boolean;
  readonly risk: Risk;
  readonly counts: Counts;
  /** Roots and nested stacks, in deployment order, a parent before its children. */
  readonly stacks: readonly StackPlan[];
  readonly findings: readonly Finding[];
  /** Against the base of a pull request; no part of the fingerprint. @default it is the same, or the base is not known */
  readonly context?: ContextDiff;
  /** @default nothing was lifted */
  readonly lifted?: readonly Lifted[];
}
