import { expect, test } from 'vitest';
import { historyOf } from '../../src/metrics/changes.js';
import type { Ending } from '../../src/metrics/model.js';

/** `a succeeded` … one a minute, from minute 0. */
const endings = (...lines: readonly string[]): readonly Ending[] =>
  lines.map((line, index) => {
    const [commit = '', result] = line.split(' ');
    const at = new Date(Date.UTC(2026, 9, 1, 0, index));
    return { environment: 'e', release: 'r', region: 'g', commit, at, result: result as Ending['result'] };
  });
const minutes = (date: Date | undefined) => date?.getUTCMinutes() ?? '-';

/** Changes as `commit first-try success failed?`, incidents as `from to`. */
function told(...lines: readonly string[]): { readonly changes: string; readonly incidents: string } {
  const { changes, incidents } = historyOf(endings(...lines));
  return {
    changes: changes
      .map((one) => `${one.commit}${minutes(one.at)}/${minutes(one.succeededAt)}${one.failed ? '!' : ''}`)
      .join(' '),
    incidents: incidents
      .map(({ from, to }) => `${minutes(from)}-${minutes(to)}`)
      .join(' ')
      .replace(/--$/, '-open'),
  };
}

test.each<[string, readonly string[], string, string]>([
  ['nothing', [], '', ''],
  ['successes', ['a succeeded', 'b succeeded'], 'a0/0 b1/1', ''],
  ['only failures', ['a failed', 'b failed'], 'a0/-! b1/-!', '0-open'],
  ['a failure, mended by the next', ['a failed', 'b succeeded'], 'a0/-! b1/1', '0-1'],
  ['failures in a row are one incident', ['a failed', 'b failed', 'c succeeded'], 'a0/-! b1/-! c2/2', '0-2'],
  ['a run that was tried again', ['a failed', 'a succeeded'], 'a0/1!', '0-1'],
  ['a success that was run again', ['a succeeded', 'a succeeded'], 'a0/0', ''],
  ['a success whose second run fails', ['a succeeded', 'a failed', 'a succeeded'], 'a0/0!', '1-2'],
  ['a commit that comes back', ['a succeeded', 'b failed', 'a succeeded'], 'a0/0 b1/-! a2/2', '1-2'],
  ['a run without changes is no change', ['a succeeded', 'b unchanged'], 'a0/0', ''],
  ['a run without changes ends an incident', ['a failed', 'b unchanged'], 'a0/-!', '0-1'],
  ['a rollback', ['a succeeded', 'b succeeded', 'x rolled-back'], 'a0/0 b1/1!', '1-2'],
  ['a rollback of what was mended first', ['a failed', 'a succeeded', 'x rolled-back'], 'a0/1!', '0-1 1-2'],
  ['a rollback of a failure', ['a succeeded', 'b failed', 'x rolled-back'], 'a0/0 b1/-!', '1-2'],
  [
    'after a rollback the same commit is a new change',
    ['b succeeded', 'x rolled-back', 'b succeeded'],
    'b0/0! b2/2',
    '0-1',
  ],
  ['a rollback of what nobody knows', ['x rolled-back'], '', ''],
  ['after a destruction nothing is left to restore', ['a failed', 'x destroyed', 'b succeeded'], 'a0/-! b2/2', ''],
])('%s', (_, lines, changes, incidents) => {
  expect(told(...lines)).toEqual({ changes, incidents });
});
