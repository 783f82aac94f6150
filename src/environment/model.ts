import type { BuildConfig } from './toolchain.js';

/**
 * One thing to deploy to one place. It is public (the `targets` output), and holds no account on purpose: GitHub drops
 * an output that contains a masked value.
 */
export interface Target {
  /** `<environment>-<release>-<region>`, unique in a run. */
  readonly id: string;
  readonly release: string;
  readonly environment: string;
  readonly region: string;
  /** The version of the templates (`v1`), empty for an app without versioned templates. */
  readonly version: string;
  /** Targets of one wave may go side by side; a wave starts when the one before it is done. Starts at 1. */
  readonly wave: number;
}

/** One role on the way to the target account. */
export interface RoleHop {
  readonly arn: string;
  readonly externalId?: string;
  /** @default true: sent, and left out when the role refuses `sts:TagSession` */
  readonly sessionTags?: boolean;
}

/** The app behind a release. Every path is relative to the workspace. */
export interface ReleaseApp {
  /** Folder that holds `cdk.json`. */
  readonly folder: string;
  /** Stack selectors as the CDK takes them. @default every stack */
  readonly stacks: readonly string[];
  /** Folder with `<environment>/<version>/` templates. @default the app has none */
  readonly templates?: string;
  /** File that becomes `cdk.context.json`. @default `cdk.context.template.{json,yaml,yml}` in the app's folder, if there */
  readonly contextTemplate?: string;
  /** How it is built, where the config says so. */
  readonly build?: BuildConfig;
}

/** What passes the gates of an environment. */
export interface Exceptions {
  readonly types: readonly string[];
  /** Logical ids or construct paths; `<stack id>/` in front of a logical id is for one stack alone. */
  readonly ids: readonly string[];
  /** Label of a pull request that lets everything pass. @default none */
  readonly label?: string;
}

/** A target with all that is needed to work on it. */
export interface ResolvedTarget extends Target {
  /** 12 digits; undefined when nothing names it: then it is the account of the credentials. */
  readonly account?: string;
  readonly app: ReleaseApp;
  /** First hop first. Empty: the credentials of the environment are used. */
  readonly roles: { readonly plan: readonly RoleHop[]; readonly deploy: readonly RoleHop[] };
  readonly domain?: string;
  /** Template of the address of what is deployed. */
  readonly url?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly protected: boolean;
  readonly ephemeral: boolean;
  /** Risks and actions that fail a run (`fail-on`). */
  readonly gates: readonly string[];
  readonly exceptions: Exceptions;
  /** How the account is bootstrapped: by the CDK, or by a release of this name. */
  readonly bootstrap: string;
}

/** What a run is about. */
export interface Resolution {
  readonly organization?: string;
  /** Name of the deployment: the environment's own, else the config's. @default the environment's name */
  readonly name?: string;
  readonly alias?: string;
  /** A word or a mapping, as the config has it; so are the two below. */
  readonly team?: string | Readonly<Record<string, string>>;
  readonly contributor?: string | Readonly<Record<string, string>>;
  readonly synthesizer?: string | Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly environment: string;
  readonly release: string;
  /** Version of the templates. */
  readonly version: string;
  /** The release's tag (`v1.4.2`), when one was given or caused the run. */
  readonly releaseVersion: string;
  readonly targets: readonly ResolvedTarget[];
  /** How plans are compared. @default everything counts, assets do not */
  readonly plan?: { readonly ignore?: readonly string[]; readonly match?: 'plan' | 'plan-and-assets' };
  /** Checks of one's own over the plan. @default none */
  readonly checks?: readonly {
    readonly name: string;
    readonly run: string;
    readonly severity?: 'info' | 'warning' | 'error';
  }[];
  /** Which source won, by what was decided: `environment` → `push to main (environments.production.when)`. */
  readonly sources: Readonly<Record<string, string>>;
}
