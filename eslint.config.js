// @ts-check
import tseslint from 'typescript-eslint';

/** Which way imports go: see `docs/architecture.md`. The reason is printed with the error. */
const forbid = (/** @type {string[]} */ group, /** @type {string} */ message) => ({ group, message });
const RUNNER = forbid(['@actions/*'], 'only src/index.ts and the adapters touch the runner: take a port instead.');
const ADAPTERS = forbid(
  ['**/aws/*-adapter.js', '**/github/*-adapter.js', '@aws-sdk/*', '@octokit/*'],
  'adapters are made in src/index.ts and handed in: take a port instead.',
);
const PROCESS = forbid(['node:child_process'], 'programs run through the Exec port.');
const MARKDOWN = forbid(
  ['**/report/*'],
  'the model knows no Markdown: src/report reads the model, never the other way.',
);
const COMMANDS = forbid(
  ['**/commands/*', '**/run.js', '**/index.js', '!@aws-cdk/**'],
  'imports go from commands to rooms, not back.',
);
const IO = forbid(
  ['node:fs', 'node:fs/*', 'node:net', 'node:http', 'node:https'],
  'this room is pure: data in, data out.',
);

const rule = (/** @type {ReturnType<typeof forbid>[]} */ ...patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
});

export default tseslint.config(
  { ignores: ['dist/', 'build/', 'node_modules/', '.cache/', '**/cdk.out/', 'test/fixtures/', 'out/'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 250, skipComments: true, skipBlankLines: true }],
      eqeqeq: 'error',
    },
  },
  { files: ['src/**/*.ts'], ignores: ['src/index.ts'], rules: rule(RUNNER, PROCESS, COMMANDS) },
  { files: ['src/cli.ts'], rules: rule(RUNNER, ADAPTERS, PROCESS) },
  { files: ['src/commands/**/*.ts'], rules: rule(RUNNER, ADAPTERS, PROCESS) },
  { files: ['src/run.ts'], rules: rule(RUNNER, ADAPTERS, PROCESS) },
  {
    files: ['src/{environment,template,plan,states,metrics,doctor}/**/*.ts'],
    rules: rule(RUNNER, ADAPTERS, PROCESS, COMMANDS, MARKDOWN, IO),
  },
  { files: ['src/report/**/*.ts'], rules: rule(RUNNER, ADAPTERS, PROCESS, COMMANDS, IO) },
  { files: ['src/{aws,github,cdk}/*-adapter.ts'], rules: rule(COMMANDS, MARKDOWN) },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': 'off' },
  },
);
