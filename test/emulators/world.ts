import { startAws, type AwsEmulator, type AwsOptions } from './aws/aws.js';
import { whenEnding } from './ending.js';
import { startGitHub, type GitHubEmulator, type GitHubOptions } from './github/github.js';
import { startSts, type StsEmulator } from './sts/sts.js';
import type { TrustRule } from './sts/trust.js';

export interface WorldOptions {
  readonly aws?: AwsOptions;
  readonly github?: GitHubOptions;
  readonly trust?: readonly TrustRule[];
}

/** AWS and GitHub on this machine. */
export interface World {
  /** The engine itself. Programs are sent to `sts`, which stands in front of it. */
  readonly aws: AwsEmulator;
  /** The address of AWS for the action: strict about roles, and it remembers every call. */
  readonly sts: StsEmulator;
  readonly github: GitHubEmulator;
  /** Every secret that was given out, to look for in what the action leaves behind. */
  secrets(): readonly string[];
  /** Stops everything, however often it is called. @throws Error when something broke GitHub's description */
  stop(): Promise<void>;
}

/** Starts AWS and GitHub on free ports of the loopback. They also stop when this process is told to end. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const [aws, github] = await Promise.all([startAws(options.aws), startGitHub(options.github)]);
  const sts = await startSts({ endpoint: aws.endpoint, issuer: github, rules: options.trust ?? [] });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stopAll());
  const stopAll = async (): Promise<void> => {
    forget();
    const results = await Promise.allSettled([sts.stop(), aws.stop(), github.stop()]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason as Error;
  };
  const forget = whenEnding(stop);
  return { aws, sts, github, secrets: () => [...github.secrets, ...sts.secrets], stop };
}
