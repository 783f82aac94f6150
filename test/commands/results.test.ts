import { describe, expect, test } from 'vitest';
import { tell } from '../../src/commands/results.js';
import type { Target } from '../../src/environment/model.js';
import type { StackOutcome } from '../../src/report/model.js';
import type { Result } from '../../src/report/result.js';
import { aPlan } from '../report/fixtures.js';

const RUN = 'https://github.com/acme-corp/webapp/actions/runs/7001';
const target = (release: string, wave: number): Target => ({
  id: `prototype-${release}-eu-central-1`,
  release,
  environment: 'prototype',
  region: 'eu-central-1',
  version: 'v1',
  wave,
});
const result = (release: string, command: string, more: Partial<Result> = {}): Result => {
  const { id, environment, region, version } = target(release, 1);
  const named = { id, environment, release, region, version };
  return { schema: 'result.v1', command, ...named, result: 'success', url: RUN, ...more };
};
const DEPLOYED: StackOutcome = { id: 'A', name: 'a', result: 'created', seconds: 1, outputs: { Url: 'u' } };
const told = (results: readonly Result[], expected: readonly Target[], lastCommand: 'diff' | 'deploy' = 'deploy') =>
  tell(results, [], { expected, lastCommand, runUrl: RUN });

describe('a chain to the deployment', () => {
  test('risk and fingerprint of the plan, outputs of the deployment', () => {
    const [only] = told(
      [
        result('web', 'deploy', { stacks: [DEPLOYED] }),
        result('web', 'diff', { risk: 'update', fingerprint: 'sha256:1' }),
        result('web', 'synth'),
      ],
      [target('web', 1)],
    );
    expect(only?.published).toEqual({
      id: 'prototype-web-eu-central-1',
      environment: 'prototype',
      release: 'web',
      region: 'eu-central-1',
      version: 'v1',
      result: 'success',
      risk: 'update',
      fingerprint: 'sha256:1',
      'stack-outputs': { a: { Url: 'u' } },
      url: RUN,
      cause: '',
    });
    expect(only?.reports.map(({ kind }) => kind)).toEqual(['deployment']);
  });

  test('what was only built, planned or bootstrapped is not done', () => {
    const results = ['synth', 'bootstrap', 'diff'].map((command) => result('web', command));
    expect(told(results, [target('web', 1)])[0]?.published).toMatchObject({
      result: 'not-started',
      cause: expect.stringContaining('left no result') as string,
    });
  });

  test('a failure on the way is the cause, and stops what comes after', () => {
    const all = told(
      [result('net', 'diff', { result: 'failure', cause: 'data would be lost' }), result('web', 'synth')],
      [target('web', 2), target('net', 1)],
    );
    expect(all.map(({ published: { release, result: word, cause } }) => [release, word, cause])).toEqual([
      ['net', 'failure', 'data would be lost'],
      ['web', 'not-started', 'not started, because something before it failed: mend that, and run the workflow again'],
    ]);
    expect(all.flatMap(({ reports }) => reports)).toMatchObject([
      { kind: 'failure', command: 'diff' },
      { kind: 'failure', command: 'deploy' },
    ]);
  });

  test('a stack that failed tells so itself', () => {
    const failed = result('web', 'deploy', {
      result: 'failure',
      cause: 'a is ROLLBACK_COMPLETE',
      stacks: [{ ...DEPLOYED, result: 'failed' }],
    });
    expect(told([failed], [target('web', 1)])[0]?.reports.map(({ kind }) => kind)).toEqual(['deployment']);
  });

  test('bootstrapping under another name is no target of the run', () => {
    expect(told([result('init', 'bootstrap'), result('web', 'deploy')], [target('web', 1)])).toHaveLength(1);
  });
});

test('plans alone are told as they are', () => {
  const plans = [aPlan()];
  const [only] = tell([], plans, { expected: undefined, lastCommand: 'diff', runUrl: RUN });
  expect(only?.published).toMatchObject({ id: plans[0]!.target.id, cause: '' });
  expect(only?.reports).toEqual([{ kind: 'plan', plan: plans[0] }]);
});

test('a target whose diff left nothing is told of, beside the others', () => {
  const all = told([result('net', 'diff')], [target('net', 1), target('web', 1)], 'diff');
  expect(all.map(({ published }) => published.result)).toEqual(['success', 'not-started']);
});
