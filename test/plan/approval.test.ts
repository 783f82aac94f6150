import { expect, test } from 'vitest';
import { approvalVerdicts } from '../../src/plan/approval.js';
import type { Review } from '../../src/ports.js';

const HEAD = 'a'.repeat(40);
const pull = { number: 7, author: 'octocat', headSha: HEAD, headRef: 'topic', baseRef: 'main' };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 9, minute));
const facts = { pull, makers: ['alice'], since: at(5) };
const review = (change: Partial<Review> = {}): Review => ({
  ...{ by: { login: 'mona', isPerson: true }, state: 'APPROVED', commit: HEAD, at: at(10) },
  ...change,
});
const by = (login: string, isPerson = true) => ({ by: { login, isPerson } });

test.each<[string, Review[], string | undefined]>([
  ['an approval of the head', [review()], undefined],
  ['at the moment of the plan', [review({ at: at(5) })], undefined],
  ['with a comment afterwards', [review(), review({ state: 'COMMENTED', at: at(11) })], undefined],
  ['after a request for changes', [review({ state: 'CHANGES_REQUESTED' }), review()], undefined],
  ['after one that was dismissed', [review({ state: 'DISMISSED' }), review()], undefined],
  ['before the plan', [review({ at: at(4) })], 'approved before the plan was there as it is now'],
  ['of another commit', [review({ commit: 'b'.repeat(40) })], 'approved bbbbbbb, the head is aaaaaaa'],
  ['by the author', [review(by('octocat'))], 'is the author'],
  ['by who made the head', [review(by('alice'))], 'made or pushed the head commit'],
  ['by an app', [review(by('helper[bot]', false))], 'is no person'],
  ['by nobody any more', [review(by('', false))], 'is no person'],
  ['that is dismissed', [review({ state: 'DISMISSED' })], 'is dismissed'],
  ['taken back', [review(), review({ state: 'CHANGES_REQUESTED', at: at(11) })], 'asked for changes afterwards'],
  ['taken back by what was then dismissed', [review(), review({ state: 'DISMISSED', at: at(11) })], 'is dismissed'],
])('%s', (_, reviews, why) => {
  expect(approvalVerdicts(reviews, facts).map((verdict) => verdict.why)).toEqual([why]);
});

test.each([['COMMENTED'], ['PENDING'], ['CHANGES_REQUESTED']])('%s alone is no approval', (state) => {
  expect(approvalVerdicts([review({ state })], facts)).toEqual([]);
});

test('each reviewer counts alone', () => {
  const reviews = [review(), review({ ...by('hubot'), state: 'DISMISSED' })];
  expect(approvalVerdicts(reviews, facts)).toEqual([{ by: 'mona' }, { by: 'hubot', why: 'is dismissed' }]);
});
