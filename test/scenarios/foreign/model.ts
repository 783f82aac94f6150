/** An app that this repository does not contain, ready in a folder. */
export interface ForeignApp {
  /** Root of the user's checkout; the app lies in it. */
  readonly folder: string;
  /** What earlier steps of the user's workflow leave in the environment, as an activated virtual environment does. */
  readonly env: Readonly<Record<string, string>>;
  /** Inputs that a user of this app writes, beside `command`. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly stack: {
    /** As the CDK selects it. */
    readonly id: string;
    /** As CloudFormation calls it. */
    readonly name: string;
  };
  /** A change of a queue's visibility timeout, and what a diff then has to name. */
  readonly change: {
    apply(): Promise<void>;
    /** Seconds. */
    readonly before: string;
    /** Seconds. */
    readonly after: string;
  };
}

/** Where an app is deployed to. */
export interface Place {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}
