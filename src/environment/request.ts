/** What the inputs say of where and what. An empty text is an input that was not given. */
export interface ResolveRequest {
  readonly environment?: string;
  readonly version?: string;
  readonly release?: string;
  /** Stack selectors in place of the release's. */
  readonly stacks?: readonly string[];
  readonly region?: string;
  /** Region of the process (`AWS_REGION`), taken where neither an input nor the config names one. */
  readonly ambientRegion?: string;
  /** Accounts that may be touched. @default any */
  readonly allowedAccountIds?: readonly string[];
  /** Role ARNs in place of the environment's, first hop first. */
  readonly roles?: readonly string[];
  /** One for the last role, one for each role after the first, or one for each role. */
  readonly externalIds?: readonly string[];
  /** False: no hop sends session tags. @default true */
  readonly sessionTags?: boolean;
  /** Folder of the app where no config names one, relative to the workspace. @default `.` */
  readonly workingDirectory?: string;
  readonly contextTemplate?: string;
}

/** What lies in the workspace. It is handed in, because this room reads nothing. */
export interface Catalogue {
  /**
   * Names of the version folders in `<templates>/<environment>/`, in any order; empty when the folder is not there.
   */
  versions(templates: string, environment: string): readonly string[];
}
