import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ActionError, messageOf } from '../errors.js';
import type { Exec, Runner } from '../ports.js';
import { firstCause } from './output.js';
import { PINNED_CLI } from './version.js';

export { PINNED_CLI } from './version.js';

/** What npm has to find behind the pinned version, from the registry's own listing. */
export const PINNED_INTEGRITY =
  'sha512-K3d02L17IwmAuiBWNuX1DzYhKUs9GrKYI7bZnGJfJ1bKz9ymXFxfudBOL3rUb8JAusDNSULiQU2fsJH7kyY2XA==';

/**
 * Version of the bootstrap template that the pinned CLI brings; a test holds it to the CLI. A stack of this version or
 * a newer one is left alone: an older template would take away permissions that somebody relies on.
 */
export const BOOTSTRAP_VERSION = 33;

/** A command line of the CDK. */
export interface Cli {
  readonly program: string;
  readonly version: string;
  /** Whose it is, for the log. */
  readonly origin: string;
}

export interface CliRequest {
  /** Folder of the app. @default a given assembly is used: the project's own CLI is not asked */
  readonly appFolder?: string;
  readonly workspace: string;
  /** The input `cdk-version`, checked; empty for the pinned one. */
  readonly wanted: string;
  /** Folder that outlives the job, outside of the checkout. */
  readonly toolCache: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The CLI to use: the project's own for its app, else one that is installed outside of the checkout and its `.npmrc`.
 * @throws ActionError `cdk`
 */
export async function findCli(request: CliRequest, exec: Exec, runner: Runner): Promise<Cli> {
  const own = request.appFolder === undefined ? undefined : projectCli(request.appFolder, request.workspace);
  if (own !== undefined) {
    if (request.wanted && request.wanted !== own.version) {
      runner.warning(
        `cdk-version ${request.wanted} is not used: the project brings ${own.version} (${own.program}); ` +
          `change it in its package.json`,
      );
    }
    return own;
  }
  return install(request.wanted || PINNED_CLI, request, exec, runner);
}

/**
 * The project's own CLI: `node_modules/.bin/cdk`, from the app's folder up to the workspace.
 * @throws ActionError `cdk` when it is the release that reads no current assembly
 */
export function projectCli(appFolder: string, workspace: string): Cli | undefined {
  for (let folder = appFolder; ; folder = path.dirname(folder)) {
    const program = programIn(folder);
    const version = existsSync(program) ? versionIn(folder) : undefined;
    if (version !== undefined) return { program, version, origin: 'of the project' };
    if (folder === workspace || folder === path.dirname(folder)) return undefined;
  }
}

function programIn(folder: string): string {
  return path.join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'cdk.cmd' : 'cdk');
}

function versionIn(folder: string): string | undefined {
  const file = path.join(folder, 'node_modules', 'aws-cdk', 'package.json');
  if (!existsSync(file)) return undefined;
  const version = versionOf(file);
  if (version === '3.0.0') {
    throw new ActionError(
      'cdk',
      `${file} is aws-cdk 3.0.0, a release by accident that reads no current assembly: install aws-cdk@${PINNED_CLI}`,
    );
  }
  return version;
}

function versionOf(file: string): string {
  try {
    return z.looseObject({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
  } catch (error) {
    throw new ActionError('cdk', `${file} does not tell a version: install the project's packages anew`, {
      cause: error,
    });
  }
}

async function install(version: string, request: CliRequest, exec: Exec, runner: Runner): Promise<Cli> {
  const folder = path.join(request.toolCache, 'deploy-action', 'aws-cdk', version);
  const cli: Cli = { program: programIn(folder), version, origin: 'of this action' };
  if (existsSync(cli.program)) return cli;
  runner.info(`installing aws-cdk ${version}`);
  const parent = path.dirname(folder);
  mkdirSync(parent, { recursive: true });
  // Installed beside and moved, so that a job that is cancelled leaves no half of it.
  const draft = mkdtempSync(path.join(parent, `${version}-`));
  try {
    writeFileSync(
      path.join(draft, 'package.json'),
      JSON.stringify({ private: true, dependencies: { 'aws-cdk': version } }),
    );
    const pinned = version === PINNED_CLI;
    if (pinned) writeFileSync(path.join(draft, 'package-lock.json'), JSON.stringify(lock()));
    const args = [pinned ? 'ci' : 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
    const result = await exec.run('npm', args, { cwd: draft, env: request.env });
    if (result.exitCode !== 0) {
      throw new ActionError(
        'cdk',
        `aws-cdk ${version} cannot be installed: ${firstCause(result.stdout, result.stderr)}`,
      );
    }
    if (!existsSync(programIn(draft))) {
      throw new ActionError('cdk', `aws-cdk ${version} cannot be installed: npm left no program of it`);
    }
    // What stands there without a program is of no use to anybody.
    if (!existsSync(cli.program)) rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(cli.program)) {
      throw error instanceof ActionError
        ? error
        : new ActionError('cdk', `aws-cdk ${version} cannot be installed: ${messageOf(error)}`, { cause: error });
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return cli;
}

/** A lock file of the one package, so that npm refuses any other content. */
function lock(): unknown {
  const dependencies = { 'aws-cdk': PINNED_CLI };
  return {
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { dependencies },
      'node_modules/aws-cdk': { version: PINNED_CLI, integrity: PINNED_INTEGRITY, bin: { cdk: 'bin/cdk' } },
    },
  };
}
