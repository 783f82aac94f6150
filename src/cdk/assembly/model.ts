import type { AssetManifest } from './manifest.js';

/** Where a construct comes from. */
export interface ConstructPlace {
  /** `Stack/Bucket/Resource` */
  readonly path: string;
  /** `file:line`, when the app was synthesised with stack traces. */
  readonly source?: string;
}

/** A template of the assembly, with the templates nested in it. */
export interface Template {
  readonly file: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly constructs: Readonly<Record<string, ConstructPlace>>;
  /** By the logical id of the `AWS::CloudFormation::Stack` resource. */
  readonly nested: Readonly<Record<string, Template>>;
}

/** A stack of the assembly. */
export interface AssemblyStack extends Template {
  /** Artifact id: what the CDK selects by. */
  readonly id: string;
  /** Construct path: what `cdk list` and `cdk diff` say. */
  readonly displayName: string;
  /** CloudFormation's name. */
  readonly name: string;
  /** 12 digits, or undefined in an app that does not say. */
  readonly account?: string;
  readonly region?: string;
  readonly terminationProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Ids of the stacks that go first. */
  readonly dependsOn: readonly string[];
  /** Stacks of one wave may go side by side. Starts at 1. */
  readonly wave: number;
  readonly roles: StackRoles;
  /** Digests of its files and images, its own template left out. */
  readonly assets: readonly string[];
  /** Where CloudFormation is told to fetch the template from: `s3://<bucket>/<key>`. */
  readonly templateUrl?: string;
}

export interface StackRoles {
  readonly deploy?: string;
  readonly deployExternalId?: string;
  readonly execution?: string;
  readonly lookup?: string;
}

/** A cloud assembly that has been read. */
export interface Assembly {
  readonly folder: string;
  /** Schema of the manifest: `54.0.0`. */
  readonly version: string;
  readonly minimumCliVersion?: string;
  /** In deployment order. */
  readonly stacks: readonly AssemblyStack[];
  readonly assetManifests: readonly StackAssets[];
  /** Look-ups that the app asked for and nobody answered. */
  readonly missing: readonly string[];
}

/** The assets that are published for some stacks. */
export interface StackAssets {
  readonly folder: string;
  readonly file: string;
  /** Ids of the stacks. */
  readonly stacks: readonly string[];
  readonly body: AssetManifest;
}
