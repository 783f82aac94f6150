import { describe, expect, test } from 'vitest';
import { retireComments } from '../../src/github/retire-comments.js';
import { upsertComment } from '../../src/github/sticky-comment.js';
import { marker, retiredMarker } from '../../src/report/marker.js';
import { FakeGitHub, HttpError } from './fake-github.js';

const OURS = 'github-actions[bot]';
const body = (text: string, tag = 'deploy') => `${marker(tag)}\n\n${text}`;
const write = (github: FakeGitHub) => upsertComment(github, { pullRequest: 7, tag: 'deploy', body: body('new') });

describe('older comments of a tag', () => {
  test('are those by us that are not the oldest, folded away once and never written into again', async () => {
    const github = new FakeGitHub();
    const oldest = github.add(OURS, body('first'));
    const second = github.add(OURS, body('second'));
    github.add('octocat', body('forged'));
    github.add(OURS, body('other', 'deploy-2'));
    const written = await write(github);
    if (written.kind !== 'updated') throw new Error(written.kind);
    expect(written.comment.id).toBe(oldest.id);
    expect(written.duplicates).toEqual([second]);

    github.requests.length = 0;
    const retirement = { tag: 'deploy', comments: written.duplicates, reason: 'OUTDATED' } as const;
    expect(await retireComments(github, retirement)).toBeUndefined();
    expect(github.requests).toEqual([`minimize IC_${second.id} OUTDATED`, `update ${second.id}`]);
    expect(github.list[1]?.body).toBe(`${retiredMarker('deploy')}\n\nsecond`);
    expect(await write(github)).toMatchObject({ kind: 'unchanged', duplicates: [] });
  });

  test('that were retired are not taken up when the kept one was deleted', async () => {
    const github = new FakeGitHub();
    const comment = github.add(OURS, body('first'));
    await retireComments(github, { tag: 'deploy', comments: [comment], reason: 'RESOLVED' });
    expect(await write(github)).toMatchObject({ kind: 'created' });
  });

  test.each([
    ['a token that may not', new HttpError(403, 'Resource not accessible by integration')],
    ['a refusal of GraphQL', new Error('Request failed due to following response errors')],
  ])('stay as they are after %s, and that is told', async (_, error) => {
    const github = new FakeGitHub();
    const comments = [github.add(OURS, body('a')), github.add(OURS, body('b'))];
    github.refuse.set('minimize', error);
    expect(await retireComments(github, { tag: 'deploy', comments, reason: 'OUTDATED' })).toBe(error.message);
    expect(github.requests).toEqual([`minimize IC_${comments[0]!.id} OUTDATED`]);
    expect(github.list).toEqual(comments);
  });

  test('are left alone where they have lost the marker since, or have no id to fold them away by', async () => {
    const github = new FakeGitHub();
    const { id, author, url } = github.add(OURS, '');
    const old = { id, author, url, body: body('a') };
    const edited = github.add(OURS, 'edited by hand');
    await retireComments(github, { tag: 'deploy', comments: [old, edited], reason: 'OUTDATED' });
    expect(github.requests).toEqual([]);
  });

  test('are twenty in a run', async () => {
    const github = new FakeGitHub();
    const comments = Array.from({ length: 25 }, (_, index) => github.add(OURS, body(`${index}`)));
    await retireComments(github, { tag: 'deploy', comments, reason: 'OUTDATED' });
    expect(github.requests.filter((line) => line.startsWith('minimize'))).toHaveLength(20);
  });
});
