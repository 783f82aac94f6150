import { PINNED_SCHEMA } from '../../cdk/assembly/schema-limit.js';
import { PINNED_CLI } from '../../cdk/version.js';
import type { Check } from '../check.js';
import type { AppFacts, SynthesisFacts } from '../facts.js';
import { valueOf, type Found } from '../model.js';
import { admits, isOlder } from '../wants.js';

const ACCIDENT = '3.0.0';
const INSTALL = `npm install --save-dev aws-cdk@${PINNED_CLI}`;

/** aws/aws-cdk#38113: 3.0.0 was released by accident, sits on the tag `latest` and reads no current assembly. */
export const accidentalCli: Check = {
  id: 'cli-accident',
  title: 'that the accidental aws-cdk 3.0.0 is nowhere',
  look: ({ apps }) => ({ found: apps.flatMap(({ cli }) => accidentOf(cli)) }),
};

function accidentOf({ installed, asked }: AppFacts['cli']): readonly Found[] {
  if (installed?.version === ACCIDENT) {
    const message = `aws-cdk ${ACCIDENT}, a release by accident, reads no current assembly`;
    return [{ severity: 'error', message, mend: INSTALL, file: installed.file }];
  }
  if (asked === undefined || !(asked.range === 'latest' || admits(asked.range, ACCIDENT))) return [];
  return [
    {
      // What is locked stays until somebody updates.
      severity: installed === undefined ? 'error' : 'warning',
      message: `aws-cdk '${asked.range}' leads to ${ACCIDENT}, a release by accident that is tagged latest`,
      mend: INSTALL,
      file: asked.file,
      line: asked.line,
    },
  ];
}

/** The CLI has to know the schema that the library writes. */
export const schema: Check = {
  id: 'cli-schema',
  title: "the CLI against the assembly's schema",
  look({ apps, syntheses }) {
    const bySynthesis = (valueOf(syntheses) ?? []).flatMap(synthesised);
    const byLibrary = apps.flatMap(installed);
    return { found: bySynthesis.length > 0 ? bySynthesis : byLibrary };
  },
};

function installed({ cli, folder }: AppFacts): readonly Found[] {
  const { version, library } = cli;
  if (version === undefined || library === undefined) return [];
  if (reads(version, library.schema, library.minimumCli)) return [];
  return [
    unreadable(
      version,
      library.schema,
      library.minimumCli,
      `aws-cdk-lib ${library.version} of '${folder}'`,
      cli.ofProject,
    ),
  ];
}

function synthesised({ schema, folder }: SynthesisFacts): readonly Found[] {
  if (schema === undefined || reads(schema.cli, schema.version, schema.minimumCli)) return [];
  return [unreadable(schema.cli, schema.version, schema.minimumCli, `the app in '${folder}'`, false)];
}

/** What the pinned CLI reads is held by a test; of any other the library says which is the oldest that does. */
function reads(cli: string, version: number, minimum: string | undefined): boolean {
  return cli === PINNED_CLI ? version <= PINNED_SCHEMA : minimum === undefined || !isOlder(cli, minimum);
}

function unreadable(cli: string, version: number, minimum: string | undefined, who: string, ofProject: boolean): Found {
  const wanted = minimum === undefined || isOlder(minimum, PINNED_CLI) ? PINNED_CLI : minimum;
  return {
    severity: 'error',
    message: `${who} writes schema ${version}, which the CLI ${cli} does not read`,
    mend: ofProject ? `npm install --save-dev aws-cdk@${wanted}` : `cdk-version: ${wanted}`,
  };
}
