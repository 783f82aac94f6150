import type { Ending } from './model.js';

/** One commit on its way to one target; tries that follow one another are of one change. */
export interface Change {
  readonly commit: string;
  readonly committedAt?: Date;
  /** End of the first try: the change counts on this day. */
  readonly at: Date;
  /** End of the first try that succeeded. */
  readonly succeededAt?: Date;
  /** A try failed, or the change was rolled back. */
  readonly failed: boolean;
}

/** From a failure to the next success. */
export interface Incident {
  readonly from: Date;
  /** @default it lasts still */
  readonly to?: Date;
}

export interface History {
  readonly changes: readonly Change[];
  readonly incidents: readonly Incident[];
  /** Ends of runs that found nothing to change. */
  readonly unchanged: readonly Date[];
}

/** Reads the endings of one target, oldest first, as changes and incidents. */
export function historyOf(endings: readonly Ending[]): History {
  const changes: Change[] = [];
  const incidents: Incident[] = [];
  const unchanged: Date[] = [];
  let current: Change | undefined;
  let failedAt: Date | undefined;
  const close = (to: Date): void => {
    if (failedAt !== undefined) incidents.push({ from: failedAt, to });
    failedAt = undefined;
  };
  const next = (change: Change): void => {
    if (current !== undefined) changes.push(current);
    current = change;
  };
  for (const { commit, committedAt, at, result } of endings) {
    const again = current?.commit === commit ? current : undefined;
    const fresh = { commit, at, failed: false, ...(committedAt === undefined ? {} : { committedAt }) };
    switch (result) {
      case 'succeeded':
        if (again) current = { ...again, succeededAt: again.succeededAt ?? at };
        else next({ ...fresh, succeededAt: at });
        close(at);
        break;
      case 'failed':
        if (again) current = { ...again, failed: true };
        else next({ ...fresh, failed: true });
        failedAt ??= at;
        break;
      case 'unchanged':
        // What runs is as the app says: a failure before it is over.
        unchanged.push(at);
        close(at);
        break;
      case 'rolled-back':
        if (current) {
          failedAt ??= current.succeededAt ?? current.at;
          current = { ...current, failed: true };
        }
        close(at);
        // The same commit, should it come again, is another change.
        if (current) changes.push(current);
        current = undefined;
        break;
      case 'destroyed':
        // There is nothing left that could be restored.
        if (current) changes.push(current);
        current = undefined;
        failedAt = undefined;
        break;
    }
  }
  if (current !== undefined) changes.push(current);
  if (failedAt !== undefined) incidents.push({ from: failedAt });
  return { changes, incidents, unchanged };
}
