import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findCli, projectCli, type Cli } from '../cdk/cli.js';
import { checkContextFile, withContextFile, type Merge } from '../cdk/context-file.js';
import { firstCause } from '../cdk/output.js';
import { resolveInside } from '../cdk/workspace.js';
import { ActionError, messageOf } from '../errors.js';
import type { AppInputs, CdkInputs } from '../inputs.js';
import type { ExecResult } from '../ports.js';
import { isRecord } from '../template/json.js';
import { mergeContext } from '../template/merge.js';
import type { Access } from './access.js';
import { announce, renderFor, type ContextRequest, type Rendered } from './app-context.js';
import type { Context } from './context.js';
import { runCdk } from './running.js';

export interface AppRequest extends ContextRequest {
  readonly inputs: AppInputs & CdkInputs;
  /** The arguments of `cdk`, once it is known what the app is like. */
  readonly args: (app: AppFacts) => readonly string[];
}

export interface AppFacts {
  readonly cliVersion: string;
  readonly command?: string;
  readonly skipBuild: boolean;
  /** Whether values may be looked up in AWS. */
  readonly lookups: boolean;
}

export interface AppRun {
  readonly result: ExecResult;
  readonly cli: Cli;
  /** Keys of what the CDK looked up, and nobody has committed. */
  readonly lookups: readonly string[];
}

/** Stands in for an account that only the credentials know, to see whether a template can be rendered at all. */
const ANY_ACCOUNT = '000000000000';

/**
 * Checks all of an app that can be checked without AWS, and writes nothing: its folder, its `cdk.json`, its own CLI, the
 * context and the file that it goes to.
 * @returns runs the project's `cdk` over the app, with the rendered context in `cdk.context.json` for as long as it
 * takes; throws `cdk` with the first cause when that fails
 * @throws ActionError `input`, `cdk`, `template` or `context`
 */
export function prepareApp(request: AppRequest, context: Context): (access: Access) => Promise<AppRun> {
  const { inputs, target } = request;
  const { workspace } = context.place;
  const folder = resolveInside(workspace, target.app.folder, 'the app folder');
  const cdkJson = readCdkJson(folder, target.app.folder, inputs.app);
  projectCli(folder, workspace);
  const merging = (rendered: Rendered): Merge => merge(rendered, cdkJson, target.app.folder);
  const files = { workspace, appFolder: target.app.folder };
  checkContextFile(files, merging(renderFor(request, target.account ?? ANY_ACCOUNT, folder, context)));

  return async (access) => {
    const { runner } = context.ports;
    const cli = await cliFor(request, folder, access, context);
    const args = request.args({
      cliVersion: cli.version,
      ...(inputs.app ? { command: inputs.app } : {}),
      skipBuild: typeof cdkJson['build'] === 'object' && cdkJson['build'] !== null,
      lookups: access.hasCredentials,
    });
    const rendered = renderFor(request, access.account, folder, context);
    announce(rendered, target, context);
    const { result, lookups, patch } = await withContextFile(
      { ...files, backupFolder: context.place.base, saveState: runner.saveState.bind(runner) },
      merging(rendered),
      () =>
        runCdk(
          {
            cli,
            args,
            cwd: folder,
            env: { ...access.env, PATH: withProjectBin(access.env['PATH'], cli) },
            title: `cdk ${args[0] ?? ''} ${target.app.folder}`,
          },
          context,
        ),
    );
    reportLookups(lookups, patch, context);
    if (result.exitCode !== 0) throw failureOf(args[0] ?? '', firstCause(result.stdout, result.stderr));
    return { result, cli, lookups: Object.keys(lookups) };
  };
}

function failureOf(command: string, cause: string): ActionError {
  // What the CLI says when it may not look up.
  const keys = /Missing context keys: '(.+)'/.exec(cause)?.[1];
  return keys === undefined ? new ActionError('cdk', `cdk ${command} failed: ${cause}`) : lookupsMissing(keys);
}

/** Look-ups that the app asked for and nobody answered. */
export function lookupsMissing(keys: string): ActionError {
  return new ActionError(
    'cdk',
    `look-ups are missing: ${keys}: synthesise once with credentials and commit what the CDK adds to cdk.context.json`,
  );
}

function merge(rendered: Rendered, cdkJson: Readonly<Record<string, unknown>>, folder: string): Merge {
  return (existing) =>
    mergeContext({
      existing,
      rendered: rendered.context,
      extra: rendered.extra,
      cdkJson: isRecord(cdkJson['context']) ? cdkJson['context'] : {},
      files: {
        rendered: rendered.file,
        extra: 'the context input',
        cdkJson: path.posix.join(folder, 'cdk.json'),
      },
    });
}

async function cliFor({ inputs }: AppRequest, folder: string, access: Access, context: Context): Promise<Cli> {
  const { exec, runner } = context.ports;
  const { workspace, toolCache } = context.place;
  const request = { appFolder: folder, workspace, wanted: inputs.cdkVersion, toolCache, env: access.env };
  const cli = await findCli(request, exec, runner);
  runner.info(`cdk ${cli.version} ${cli.origin}`);
  return cli;
}

function readCdkJson(folder: string, name: string, app: string): Readonly<Record<string, unknown>> {
  const file = path.join(folder, 'cdk.json');
  const shown = path.posix.join(name, 'cdk.json');
  if (!existsSync(file)) {
    if (app) return {};
    throw new ActionError(
      'cdk',
      `there is no cdk.json in '${name}': set working-directory, or the release's app, to its folder`,
    );
  }
  try {
    const body: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isRecord(body)) return body;
  } catch (error) {
    throw new ActionError('cdk', `${shown} is not JSON (${messageOf(error)}): mend it`);
  }
  throw new ActionError('cdk', `${shown} is not a JSON object: write {"app": "<command>"}`);
}

/** The app's command may name programs of the project, as it does in an npm script. */
function withProjectBin(searchPath: string | undefined, cli: Cli): string {
  return [path.dirname(cli.program), ...(searchPath ? [searchPath] : [])].join(path.delimiter);
}

function reportLookups(lookups: Readonly<Record<string, unknown>>, patch: string, context: Context): void {
  const keys = Object.keys(lookups);
  if (keys.length === 0) return;
  const { runner } = context.ports;
  runner.warning(
    `the CDK looked up ${keys.join(', ')}: commit the patch below, so that every synthesis sees the same values`,
    { title: 'Look-ups to commit' },
  );
  for (const line of patch.split('\n')) runner.info(line);
}
