import { parseMark, type Mark, type MarkWord } from './mark.js';
import type { Ending, Life, LifeStep } from './model.js';

/** What GitHub's own states say. `inactive` says only that a later one took its place. */
const STATES: Readonly<Record<string, Ending['result']>> = { success: 'succeeded', failure: 'failed', error: 'failed' };

const WORDS: Readonly<Record<MarkWord, Ending['result'] | undefined>> = {
  started: undefined,
  succeeded: 'succeeded',
  unchanged: 'unchanged',
  failed: 'failed',
  stopped: 'failed',
  'rolled-back': 'rolled-back',
  destroyed: 'destroyed',
};

/**
 * What a deployment came to: the ends that this action has marked in it for each target, and several where a step was
 * tried again; else one by GitHub's last state. One that has not ended has none.
 */
export function endingsOf(life: Life): readonly Ending[] {
  const marked = life.statuses.flatMap((step) => {
    const mark = parseMark(step.description);
    return mark === undefined ? [] : [{ mark, step }];
  });
  const last = lastWord(life.statuses);
  if (marked.length === 0) return last === undefined ? [] : [ending(life, { release: '', region: '' }, last)];
  const targets = new Map(marked.map(({ mark }) => [`${mark.release} ${mark.region}`, mark]));
  return [...targets.values()].flatMap((target) => {
    const own = marked.filter(({ mark }) => mark.release === target.release && mark.region === target.region);
    const ends = own.flatMap(({ mark, step }) => {
      const result = WORDS[mark.word];
      // A replaced record bears the mark of its success once more: that is no news.
      return result === undefined || step.state === 'inactive' ? [] : [ending(life, target, { at: step.at, result })];
    });
    if (ends.length > 0) return ends;
    // The run was killed before it could say more, and GitHub has ended what was the job's.
    return last === undefined ? [] : [ending(life, target, last)];
  });
}

function lastWord(statuses: readonly LifeStep[]): Pick<Ending, 'at' | 'result'> | undefined {
  return statuses
    .flatMap(({ state, at }) => {
      const result = Object.hasOwn(STATES, state) ? STATES[state] : undefined;
      return result === undefined ? [] : [{ at, result }];
    })
    .at(-1);
}

function ending(
  { environment, commit, committedAt }: Life,
  { release, region }: Pick<Mark, 'release' | 'region'>,
  { at, result }: Pick<Ending, 'at' | 'result'>,
): Ending {
  return { environment, release, region, commit, ...(committedAt === undefined ? {} : { committedAt }), at, result };
}
