import type { Lifted } from '../plan/model.js';
import { code, type Inline, prose } from './markdown.js';
import { counted, cutMiddle, oneLine } from './text.js';

/** Changes that a line names; the rest is counted. */
const NAMED = 3;

/** Who or what let something pass a gate, for a report. */
export function liftedNote({ gate, changes, exception: { kind, value }, by }: Lifted): Inline[] {
  const who =
    kind === 'label' ? [' by ', code(`@${by ?? ''}`, 60), ' through label '] : [` by the exception for ${kind} `];
  const named = changes.slice(0, NAMED).flatMap((change) => ['; ', ...prose(change, 100)]);
  const more = changes.length > NAMED ? [`; and ${counted(changes.length - NAMED, 'more', 'more')}`] : [];
  return [
    `${gate} gate lifted`,
    ...who,
    code(value, 100),
    `, for ${counted(changes.length, 'change')}`,
    ...named,
    ...more,
  ];
}

/** The same for the log, a line each. */
export function liftedLines(all: readonly Lifted[]): readonly string[] {
  return all.map(({ gate, changes, exception: { kind, value }, by }) => {
    const who = kind === 'label' ? `by @${by ?? ''} through label ${value}` : `by the exception for ${kind} ${value}`;
    return cutMiddle(oneLine(`${gate} gate lifted ${who}: ${changes.join('; ')}`), 1_000);
  });
}
