import { describe, expect, test } from 'vitest';
import { failingFindings, withFindings } from '../../src/commands/checks.js';
import type { Context } from '../../src/commands/context.js';
import { eventFrom } from '../../src/environment/event.js';
import type { Resolution } from '../../src/environment/model.js';
import { FakeExec } from '../fakes/exec.js';
import { fakePorts, type Fakes } from '../fakes/ports.js';
import { aPlan } from '../report/fixtures.js';

const WORKSPACE = '/work/repository';
const ENV = {
  PATH: '/bin',
  GITHUB_TOKEN: 'ghs_token',
  INPUT_GITHUB_TOKEN: 'ghs_token',
  AWS_SECRET_ACCESS_KEY: 'key',
  AWS_PROFILE: 'someone',
  AWS_CONFIG_FILE: '/private/config',
  INFRACOST_API_KEY: 'ico',
  OTHER: 'x',
};

function contextOf({ ports }: Fakes): Context {
  const place = { workspace: WORKSPACE, base: '/t', temp: '/t/private', results: '/t/results', toolCache: '/t/tools' };
  return { ports, place, env: ENV, payload: {} };
}

interface Case {
  readonly checks: Resolution['checks'];
  readonly assembly?: string;
  readonly fork?: boolean;
}

function check(fakes: Fakes, { checks, assembly = '', fork = false }: Case) {
  const pull_request = { head: { repo: { full_name: fork ? 'stranger/webapp' : 'acme/webapp' } } };
  const event = eventFrom({ GITHUB_REPOSITORY: 'acme/webapp' }, { pull_request });
  const resolution: Resolution = {
    ...{ environment: 'production', release: 'webapp', version: 'v1', releaseVersion: '', targets: [], sources: {} },
    ...(checks === undefined ? {} : { checks }),
  };
  const inputs = { assembly, env: ['INFRACOST_API_KEY', 'GITHUB_TOKEN', 'AWS_SECRET_ACCESS_KEY'] };
  return withFindings({ plan: aPlan(), file: '/t/plan.json', inputs, found: { event, resolution } }, contextOf(fakes));
}

const POLICY = { name: 'policy', run: 'conftest test "$PLAN_FILE"' };
const COST = { name: 'cost', run: './cost.sh', severity: 'info' as const };

describe('checks of one’s own', () => {
  test('run one after the other, as a step does, and say what they found', async () => {
    const exec = new FakeExec()
      .on(/conftest/, { exitCode: 1, stdout: '[{"message":"public","stack":"web"}]', stderr: '::error::x\n' })
      .on(/cost/, { stdout: '{"message":"12 USD more"}' });
    const fakes = fakePorts({ exec });
    const { findings } = await check(fakes, { checks: [POLICY, COST] });
    expect(findings).toEqual([
      { check: 'policy', severity: 'error', message: 'public', stack: 'web' },
      { check: 'cost', severity: 'info', message: '12 USD more' },
    ]);
    expect(exec.commands).toEqual([
      'bash --noprofile --norc -e -o pipefail -c conftest test "$PLAN_FILE"',
      'bash --noprofile --norc -e -o pipefail -c ./cost.sh',
    ]);
    expect(fakes.runner.log()).toBe(': :error::x\nerror: policy: public (web)\ninfo: cost: 12 USD more');
    expect(fakes.runner.lines.map(({ group }) => group)).toEqual(['check policy', 'check policy', 'check cost']);
  });

  test('get the plan and where it is for, and neither tokens nor credentials', async () => {
    const exec = new FakeExec().on(/./);
    await check(fakePorts({ exec }), { checks: [POLICY] });
    expect(exec.runs[0]?.options).toMatchObject({ cwd: WORKSPACE });
    expect(exec.runs[0]!.options.env).toEqual({
      CDK_DISABLE_VERSION_CHECK: '1',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      PATH: '/bin',
      INFRACOST_API_KEY: 'ico',
      PLAN_FILE: '/t/plan.json',
      DEPLOY_ENVIRONMENT: 'production',
      DEPLOY_RELEASE: 'webapp',
      DEPLOY_VERSION: 'v1',
      DEPLOY_REGION: 'eu-west-1',
      DEPLOY_ACCOUNT: '111122223333',
    });
  });

  test('without any nothing is run and the plan is as it was', async () => {
    const exec = new FakeExec();
    const plan = await check(fakePorts({ exec }), { checks: undefined });
    expect(plan).toEqual(aPlan());
    expect(exec.runs).toEqual([]);
  });

  test('what they print is masked', async () => {
    const fakes = fakePorts({ exec: new FakeExec().on(/./, { stdout: '[{"message":"is hunter2-secret"}]' }) });
    fakes.runner.mask('hunter2-secret');
    const { findings } = await check(fakes, { checks: [POLICY] });
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  test('a shell that cannot be started is a finding, and the next check runs', async () => {
    const failing = {
      act: () => {
        throw new Error('Unable to locate executable file: bash');
      },
    };
    const exec = new FakeExec().on(/cost/).on(/conftest/, failing);
    const { findings } = await check(fakePorts({ exec }), { checks: [POLICY, COST] });
    expect(findings).toEqual([
      {
        check: 'policy',
        severity: 'error',
        message: 'failed with exit code 127: bash cannot be started: Unable to locate executable file: bash',
      },
    ]);
    expect(exec.runs).toHaveLength(2);
  });

  test.each([
    ['a given assembly of a fork', { assembly: 'a.tar', fork: true }, 0],
    ['a given assembly', { assembly: 'a.tar' }, 1],
    ['an app of a fork, which runs anyway', { fork: true }, 1],
  ])('%s', async (_, given, runs) => {
    const exec = new FakeExec().on(/./);
    const fakes = fakePorts({ exec });
    await check(fakes, { checks: [POLICY], ...given });
    expect(exec.runs).toHaveLength(runs);
    expect(fakes.runner.log('notice')).toContain(runs === 0 ? 'the checks are not run' : '');
  });
});

describe('findings that fail a run', () => {
  const finding = (severity: 'info' | 'warning' | 'error', message = 'm') => ({ check: 'c', severity, message });

  test.each([
    ['none', [], undefined],
    ['what only informs or warns', [finding('info'), finding('warning')], undefined],
    [
      'an error',
      [finding('warning'), finding('error')],
      'c: m: mend what the checks found, or give them another severity',
    ],
    [
      'many errors',
      Array.from({ length: 7 }, (_, index) => finding('error', String(index))),
      'c: 0; c: 1; c: 2; c: 3; c: 4; and 2 more: mend what the checks found, or give them another severity',
    ],
  ])('%s', (_, findings, expected) => {
    expect(failingFindings(aPlan({ findings }))).toBe(expected);
  });
});
