import type { Parameters } from './conditions.js';
import type { Template } from './template.js';

/** Where a resource comes from. */
export interface Origin {
  /** Construct path. */
  readonly path?: string;
  /** `file:line`. */
  readonly source?: string;
}

/** One stack, root or nested, as it is and as it is to be. */
export interface StackInput {
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
  /** Stacks of one wave may go side by side. Starts at 1. */
  readonly wave: number;
  readonly dependsOn: readonly string[];
  /** The new template. Of a nested stack that goes, an empty object. */
  readonly after: Template;
  /** The deployed template. @default the stack does not exist */
  readonly before?: Template;
  /** CloudFormation's status now. @default the stack does not exist */
  readonly status?: string;
  /** By logical id. @default the `aws:cdk:path` in the template */
  readonly paths?: Readonly<Record<string, Origin>>;
  /** Digests of the files and images that the new template refers to. */
  readonly assets: readonly string[];
  /** Stack tags. @default not compared */
  readonly tags?: {
    readonly before: Readonly<Record<string, string>>;
    readonly after: Readonly<Record<string, string>>;
  };
  /** @default not compared */
  readonly terminationProtection?: { readonly before: boolean; readonly after: boolean };
  /**
   * Values of the parameters: of a root stack as CloudFormation has them, of a nested stack what its parent hands over.
   * @default only what the templates say
   */
  readonly parameters?: { readonly before: Parameters; readonly after: Parameters };
  /** Export name → stacks that import it. @default nothing is imported */
  readonly importers?: Readonly<Record<string, readonly string[]>>;
  /** Deployed templates of the nested stacks, by logical id: tells what goes with a nested stack that is deleted. */
  readonly nested?: Readonly<Record<string, Template>>;
  /** Logical ids of resources that exist already and are taken over. @default none */
  readonly imports?: readonly string[];
  /** What `cdk diff` said. */
  readonly text?: string;
  readonly notes?: readonly string[];
}
