import { existsSync } from 'node:fs';
import path from 'node:path';
import { PINNED_CLI } from '../../cdk/version.js';
import type { CliFacts } from '../../doctor/facts.js';
import { lineAt } from '../../doctor/wants.js';
import { isRecord } from '../../template/json.js';
import { inFolder } from './app.js';
import { readText } from './files.js';

/** Which CLI would run, what the project asks for, and what its library writes. */
export function cliFacts(folders: readonly string[], wanted: string, workspace: string): CliFacts {
  const json = (file: string): Readonly<Record<string, unknown>> => parsed(readText(workspace, file));
  const first = <T>(look: (folder: string) => T | undefined): T | undefined => {
    for (const folder of folders) {
      const found = look(folder);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const programIn = (folder: string): boolean => existsSync(path.join(workspace, folder, 'node_modules/.bin/cdk'));
  const own = first((folder) => {
    const file = inFolder(folder, 'node_modules/aws-cdk/package.json');
    const version = textOf(json(file)['version']);
    return version !== undefined && programIn(folder) ? { version, file } : undefined;
  });
  const installed = own ?? first((folder) => lockedIn(inFolder(folder, 'package-lock.json'), json));
  const asked = first((folder) => askedIn(inFolder(folder, 'package.json'), workspace));
  const library = first((folder) => libraryIn(inFolder(folder, 'node_modules'), json));
  return {
    version: own?.version ?? (wanted || PINNED_CLI),
    ofProject: own !== undefined,
    ...(installed === undefined ? {} : { installed }),
    ...(asked === undefined ? {} : { asked }),
    ...(library === undefined ? {} : { library }),
  };
}

type Read = (file: string) => Readonly<Record<string, unknown>>;

function lockedIn(file: string, json: Read): CliFacts['installed'] {
  const packages = json(file)['packages'];
  const entry = isRecord(packages) ? packages['node_modules/aws-cdk'] : undefined;
  const version = isRecord(entry) ? textOf(entry['version']) : undefined;
  return version === undefined ? undefined : { version, file };
}

function askedIn(file: string, workspace: string): CliFacts['asked'] {
  const text = readText(workspace, file);
  const body = parsed(text);
  const ranges = ['devDependencies', 'dependencies'].flatMap((key) => {
    const all = body[key];
    return isRecord(all) ? (textOf(all['aws-cdk']) ?? []) : [];
  });
  const [range] = ranges;
  if (range === undefined || text === undefined) return undefined;
  return { range, file, line: lineAt(text, Math.max(0, text.indexOf('"aws-cdk"'))) };
}

/** The package with the schema lies within the library, or beside it. */
function libraryIn(modules: string, json: Read): CliFacts['library'] {
  const version = textOf(json(`${modules}/aws-cdk-lib/package.json`)['version']);
  if (version === undefined) return undefined;
  for (const folder of [`${modules}/aws-cdk-lib/node_modules`, modules]) {
    const schema = json(`${folder}/@aws-cdk/cloud-assembly-schema/schema/version.json`)['revision'];
    const minimumCli = textOf(json(`${folder}/@aws-cdk/cloud-assembly-schema/cli-version.json`)['version']);
    if (typeof schema === 'number' && minimumCli !== undefined) return { version, schema, minimumCli };
  }
  return undefined;
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
