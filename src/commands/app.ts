import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { findCli, type Cli } from '../cdk/cli.js';
import { withContextFile } from '../cdk/context-file.js';
import { firstCause, forLog } from '../cdk/output.js';
import { partialsBeside, readTemplate, resolveInside } from '../cdk/workspace.js';
import { contextVariables } from '../environment/variables.js';
import type { Resolution, ResolvedTarget } from '../environment/model.js';
import { ActionError, messageOf } from '../errors.js';
import type { AppInputs, CdkInputs } from '../inputs.js';
import { maskText } from '../mask.js';
import type { ExecResult } from '../ports.js';
import { isRecord } from '../template/json.js';
import { mergeContext } from '../template/merge.js';
import { renderContext } from '../template/render.js';
import { describeContext, secretValues } from '../template/secret.js';
import type { Access } from './access.js';
import type { Context } from './context.js';
import { runFacts } from './facts.js';

export interface AppRequest {
  readonly inputs: AppInputs & CdkInputs;
  readonly resolution: Resolution;
  readonly target: ResolvedTarget;
  readonly access: Access;
  /** The arguments of `cdk`, once it is known what the app is like. */
  readonly args: (app: { readonly command?: string; readonly skipBuild: boolean }) => readonly string[];
}

export interface AppRun {
  readonly result: ExecResult;
  readonly cli: Cli;
}

/** Templates that are taken without being named. */
const TEMPLATES = ['json', 'yaml', 'yml'].map((end) => `cdk.context.template.${end}`);

/**
 * Runs the project's `cdk` over the app, with the rendered context in `cdk.context.json` for as long as it takes.
 * @throws ActionError `cdk` with the first cause when it fails, `template` or `context` before anything is touched
 */
export async function runApp(request: AppRequest, context: Context): Promise<AppRun> {
  const { inputs, target, access } = request;
  const { exec, runner } = context.ports;
  const { workspace, base, toolCache } = context.place;
  const folder = resolveInside(workspace, target.app.folder, 'the app folder');
  const cdkJson = readCdkJson(folder, target.app.folder, inputs.app);
  const rendered = renderFor(request, folder, context);
  const args = request.args({
    ...(inputs.app ? { command: inputs.app } : {}),
    skipBuild: typeof cdkJson['build'] === 'object' && cdkJson['build'] !== null,
  });
  const merge = (existing: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
    mergeContext({
      existing,
      rendered: rendered.context,
      extra: rendered.extra,
      cdkJson: isRecord(cdkJson['context']) ? cdkJson['context'] : {},
      files: {
        rendered: rendered.file,
        extra: 'the context input',
        cdkJson: path.posix.join(target.app.folder, 'cdk.json'),
      },
    });
  const cli = await findCli(
    { appFolder: folder, workspace, wanted: inputs.cdkVersion, toolCache, env: access.env },
    exec,
    runner,
  );
  runner.info(`cdk ${cli.version} ${cli.origin}`);
  const title = `cdk ${args[0] ?? ''} ${target.app.folder}`;
  const run = (): Promise<ExecResult> =>
    runner.group(title, () =>
      exec.run(cli.program, args, {
        cwd: folder,
        env: { ...access.env, PATH: withProjectBin(access.env['PATH'], cli) },
        onLine: (line) => {
          runner.info(forLog(line));
        },
      }),
    );
  const files = {
    workspace,
    appFolder: target.app.folder,
    backupFolder: base,
    saveState: runner.saveState.bind(runner),
  };
  const { result, lookups, patch } = await withContextFile(files, merge, run);
  reportLookups(lookups, patch, context);
  if (result.exitCode !== 0) {
    throw new ActionError('cdk', `cdk ${args[0] ?? ''} failed: ${firstCause(result.stdout, result.stderr)}`);
  }
  return { result, cli };
}

interface Rendered {
  readonly file: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly extra: Readonly<Record<string, unknown>>;
}

function renderFor({ inputs, resolution, target, access }: AppRequest, folder: string, context: Context): Rendered {
  const { runner } = context.ports;
  const { workspace } = context.place;
  const known = access.account === undefined ? target : { ...target, account: access.account };
  const variables = {
    ...contextVariables(resolution, known, runFacts(context.env)),
    ...mapping(inputs.variables, 'variables'),
  };
  const file = templateOf(inputs, target, folder);
  const template = file === undefined ? undefined : readTemplate(workspace, file);
  const rendered =
    template && renderContext({ ...template, variables, partials: partialsBeside(workspace, file ?? '') });
  const extra = inputs.context
    ? renderContext({ text: inputs.context, file: 'the context input', variables })
    : undefined;
  const all = { ...rendered?.context, ...extra?.context };
  for (const secret of secretValues(all)) runner.mask(secret);
  if (template) runner.info(`context from ${template.file}:`);
  for (const line of describeContext(all)) runner.info(`  ${line}`);
  keepContext(all, target, context);
  return { file: template?.file ?? '', context: rendered?.context ?? {}, extra: extra?.context ?? {} };
}

/** The rendered context beside the assembly, secrets masked: for a reader, and to compare. */
function keepContext(rendered: Readonly<Record<string, unknown>>, target: ResolvedTarget, context: Context): void {
  const file = path.join(context.place.results, target.id, 'context.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${maskText(JSON.stringify(rendered, null, 2), context.ports.runner.secrets())}\n`);
}

function templateOf(inputs: AppInputs, target: ResolvedTarget, folder: string): string | undefined {
  const named = inputs.contextTemplate || target.app.contextTemplate;
  if (named) return named;
  const found = TEMPLATES.find((name) => existsSync(path.join(folder, name)));
  return found === undefined ? undefined : path.join(folder, found);
}

function mapping(text: string, input: string): Readonly<Record<string, unknown>> {
  if (!text) return {};
  try {
    const value: unknown = parseYaml(text);
    if (isRecord(value)) return value;
  } catch (error) {
    throw new ActionError('input', `${input} is not YAML: ${messageOf(error).split('\n', 1)[0] ?? ''}`);
  }
  throw new ActionError('input', `${input} is not a mapping of names to values`);
}

function readCdkJson(folder: string, name: string, app: string): Readonly<Record<string, unknown>> {
  const file = path.join(folder, 'cdk.json');
  if (!existsSync(file)) {
    if (app) return {};
    throw new ActionError(
      'cdk',
      `there is no cdk.json in ${name}: set working-directory, or the release's app, to its folder`,
    );
  }
  try {
    const body: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isRecord(body)) return body;
  } catch (error) {
    throw new ActionError('cdk', `${name}/cdk.json is not JSON: ${messageOf(error)}`);
  }
  throw new ActionError('cdk', `${name}/cdk.json is not a JSON object`);
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
