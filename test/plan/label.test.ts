import { expect, test } from 'vitest';
import { labelVerdict, type LabelFacts } from '../../src/plan/label.js';
import type { PullRequestEvent } from '../../src/ports.js';

const HEAD = 'a'.repeat(40);
const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 9, minute));
const person = (login: string) => ({ login, isPerson: true });
const event = (change: Partial<PullRequestEvent> = {}): PullRequestEvent => ({
  ...{ kind: 'labeled', by: person('mona'), at: at(10), label: 'careful' },
  ...change,
});
const facts: LabelFacts = {
  pull: { number: 7, author: 'octocat', headSha: HEAD, headRef: 'topic', baseRef: 'main' },
  events: [event()],
  push: { by: person('alice'), commit: HEAD, at: at(5) },
  planned: HEAD,
};

test.each<[string, Partial<LabelFacts>]>([
  ['set after the newest push', {}],
  ['spelled otherwise', { events: [event({ label: 'Careful' })] }],
  ['taken off and set again', { events: [event({ at: at(6) }), event({ kind: 'unlabeled', at: at(7) }), event()] }],
  ['beside another that is taken off', { events: [event(), event({ kind: 'unlabeled', label: 'other', at: at(11) })] }],
])('counts when %s', (_, change) => {
  expect(labelVerdict('careful', { ...facts, ...change })).toEqual({ counts: true, by: 'mona' });
});

test.each<[string, Partial<LabelFacts>, string | undefined]>([
  ['it was never set', { events: [] }, undefined],
  ['it was taken off', { events: [event(), event({ kind: 'unlabeled', at: at(11) })] }, undefined],
  ['it is another', { events: [event({ label: 'careless' })] }, undefined],
  ['the author set it', { events: [event({ by: person('octocat') })] }, 'it was set by octocat, the author'],
  [
    'the author set it anew',
    { events: [event(), event({ by: person('octocat'), at: at(11) })] },
    'it was set by octocat, the author',
  ],
  ['the pusher set it', { events: [event({ by: person('alice') })] }, 'it was set by alice, who made the newest push'],
  [
    'an app set it',
    { events: [event({ by: { login: 'helper[bot]', isPerson: false } })] },
    'it was set by helper[bot], which is no person',
  ],
  ['it was set before the push', { events: [event({ at: at(4) })] }, 'it was set before the newest push'],
  ['it was set with the push', { events: [event({ at: at(5) })] }, 'it was set before the newest push'],
  [
    'the head has moved on',
    { pull: { ...facts.pull, headSha: 'b'.repeat(40) } },
    'the pull request has moved on from aaaaaaa',
  ],
  [
    'the newest push was of another commit',
    { push: { by: person('alice'), commit: 'b'.repeat(40), at: at(5) } },
    'GitHub does not tell when aaaaaaa was pushed to topic',
  ],
  ['nothing is known of pushes', { push: undefined }, 'GitHub does not tell when aaaaaaa was pushed to topic'],
  [
    'the base was changed afterwards',
    { events: [event(), event({ kind: 'base_ref_changed', at: at(11) })] },
    'it was set before the base branch was changed',
  ],
])('does not count when %s', (_, change, why) => {
  expect(labelVerdict('careful', { ...facts, ...change })).toEqual({
    counts: false,
    ...(why === undefined ? {} : { why }),
  });
});
