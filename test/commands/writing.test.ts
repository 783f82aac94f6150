import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/commands/context.js';
import { writeReport } from '../../src/commands/writing.js';
import type { TargetReport } from '../../src/report/model.js';
import { fakePorts, type Fakes } from '../fakes/ports.js';
import { aDeployment, anOutcome, aPlan, aReport, planOf } from '../report/fixtures.js';

const INPUTS = {
  comment: 'true',
  ...{ commentTag: '', commentHeader: '', commentFooter: '', summary: false, pullRequest: '', githubToken: 'token' },
} as const;

function write(fakes: Fakes, target: TargetReport, action: string, name = 'pull_request', pullRequest = '') {
  const place = { workspace: '/w', base: '/t', temp: '/t/p', results: '/t/r', toolCache: '/t/c' };
  const payload = { action, pull_request: { number: 12 } };
  const context: Context = { ports: fakes.ports, place, env: { GITHUB_EVENT_NAME: name }, payload };
  return writeReport(aReport(target), { ...INPUTS, pullRequest }, true, context);
}

describe('the comment of a pull request that was closed', () => {
  const failure: TargetReport = { kind: 'failure', target: aPlan().target, command: 'diff', cause: 'x' };

  test.each<[string, TargetReport, string, string, string, boolean]>([
    ['a plan', planOf(aPlan()), 'closed', 'pull_request', '', true],
    ['a deployment', aDeployment([anOutcome()]), 'closed', 'pull_request_target', '', true],
    ['a deployment that failed', aDeployment([anOutcome({ result: 'failed' })]), 'closed', 'pull_request', '', false],
    ['a failure', failure, 'closed', 'pull_request', '', false],
    ['a push to an open one', planOf(aPlan()), 'synchronize', 'pull_request', '', false],
    ['another event', planOf(aPlan()), 'closed', 'issues', '', false],
    ['another pull request', planOf(aPlan()), 'closed', 'pull_request', '13', false],
  ])('of %s: folded away or not', async (_, target, action, name, pullRequest, expected) => {
    const fakes = fakePorts();
    expect(await write(fakes, target, action, name, pullRequest)).toContain('#issuecomment-');
    expect([...fakes.github.minimized.values()]).toEqual(expected ? ['RESOLVED'] : []);
  });
});
