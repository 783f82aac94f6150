import { describe, expect, test } from 'vitest';
import { recorded, type RecordRequest } from '../../src/commands/recording.js';
import { ActionError } from '../../src/errors.js';
import type { StackOutcome } from '../../src/report/model.js';
import { httpError } from '../fakes/github.js';
import { fakePorts } from '../fakes/ports.js';
import { aContext, aFound } from './found.js';

const MARK = 'deploy-action: webapp eu-central-1';
const STARTED = `in_progress ${MARK} started`;
const JOB_LOG = 'https://github.com/acme/shop/actions/runs/7/job/88';
const ID_TOKEN = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token' };
const forbidden = httpError(403, 'Resource not accessible by integration');

function stack(result: StackOutcome['result'], outputs: Readonly<Record<string, string>> = {}): StackOutcome {
  return { id: 'Web', name: 'acme-web', result, status: 'UPDATE_COMPLETE', seconds: 1, outputs };
}

function request(inputs: Partial<RecordRequest['inputs']> = {}, more: Partial<RecordRequest> = {}): RecordRequest {
  return {
    inputs: { deployment: 'auto', environmentUrl: '', githubToken: 't', audience: 'sts', ...inputs },
    ...{ found: aFound(), account: '111122223333', kind: 'deploy', assembly: 'sha256:1' },
    ...more,
  };
}

const updated = () => Promise.resolve({ stacks: [stack('updated')] });
const identity = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('a record of ours', () => {
  test('is in progress while it is deployed, then a success with its address', async () => {
    const fakes = fakePorts();
    let during: readonly string[] = [];
    const { outputs } = await recorded(
      request({ environmentUrl: 'https://{{environment}}.acme' }),
      aContext(fakes),
      () => {
        during = fakes.records.lifeOf(1);
        return updated();
      },
    );
    expect(during).toEqual([STARTED]);
    expect(fakes.records.lifeOf(1)).toEqual([STARTED, `success ${MARK} succeeded: 1 updated`]);
    const [record] = fakes.records.list;
    expect(record).toMatchObject({ environment: 'production', commit: 'c0ffee' });
    expect(record?.payload).toEqual({
      ...{ tool: 'deploy-action', kind: 'deploy', target: 'production-webapp-eu-central-1', release: 'webapp' },
      ...{ region: 'eu-central-1', version: 'v1', releaseVersion: 'v1.2.0', fingerprint: '', assembly: 'sha256:1' },
      ...{ commit: 'c0ffee', run: '7', attempt: '1' },
    });
    const urls = record?.statuses.map(({ environmentUrl }) => environmentUrl);
    expect(urls).toEqual(['https://production.acme', 'https://production.acme']);
    expect(outputs).toEqual({ 'environment-url': 'https://production.acme', 'deployment-id': '1' });
    expect(fakes.runner.state.get('deployment')).toBe('');
  });

  test.each([
    ['nothing to change', { stacks: [stack('unchanged')] }, `success ${MARK} unchanged: 1 unchanged`],
    [
      'a failure',
      { stacks: [stack('failed')], failure: new ActionError('deploy', 'x') },
      `failure ${MARK} failed: acme-web UPDATE_COMPLETE`,
    ],
  ])('ends with %s', async (_, ended, last) => {
    const fakes = fakePorts();
    await recorded(request(), aContext(fakes), () => Promise.resolve(ended));
    expect(fakes.records.lifeOf(1)).toEqual([STARTED, last]);
  });

  test('ends as an error when the deployment throws, without a secret', async () => {
    const fakes = fakePorts();
    fakes.runner.mask('hunter22');
    const thrown = new ActionError('cdk', 'no way in with hunter22');
    const failing = recorded(request(), aContext(fakes), () => Promise.reject(thrown));
    await expect(failing).rejects.toBe(thrown);
    expect(fakes.records.lifeOf(1)).toEqual([STARTED, `error ${MARK} stopped: no way in with ***`]);
  });

  test.each([
    ['rollback', ['success', 'rolled-back']],
    ['destroy', ['success', 'destroyed']],
  ] as const)('of a %s says so', async (kind, [state, word]) => {
    const fakes = fakePorts();
    await recorded(request({}, { kind }), aContext(fakes), updated);
    expect(fakes.records.lifeOf(1)[1]).toMatch(`${state} ${MARK} ${word}`);
    expect(fakes.records.lifeOf(1).at(-1)).toMatch(kind === 'destroy' ? /^inactive / : /^success /);
  });

  test('is remembered for the post step until it has ended, and beyond if it cannot be ended', async () => {
    const fakes = fakePorts();
    await recorded(request(), aContext(fakes), () => {
      fakes.records.refuse.set('status', httpError(502, 'bad gateway'));
      return updated();
    });
    expect(JSON.parse(fakes.runner.state.get('deployment') ?? '')).toMatchObject({ id: 1, release: 'webapp' });
    expect(fakes.runner.log('warning')).toBe(
      "GitHub's record of this deployment is not up to date: GitHub answered 502: bad gateway",
    );
  });

  test('takes the place of the one before, for its target', async () => {
    const fakes = fakePorts();
    await recorded(request(), aContext(fakes), updated);
    await recorded(request(), aContext(fakes, { GITHUB_RUN_ID: '8' }), updated);
    expect(fakes.records.lifeOf(1).at(-1)).toMatch(/^inactive /);
    expect(fakes.records.lifeOf(2).at(-1)).toMatch(/^success /);
  });

  test('is continued by a second try of the same attempt', async () => {
    const fakes = fakePorts();
    await recorded(request(), aContext(fakes), () =>
      Promise.resolve({ stacks: [], failure: new ActionError('deploy', 'x') }),
    );
    await recorded(request(), aContext(fakes), updated);
    expect(fakes.records.list).toHaveLength(1);
    expect(fakes.records.lifeOf(1).map((line) => line.split(' ')[0])).toEqual([
      ...['in_progress', 'failure', 'in_progress', 'success'],
    ]);
  });
});

