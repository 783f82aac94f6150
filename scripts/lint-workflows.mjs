/**
 * Lints workflows, ours and those that users copy, and `action.yml`: `node scripts/lint-workflows.mjs`. Each linter sees
 * what the others do not: actionlint expressions and scripts, zizmor what an attacker would use, check-jsonschema the form.
 * Their exceptions, each with its reason, are in `.github/actionlint.yaml` and `.github/zizmor.yml`.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './setup/programs.mjs';

const lint = join(root, '.cache/lint/bin');
const env = { ...process.env, PATH: [lint, process.env.PATH].join(delimiter) };

const workflows = ['.github/workflows', 'workflows'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.yml'))
    .map((file) => `${folder}/${file}`),
);
const linters = [
  [join(root, '.cache/bin/actionlint'), ['-config-file', '.github/actionlint.yaml', ...workflows]],
  // It does not collect callers by itself: they are given by path.
  [
    join(lint, 'zizmor'),
    ['--offline', '--strict-collection', '--no-progress', '--config', '.github/zizmor.yml', '--min-severity', 'medium'],
    [...workflows, 'action.yml', '.github/dependabot.yml'],
  ],
  [join(lint, 'check-jsonschema'), ['--builtin-schema', 'vendor.github-workflows', ...workflows]],
  [join(lint, 'check-jsonschema'), ['--builtin-schema', 'vendor.github-actions', 'action.yml']],
];

for (const [program, args, files = []] of linters) {
  const { status, error } = spawnSync(program, [...args, ...files], { cwd: root, env, stdio: 'inherit' });
  if (error) console.error(`${program} cannot be run (${error.message}): run node scripts/setup.mjs lint go`);
  if (status !== 0) process.exitCode = 1;
}
