import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const cwd = fileURLToPath(new URL('..', import.meta.url));

/** Only the one rule, which needs no types: a second instead of twenty. */
const eslint = new ESLint({
  cwd,
  ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports',
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
});

/** What the house rules say to a file that holds nothing but an import. */
async function complaints(file: string, from: string): Promise<readonly string[]> {
  const results = await eslint.lintText(`import '${from}';\n`, { filePath: `${cwd}${file}` });
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId ?? 'fatal'}: ${message}`));
}

test.each([
  ['src/plan/new.ts', '../report/comment.js', 'the model knows no Markdown'],
  ['src/environment/new.ts', '../report/markdown.js', 'the model knows no Markdown'],
  ['src/plan/new.ts', '@actions/core', 'take a port instead'],
  ['src/commands/new.ts', '@actions/core', 'take a port instead'],
  ['src/cdk/new.ts', '@actions/exec', 'take a port instead'],
  ['src/plan/new.ts', 'node:fs', 'this room is pure'],
  ['src/template/new.ts', 'node:fs/promises', 'this room is pure'],
  ['src/environment/new.ts', 'node:https', 'this room is pure'],
  ['src/doctor/checks/new.ts', 'node:fs', 'this room is pure'],
  ['src/doctor/new.ts', '../commands/doctor.js', 'imports go from commands to rooms'],
  ['src/cli.ts', '@actions/core', 'take a port instead'],
  ['src/report/new.ts', 'node:fs', 'this room is pure'],
  ['src/metrics/new.ts', 'node:fs', 'this room is pure'],
  ['src/metrics/new.ts', '../report/metrics.js', 'the model knows no Markdown'],
  ['src/commands/new.ts', '../aws/sdk-adapter.js', 'adapters are made in src/index.ts'],
  ['src/commands/new.ts', '../github/comments-adapter.js', 'adapters are made in src/index.ts'],
  ['src/commands/new.ts', '@aws-sdk/client-sts', 'adapters are made in src/index.ts'],
  ['src/run.ts', './aws/server-adapter.js', 'adapters are made in src/index.ts'],
  ['src/report/new.ts', '../aws/sdk-adapter.js', 'adapters are made in src/index.ts'],
  ['src/plan/deep/new.ts', '@aws-sdk/client-cloudformation', 'adapters are made in src/index.ts'],
  ['src/commands/new.ts', 'node:child_process', 'programs run through the Exec port'],
  ['src/cdk/new.ts', 'node:child_process', 'programs run through the Exec port'],
  ['src/aws/new.ts', '../commands/diff.js', 'imports go from commands to rooms'],
  ['src/report/new.ts', '../run.js', 'imports go from commands to rooms'],
  ['src/aws/new-adapter.ts', '../index.js', 'imports go from commands to rooms'],
  ['src/github/new-adapter.ts', '../report/comment.js', 'the model knows no Markdown'],
])('%s may not import %s', async (file, from, why) => {
  const found = await complaints(file, from);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^no-restricted-imports: /);
  expect(found[0]).toContain(why);
});

test.each([
  ['src/index.ts', '@actions/core'],
  ['src/index.ts', './github/runner-adapter.js'],
  ['src/github/new-adapter.ts', '@actions/core'],
  ['src/aws/new-adapter.ts', '@aws-sdk/client-sts'],
  ['src/commands/new.ts', '../plan/model.js'],
  ['src/commands/new.ts', 'node:fs'],
  ['src/report/new.ts', '../plan/model.js'],
  ['src/plan/new.ts', '../errors.js'],
])('%s may import %s', async (file, from) => {
  expect(await complaints(file, from)).toEqual([]);
});