describe('the job’s own record', () => {
  const job = (environment = 'production') => {
    const fakes = fakePorts();
    fakes.records.add({ environment }, { state: 'in_progress', logUrl: JOB_LOG });
    return fakes;
  };

  test('is adopted: it is told of, and never ended', async () => {
    const fakes = job('the real thing');
    fakes.runner.identity = identity({ environment: 'the real thing', check_run_id: '88' });
    const { outputs } = await recorded(request(), aContext(fakes, ID_TOKEN), updated);
    expect(fakes.records.list).toHaveLength(1);
    expect(fakes.records.lifeOf(1)).toEqual(['in_progress', STARTED, `in_progress ${MARK} succeeded: 1 updated`]);
    expect(fakes.records.list[0]?.statuses[0]?.logUrl).toBe(JOB_LOG);
    expect(outputs).toMatchObject({ 'deployment-id': '1' });
    expect(fakes.runner.state.has('deployment')).toBe(false);
  });

  test('is adopted without an identity, by the run', async () => {
    const fakes = job();
    await recorded(request(), aContext(fakes), updated);
    expect(fakes.records.list).toHaveLength(1);
  });

  test('that cannot be marked is left as it is, without a warning', async () => {
    const fakes = job();
    fakes.records.refuse.set('status', forbidden);
    await recorded(request(), aContext(fakes), updated);
    expect(fakes.records.list).toHaveLength(1);
    expect(fakes.runner.log('warning')).toBe('');
    expect(fakes.runner.log('info')).toContain('add "deployments: write"');
  });

  test('that cannot be seen is not doubled', async () => {
    const fakes = job();
    fakes.runner.identity = identity({ environment: 'production', check_run_id: '88' });
    fakes.records.refuse.set('list', forbidden);
    await recorded(request(), aContext(fakes, ID_TOKEN), updated);
    expect(fakes.records.list).toHaveLength(1);
    expect(fakes.runner.log('warning')).toBe('');
  });

  test('that one of several jobs has is not doubled, nor is another told of', async () => {
    const fakes = job();
    fakes.records.add({}, { state: 'in_progress', logUrl: JOB_LOG.replace('88', '89') });
    await recorded(request(), aContext(fakes), updated);
    expect(fakes.records.list).toHaveLength(2);
    expect(fakes.records.requests.filter((line) => /^(?:create|status) /.test(line))).toEqual([]);
  });

  test('is not there in a job without an environment: another job’s is left alone', async () => {
    const fakes = fakePorts();
    fakes.records.add({}, { state: 'in_progress', logUrl: JOB_LOG.replace('/job/88', '') });
    fakes.runner.identity = identity({ check_run_id: '90' });
    await recorded(request(), aContext(fakes, ID_TOKEN), updated);
    expect(fakes.records.list).toHaveLength(2);
    expect(fakes.records.lifeOf(1)).toEqual(['in_progress']);
  });

  test('is not there with `deployment: false` in the job: ours is written', async () => {
    const fakes = fakePorts();
    fakes.runner.identity = identity({ environment: 'production', check_run_id: '88' });
    await recorded(request(), aContext(fakes, ID_TOKEN), updated);
    expect(fakes.records.list).toHaveLength(1);
  });

  test('is not looked for when ours is wanted', async () => {
    const fakes = job();
    await recorded(request({ deployment: 'true' }), aContext(fakes, ID_TOKEN), updated);
    expect(fakes.records.list).toHaveLength(2);
    expect(fakes.runner.audiences).toEqual([]);
  });
});

