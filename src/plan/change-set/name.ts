/** How the names of our change sets begin: nobody else's is touched. */
const OURS = 'deploy-action-';

export interface RunOf {
  /** Number of GitHub's run; empty outside of GitHub. */
  readonly run: string;
  /** Which attempt of the run. */
  readonly attempt: string;
  /** What no other job of the run has. */
  readonly random: string;
}

/** The name of a run's change sets: `deploy-action-<run>-<attempt>-<random>`, at most 128 characters as AWS has it. */
export function changeSetName({ run, attempt, random }: RunOf): string {
  const parts = [run, attempt, random].map((part) => part.replaceAll(/[^A-Za-z0-9]/g, '')).filter(Boolean);
  return `${OURS}${parts.join('-')}`.slice(0, 128);
}

/** Whether a change set is one of ours, by its name. */
export function isOurs(name: string): boolean {
  return name.startsWith(OURS);
}
