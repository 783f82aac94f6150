import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWorkflow } from '../../src/doctor/workflow-file.js';

const read = (text: string) => readWorkflow('w.yml', text, 'fast-ish/deploy-action');
const job = (lines: string): string => `on: push\njobs:\n  one:\n${lines}`;

test('a job with its permissions, what it uses and what it asks for', () => {
  const text = [
    'on: { push: { branches: [main, "v*"] }, pull_request: }',
    'permissions: read-all',
    'jobs:',
    '  other: { steps: [{ uses: actions/checkout@v6 }] }',
    '  one:',
    '    environment: prototype',
    '    steps:',
    '      - uses: actions/checkout@v6',
    '      - run: true',
    '      - uses: Fast-ish/deploy-action@v1',
    '        with: { command: diff, comment: false }',
  ].join('\n');
  expect(read(text)).toEqual({
    file: 'w.yml',
    on: [{ event: 'push', branches: ['main', 'v*'] }, { event: 'pull_request' }],
    jobs: [
      {
        id: 'one',
        line: 5,
        permissions: { all: 'read' },
        uses: [
          { ref: 'actions/checkout@v6', line: 8 },
          { ref: 'Fast-ish/deploy-action@v1', line: 10 },
        ],
        steps: [{ command: 'diff', inputs: { command: 'diff', comment: 'false' }, line: 10 }],
        calls: false,
        environment: true,
      },
    ],
  });
});

test.each([
  ['the job has the last word', 'permissions: write-all\n', '    permissions: {}\n', {}],
  ['the workflow speaks for the job', 'permissions: { contents: read }\n', '', { contents: 'read' }],
  ['nobody says anything', '', '', undefined],
])('permissions: %s', (_, above, own, permissions) => {
  const text = `${above}${job(`${own}    steps: [{ uses: fast-ish/deploy-action@v1 }]\n`)}`;
  expect(read(text)?.jobs[0]?.permissions).toEqual(permissions);
});

test('a job that calls a workflow of the action', () => {
  const called = read(job('    uses: fast-ish/deploy-action/.github/workflows/diff.yml@v1\n'));
  expect(called?.jobs[0]).toMatchObject({ calls: true, steps: [] });
});

test.each([
  ['another action', job('    steps: [{ uses: fast-ish/deploy-action-else@v1 }]\n')],
  ['no YAML', 'on: [\n'],
  ['no mapping', '- 1\n'],
  ['nothing', ''],
])('%s is none of ours', (_, text) => {
  expect(read(text)).toBeUndefined();
});

test('no text breaks it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      read(text);
    }),
  );
});