describe('no record', () => {
  test.each([{ deployment: 'false' }, { githubToken: '' }] as const)('with %j', async (inputs) => {
    const fakes = fakePorts();
    const { outputs } = await recorded(request(inputs), aContext(fakes), updated);
    expect(fakes.tokens).toEqual([]);
    expect(outputs).toEqual({ 'environment-url': '', 'deployment-id': '' });
  });

  test.each([
    ['create', 'production'],
    ['list', 'production'],
  ])('a refusal to %s is a warning with the line to add', async (verb) => {
    const fakes = fakePorts();
    fakes.records.refuse.set(verb, forbidden);
    const { ended } = await recorded(request(), aContext(fakes), updated);
    expect(ended.stacks).toHaveLength(1);
    expect(fakes.runner.log('warning')).toContain('add "deployments: write" to the job\'s permissions');
  });

  test('and nothing is deployed where one has to be', async () => {
    const fakes = fakePorts();
    fakes.records.refuse.set('create', forbidden);
    let deployed = false;
    const run = recorded(request({ deployment: 'true' }), aContext(fakes), () => {
      deployed = true;
      return updated();
    });
    await expect(run).rejects.toThrow(/^there is no record of this deployment on GitHub: .*"deployments: write"/);
    expect(deployed).toBe(false);
  });
});

describe('the address of the environment', () => {
  const outputs = { Url: 'https://d1.cloudfront.example' };
  const deployed = () => Promise.resolve({ stacks: [stack('updated', outputs)] });

  test('may come from an output', async () => {
    const fakes = fakePorts();
    const found = aFound({ url: '{{outputs.acme-web.Url}}/{{version}}' });
    const { outputs: told } = await recorded(request({}, { found }), aContext(fakes), deployed);
    expect(told).toMatchObject({ 'environment-url': 'https://d1.cloudfront.example/v1' });
    const urls = fakes.records.list[0]?.statuses.map(({ environmentUrl }) => environmentUrl);
    expect(urls).toEqual(['https://d1.cloudfront.example/v1', undefined]);
  });

  test('that no output has is a warning: it is deployed by then', async () => {
    const fakes = fakePorts();
    const { outputs: told } = await recorded(
      request({ environmentUrl: '{{outputs.acme-web.Nope}}' }),
      aContext(fakes),
      deployed,
    );
    expect(told).toMatchObject({ 'environment-url': '' });
    expect(fakes.runner.log('warning')).toContain(
      'the environment has no address: the environment-url input:1: {{outputs.acme-web.Nope}} has no value',
    );
    expect(fakes.records.lifeOf(1).at(-1)).toMatch(/^success /);
  });

  test.each([
    ['https://{{nope}}', /environment-url input:1: \{\{nope\}\} has no value/],
    ['{{environment}}', /becomes 'production', which is no address/],
    ['{{ref}}', /becomes 'javascript:alert\(1\)', which is no address/],
  ])('%s is refused before anything is deployed', async (environmentUrl, message) => {
    const fakes = fakePorts();
    const context = aContext(fakes, { GITHUB_REF: 'javascript:alert(1)' });
    const run = recorded(request({ environmentUrl }), context, () => Promise.reject(new Error('deployed')));
    await expect(run).rejects.toThrow(message);
    expect(fakes.records.list).toEqual([]);
  });
});
