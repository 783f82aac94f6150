import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { configSchema } from './config-schema.js';
import { configuration, type Schema } from './configuration.js';
import { PLAN_SCHEMA_FILE, planSchemaText } from './plan-schema.js';
import { readme } from './readme.js';
import { SPEC_TABLE_FILE, specTableModule } from './spec-table.js';
import { statesPage } from './states.js';
import { releaseWorkflow, withOwnRelease } from './workflows.js';

/** A file that is generated, as it has to be. */
export interface GeneratedFile {
  /** Its path, relative to the repository's root. */
  readonly file: string;
  readonly content: string;
  /** Whether it is not like that now. */
  readonly stale: boolean;
}

/** It takes a second to make, and depends on nothing in the checkout. */
let specModule: string | undefined;

/** Workflows that users call. */
const PUBLIC_WORKFLOWS = ['build', 'diff', 'bootstrap', 'deploy', 'release'];

/** How each generated file is made, from what there is of it now and the repository's root. */
const FILES: Readonly<Record<string, (present: string, root: string) => string>> = {
  'README.md': (present, root) => readme(present, readFileSync(path.join(root, 'action.yml'), 'utf8')),
  'docs/configuration.md': (present) => configuration(present, configSchema() as Schema),
  'docs/states.md': (present) => statesPage(present),
  'docs/schema/deploy.v1.json': () => `${JSON.stringify(configSchema(), undefined, 2)}\n`,
  [PLAN_SCHEMA_FILE]: () => planSchemaText(),
  ...Object.fromEntries(
    PUBLIC_WORKFLOWS.map((name) => [
      `.github/workflows/${name}.yml`,
      (present: string, root: string) =>
        withOwnRelease(name === 'release' ? releaseWorkflow(present) : present, versionOf(root)),
    ]),
  ),
  [SPEC_TABLE_FILE]: () => (specModule ??= specTableModule()),
};

/**
 * Every generated file of a checkout, formatted as `npm run lint` wants it.
 * @throws Error when a file has lost its markers, or its sources do not agree
 */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  return Promise.all(
    Object.entries(FILES).map(async ([file, make]) => {
      const place = path.join(root, file);
      const present = existsSync(place) ? readFileSync(place, 'utf8') : '';
      const content = await formatted(file, make(present, root));
      return { file, content, stale: content !== present };
    }),
  );
}

function versionOf(root: string): string {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** As this repository formats such a file; what it does not format is left as it is. */
async function formatted(file: string, text: string): Promise<string> {
  const filepath = path.join(HERE, file);
  const { ignored } = await getFileInfo(filepath, { ignorePath: path.join(HERE, '.prettierignore') });
  return ignored ? text : format(text, { ...(await resolveConfig(filepath)), filepath });
}

const HERE = path.resolve(import.meta.dirname, '../..');
