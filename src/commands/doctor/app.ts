import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { AppFacts } from '../../doctor/facts.js';
import { known, unknown } from '../../doctor/model.js';
import { starterOf, versionIn, WANTING, wantsOf } from '../../doctor/wants.js';
import type { DoctorInputs } from '../../inputs.js';
import { isRecord } from '../../template/json.js';
import type { Context } from '../context.js';
import { cliFacts } from './cli.js';
import { foldersUp, readText } from './files.js';
import { gitFacts } from './git.js';

/** What lies in an app's folder, and which programs there are for it. */
export async function appFacts(
  folder: string,
  templates: readonly string[],
  inputs: DoctorInputs,
  context: Context,
): Promise<AppFacts> {
  const { workspace } = context.place;
  const cdkJson = readCdkJson(folder, inputs.app, workspace);
  const folders = foldersUp(workspace, folder);
  // The nearest file of a kind counts, as it does for the tools themselves.
  const wants = WANTING.flatMap((name) => {
    const file = folders.map((one) => inFolder(one, name)).find((one) => existsSync(path.join(workspace, one)));
    return file === undefined ? [] : wantsOf(file, readText(workspace, file) ?? '');
  });
  const command = inputs.app || ('value' in cdkJson ? cdkJson.value.body['app'] : undefined);
  const starter = typeof command === 'string' ? starterOf(command) : undefined;
  const versions = await Promise.all(
    [...new Set(wants.map(({ program }) => program))].map(
      async (name) => [name, await versionOf(name, context)] as const,
    ),
  );
  return {
    folder,
    cdkJson,
    contexts: textsOf(folder, templates, workspace),
    cli: cliFacts(folders, inputs.cdkVersion, workspace),
    wants,
    programs: {
      ...(starter === undefined ? {} : { [starter]: onPath(starter, context) === undefined ? null : '' }),
      ...Object.fromEntries(versions),
    },
    git: await gitFacts(folder, context),
  };
}

function readCdkJson(folder: string, app: string, workspace: string): AppFacts['cdkJson'] {
  const file = inFolder(folder, 'cdk.json');
  const text = readText(workspace, file);
  if (text === undefined) return app ? known({ file, body: {}, text: '' }) : unknown(`there is no ${file}`);
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body)) return known({ file, body, text });
  } catch {
    // Told by the check of the synthesis, in the words of a run.
  }
  return unknown(`${file} is no JSON object`);
}

/** Files in which an account may stand: the cached look-ups, and templates of the context. */
function textsOf(folder: string, templates: readonly string[], workspace: string): AppFacts['contexts'] {
  const beside = existsSync(path.join(workspace, folder))
    ? readdirSync(path.join(workspace, folder)).filter((name) =>
        /^cdk\.context(?:\.template)?\.(?:json|ya?ml)$/.test(name),
      )
    : [];
  const files = new Set([...beside.map((name) => inFolder(folder, name)), ...templates]);
  return [...files].flatMap((file) => {
    const text = readText(workspace, file);
    return text === undefined ? [] : { file, text };
  });
}

/** Null for a program that is not there. */
async function versionOf(program: string, context: Context): Promise<string | null> {
  const { env, ports, place } = context;
  // Maven and Gradle take the one of JAVA_HOME first.
  const home = program === 'java' && env['JAVA_HOME'] ? path.join(env['JAVA_HOME'], 'bin', 'java') : undefined;
  const found =
    home !== undefined && existsSync(home)
      ? home
      : (onPath(program, context) ?? (program === 'python3' ? onPath('python', context) : undefined));
  if (found === undefined) return null;
  const variables = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  try {
    const args = [program === 'java' ? '-version' : '--version'];
    // Outside of the checkout, where no file of it decides which version a manager hands out.
    const result = await ports.exec.run(found, args, { cwd: place.temp, env: Object.fromEntries(variables) });
    return result.exitCode === 0 ? (versionIn(`${result.stdout}${result.stderr}`) ?? '') : null;
  } catch {
    return null;
  }
}

function onPath(program: string, { env }: Context): string | undefined {
  const ends = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  return (env['PATH'] ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .flatMap((folder) => ends.map((end) => path.join(folder, `${program}${end}`)))
    .find((file) => existsSync(file));
}

/** A file's path from the workspace. */
export function inFolder(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}
