/** Which jobs run when others fail, are skipped or are cancelled: `if` and `needs`, by GitHub's own evaluator. */
import { describe, expect, test } from 'vitest';
import { simulate } from './engine/simulate.js';

const CHAIN = 'push.yml';
const THREE_WAVES = [
  ['net', 'keys'],
  ['data', 'queue'],
  ['web', 'jobs'],
] as const;
const failing = (path: RegExp) => (job: { readonly path: string }) => (path.test(job.path) ? 'failure' : undefined);

describe('the chain', () => {
  test('of one wave', async () => {
    const { result, ran } = await simulate({ caller: CHAIN });
    expect(result).toBe('success');
    expect(ran).toEqual([
      'release / resolve',
      'release / bootstrap / check',
      'release / build / resolve',
      'release / build / build prototype-web-eu-central-1',
      'release / plan-1 / diff prototype-web-eu-central-1',
      'release / plan-1 / report',
      'release / deploy-1 / deploy prototype-web-eu-central-1',
      'release / report',
    ]);
  });

  test('of three waves with two targets each: a wave is planned when the one before it is done', async () => {
    const { result, ran } = await simulate({ caller: CHAIN, waves: THREE_WAVES });
    expect(result).toBe('success');
    const stages = ran.map((path) => path.split(' / ')[1]);
    expect([...new Set(stages)]).toEqual([
      ...['resolve', 'bootstrap', 'build', 'plan-1', 'deploy-1', 'plan-2', 'deploy-2', 'plan-3', 'deploy-3', 'report'],
    ]);
    expect(stages.filter((stage) => stage === 'build')).toHaveLength(7);
    expect(ran.filter((path) => path.includes('/ deploy prototype-'))).toHaveLength(6);
  });

  test('of eight waves runs all of them', async () => {
    const waves = Array.from({ length: 8 }, (_, index) => [`r${index}`]);
    const { ran } = await simulate({ caller: CHAIN, waves });
    expect(ran).toContain('release / deploy-8 / deploy prototype-r7-eu-central-1');
  });

  test.each([
    ['cdk', ['release / bootstrap / check', 'release / bootstrap / bootstrap prototype eu-central-1']],
    [
      'release',
      [
        'release / bootstrap / check',
        'release / bootstrap / build / resolve',
        'release / bootstrap / build / build prototype-web-eu-central-1',
        'release / bootstrap / bootstrap prototype eu-central-1',
      ],
    ],
  ] as const)('bootstraps by %s where it is needed', async (bootstrap, expected) => {
    const { ran, result } = await simulate({ caller: CHAIN, bootstrap });
    expect(result).toBe('success');
    // The build of the bootstrapping release is a matrix over the places, so its targets are those of `check`.
    expect(ran.filter((path) => path.startsWith('release / bootstrap'))).toEqual(expect.arrayContaining([...expected]));
  });

  test.each([
    ['public', true],
    ['private', false],
    ['internal', false],
  ])('attests in a repository that is %s: %s', async (visibility, attested) => {
    const { ran } = await simulate({ caller: CHAIN, visibility });
    expect(ran.includes('release / build / attest')).toBe(attested);
  });
});

interface Failure {
  readonly name: string;
  readonly fails: RegExp;
  /** Stages that ran, in their order. */
  readonly stages: readonly string[];
  readonly deployed: readonly string[];
}

const BEFORE = ['resolve', 'bootstrap', 'build'];
const FAILURES: readonly Failure[] = [
  { name: 'resolve', fails: /^release \/ resolve$/, stages: ['resolve', 'report'], deployed: [] },
  { name: 'the look at the bootstrap', fails: /check/, stages: [...BEFORE, 'report'], deployed: [] },
  { name: 'a bootstrap', fails: /bootstrap prototype/, stages: [...BEFORE, 'report'], deployed: [] },
  { name: 'one build', fails: /build prototype-jobs/, stages: [...BEFORE, 'report'], deployed: [] },
  {
    name: 'a plan of the first wave: the other target of the wave goes on',
    fails: /(?:diff|deploy) prototype-net/,
    stages: [...BEFORE, 'plan-1', 'deploy-1', 'report'],
    deployed: ['keys'],
  },
  {
    name: 'a deployment of the second wave: the others of the wave go on, the third is not planned',
    fails: /deploy prototype-data/,
    stages: [...BEFORE, 'plan-1', 'deploy-1', 'plan-2', 'deploy-2', 'report'],
    deployed: ['keys', 'net', 'queue'],
  },
  {
    name: 'a report of a plan: what was planned is deployed',
    fails: /plan-1 \/ report/,
    stages: [...BEFORE, 'plan-1', 'deploy-1', 'plan-2', 'deploy-2', 'plan-3', 'deploy-3', 'report'],
    deployed: ['data', 'jobs', 'keys', 'net', 'queue', 'web'],
  },
];

