import type { Change, Counts } from './model.js';

/** Counts changes of resources by action; noise of any subject is counted apart. */
export function countsOf(changes: readonly Change[]): Counts {
  const counted = changes.filter(({ subject, noise }) => subject === 'resource' && noise === undefined);
  const of = (action: string): number => counted.filter((change) => change.action === action).length;
  const noise = changes.filter((change) => change.noise !== undefined).length;
  return {
    add: of('add'),
    update: of('update'),
    replace: of('replace'),
    delete: of('delete'),
    import: of('import'),
    ...(noise > 0 && { noise }),
  };
}

/** The sum of some counts. */
export function sumOf(all: readonly Counts[]): Counts {
  const of = (key: keyof Counts): number => all.reduce((sum, counts) => sum + (counts[key] ?? 0), 0);
  const noise = of('noise');
  return {
    add: of('add'),
    update: of('update'),
    replace: of('replace'),
    delete: of('delete'),
    import: of('import'),
    ...(noise > 0 && { noise }),
  };
}