describe('a failure of', () => {
  test.each(FAILURES)('$name', async ({ fails, stages, deployed }) => {
    const run = await simulate({ caller: CHAIN, waves: THREE_WAVES, bootstrap: 'cdk', ends: failing(fails) });
    expect(run.result).toBe('failure');
    expect([...new Set(run.ran.map((path) => path.split(' / ')[1]))].sort()).toEqual([...stages].sort());
    const good = Object.entries(run.jobs).flatMap(([path, result]) =>
      result === 'success' ? (/deploy prototype-(\w+)-/.exec(path)?.[1] ?? []) : [],
    );
    expect(good.sort()).toEqual(deployed);
  });
});

test('a run that is cancelled in a deployment starts nothing more, and is reported', async () => {
  const run = await simulate({
    caller: CHAIN,
    waves: THREE_WAVES,
    ends: ({ path }) => (/deploy prototype-net/.test(path) ? 'cancelled' : undefined),
  });
  expect(run.ran.some((path) => path.startsWith('release / plan-2'))).toBe(false);
  expect(run.ran.at(-1)).toBe('release / report');
});

describe('a pull request', () => {
  test('is built, planned and reported', async () => {
    const { ran, result } = await simulate({ caller: 'pull-request.yml', waves: THREE_WAVES });
    expect(result).toBe('success');
    expect(ran.filter((path) => path.startsWith('diff / diff '))).toHaveLength(6);
    expect(ran.at(-1)).toBe('diff / report');
  });

  test('of which one target cannot be built shows the others', async () => {
    const { ran, result } = await simulate({
      caller: 'pull-request.yml',
      waves: THREE_WAVES,
      ends: failing(/build prototype-web/),
    });
    expect(result).toBe('failure');
    expect(ran.at(-1)).toBe('diff / report');
  });

  test('whose targets cannot be decided has nothing to show', async () => {
    const { ran } = await simulate({ caller: 'pull-request.yml', ends: failing(/resolve/) });
    expect(ran).toEqual(['build / resolve']);
  });
});

const PRIVATE_LIBRARY = `
on: push
jobs:
  build:
    permissions: { contents: read }
    uses: fast-ish/deploy-action/.github/workflows/build.yml@v1
    with: { dependency-repository: acme-corp/library }
`;

test.each([
  ['is there', undefined, ['build / resolve', 'build / dependency', 'build / build prototype-web-eu-central-1']],
  ['cannot be read', /dependency/, ['build / resolve', 'build / dependency']],
])('a library that %s', async (_, fails, expected) => {
  const { ran } = await simulate({ caller: PRIVATE_LIBRARY, ...(fails ? { ends: failing(fails) } : {}) });
  expect([...ran].sort()).toEqual([...expected].sort());
});

const GRANTS: readonly (readonly [string, string, string])[] = [
  ['pull-request.yml', 'contents: read # to check the code out', 'job build/resolve asks for contents: read'],
  ['pull-request.yml', /      id-token: write.*\n/.source, 'job diff/diff asks for id-token: write'],
  ['push.yml', /      attestations: write.*\n/.source, 'job release/build asks for attestations: write'],
  ['push.yml', /      id-token: write.*\n/.source, 'asks for id-token: write'],
];

describe('a caller that grants too little', () => {
  test.each(GRANTS)('%s without %s does not start', async (caller, line, message) => {
    const { readCaller } = await import('./engine/scene.js');
    const text = readCaller(caller).replace(new RegExp(line), line.startsWith('contents') ? 'contents: none' : '');
    expect(text).not.toBe(readCaller(caller));
    await expect(simulate({ caller: text })).rejects.toThrow(message);
  });
});

test('a fork’s jobs have a token that reads, and no identity', async () => {
  const { runs } = await simulate({ caller: 'pull-request.yml', fork: true });
  for (const { grant } of runs) expect(Object.values(grant).every((level) => level < 2)).toBe(true);
  expect(runs.every(({ grant }) => (grant['id-token'] ?? 0) === 0)).toBe(true);
});

describe('mutations that only the rules between jobs show', () => {
  const chain = (before: string | RegExp, after: string, only = 'release') => ({
    caller: CHAIN,
    waves: THREE_WAVES,
    mutate: (text: string, name: string) => (name === only ? text.replace(before, after) : text),
  });

  test('needs that is dropped', async () => {
    const { ran } = await simulate(chain('needs: [resolve, deploy-1]', 'needs: [resolve]'));
    expect(ran.some((path) => path.startsWith('release / plan-2'))).toBe(false);
  });

  test('a condition that asks nothing of the wave before', async () => {
    const { ran } = await simulate({
      ...chain("&& needs.deploy-1.result == 'success'", ''),
      ends: failing(/deploy prototype-net/),
    });
    expect(ran.some((path) => path.startsWith('release / plan-2'))).toBe(true);
  });

  test('an input that is misspelt', async () => {
    await expect(simulate(chain('      fail-on: ${{', '      fails-on: ${{'))).rejects.toThrow(
      'fails-on is no input of ./.github/workflows/diff.yml',
    );
  });

  test('an input of another type', async () => {
    await expect(simulate(chain('report: false', "report: 'no'"))).rejects.toThrow('is to be a boolean');
  });
});
