import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PINNED_SCHEMA } from '../../src/cdk/assembly/check.js';
import { BOOTSTRAP_VERSION, findCli, PINNED_CLI, PINNED_INTEGRITY, type Cli } from '../../src/cdk/cli.js';
import { ActionError } from '../../src/errors.js';
import type { Exec, ExecOptions, ExecResult, Runner } from '../../src/ports.js';

let root: string;
const at = (...names: string[]): string => path.join(root, ...names);

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'cli-')));
  mkdirSync(at('checkout/apps/web'), { recursive: true });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** What `npm install aws-cdk` leaves. */
function installed(folder: string, version: string | undefined = PINNED_CLI): string {
  mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
  mkdirSync(path.join(folder, 'node_modules/aws-cdk'), { recursive: true });
  const program = path.join(folder, 'node_modules/.bin/cdk');
  writeFileSync(program, '');
  writeFileSync(path.join(folder, 'node_modules/aws-cdk/package.json'), JSON.stringify({ version }));
  return program;
}

interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly options: ExecOptions;
  /** What lay in the folder at the time. */
  readonly files: Readonly<Record<string, unknown>>;
}

const DONE: ExecResult = { exitCode: 0, stdout: '', stderr: '' };

function world(run: (call: Call) => ExecResult = DONE_WITH_PROGRAM) {
  const calls: Call[] = [];
  const said: string[] = [];
  const exec: Exec = {
    run: (program, args, options) => {
      const files = Object.fromEntries(
        readdirSync(options.cwd).map((name) => [name, JSON.parse(readFileSync(path.join(options.cwd, name), 'utf8'))]),
      ) as Record<string, unknown>;
      const call = { program, args, options, files };
      calls.push(call);
      return Promise.resolve(run(call));
    },
  };
  const tell = (message: string): void => {
    said.push(message);
  };
  const runner = { info: tell, warning: tell } as unknown as Runner;
  const find = (wanted = '', appFolder?: string): Promise<Cli> =>
    findCli(
      {
        ...(appFolder === undefined ? {} : { appFolder: at(appFolder) }),
        workspace: at('checkout'),
        wanted,
        toolCache: at('tools'),
        env: { PATH: '/bin' },
      },
      exec,
      runner,
    );
  return { calls, said, find };
}

function DONE_WITH_PROGRAM({ options }: Call): ExecResult {
  installed(options.cwd);
  return DONE;
}

describe('the project’s own', () => {
  test.each(['checkout/apps/web', 'checkout/apps', 'checkout'])('in %s', async (folder) => {
    const program = installed(at(folder), '2.99.0');
    const { find, calls } = world();
    expect(await find('', 'checkout/apps/web')).toEqual({ program, version: '2.99.0', origin: 'of the project' });
    expect(calls).toEqual([]);
  });

  test('the nearest of several', async () => {
    installed(at('checkout'), '2.1.0');
    installed(at('checkout/apps/web'), '2.2.0');
    expect((await world().find('', 'checkout/apps/web')).version).toBe('2.2.0');
  });

  test('but not one above the workspace', async () => {
    installed(root, '2.1.0');
    expect(await world().find('', 'checkout/apps/web')).toMatchObject({
      version: PINNED_CLI,
      origin: 'of this action',
    });
  });

  test('but not for a given assembly', async () => {
    installed(at('checkout'), '2.1.0');
    expect(await world().find()).toMatchObject({ version: PINNED_CLI, origin: 'of this action' });
  });

  test('wins over cdk-version, which is told', async () => {
    installed(at('checkout'), '2.1.0');
    const { find, said } = world();
    expect((await find('2.2.0', 'checkout')).version).toBe('2.1.0');
    expect(said.join()).toMatch(/^cdk-version 2\.2\.0 is not used: the project brings 2\.1\.0 .*package\.json$/);
  });

  test('is taken without a word when it is the wanted one', async () => {
    installed(at('checkout'), '2.1.0');
    const { find, said } = world();
    await find('2.1.0', 'checkout');
    expect(said).toEqual([]);
  });

  test('3.0.0 is refused', async () => {
    installed(at('checkout'), '3.0.0');
    await expect(world().find('', 'checkout')).rejects.toThrow(
      new ActionError(
        'cdk',
        `${at('checkout/node_modules/aws-cdk/package.json')} is aws-cdk 3.0.0, a release by accident that reads no ` +
          `current assembly: install aws-cdk@${PINNED_CLI}`,
      ),
    );
  });

  test.each(['', 'x', '{}', '[]'])('a package.json that holds %j', async (text) => {
    installed(at('checkout'));
    const file = at('checkout/node_modules/aws-cdk/package.json');
    writeFileSync(file, text);
    await expect(world().find('', 'checkout')).rejects.toThrow(
      new ActionError('cdk', `${file} does not tell a version: install the project's packages anew`),
    );
  });

  test.each(['node_modules/.bin/cdk', 'node_modules/aws-cdk'])('half of one, without %s, is none', async (missing) => {
    installed(at('checkout'), '2.1.0');
    rmSync(at('checkout', missing), { recursive: true });
    expect((await world().find('', 'checkout')).origin).toBe('of this action');
  });
});

describe('our own', () => {
  const folder = (version: string): string => at('tools/deploy-action/aws-cdk', version);
  const ARGS = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];

  test('the pinned version is installed with a lock', async () => {
    const { find, calls, said } = world();
    const cli = await find();
    expect(cli).toEqual({
      program: path.join(folder(PINNED_CLI), 'node_modules/.bin/cdk'),
      version: PINNED_CLI,
      origin: 'of this action',
    });
    expect(existsSync(cli.program)).toBe(true);
    expect(said).toEqual([`installing aws-cdk ${PINNED_CLI}`]);
    const [call] = calls;
    expect(calls).toHaveLength(1);
    expect([call?.program, call?.args]).toEqual(['npm', ['ci', ...ARGS]]);
    expect(call?.options.env).toEqual({ PATH: '/bin' });
    expect(call?.options.cwd.startsWith(at('checkout'))).toBe(false);
    expect(call?.files['package.json']).toEqual({ private: true, dependencies: { 'aws-cdk': PINNED_CLI } });
    expect(call?.files['package-lock.json']).toMatchObject({
      lockfileVersion: 3,
      packages: { 'node_modules/aws-cdk': { version: PINNED_CLI, integrity: PINNED_INTEGRITY } },
    });
  });

  test('another version without one', async () => {
    const { find, calls } = world();
    expect((await find('2.1000.0')).program).toBe(path.join(folder('2.1000.0'), 'node_modules/.bin/cdk'));
    expect(calls[0]?.args).toEqual(['install', ...ARGS]);
    expect(calls[0]?.files).toEqual({ 'package.json': { private: true, dependencies: { 'aws-cdk': '2.1000.0' } } });
  });

  test('is installed once', async () => {
    const { find, calls } = world();
    expect(await find()).toEqual(await find());
    expect(calls).toHaveLength(1);
  });

  test('what another job has installed meanwhile is taken', async () => {
    const { find } = world((call) => {
      installed(folder(PINNED_CLI));
      return DONE_WITH_PROGRAM(call);
    });
    expect(existsSync((await find()).program)).toBe(true);
    expect(readdirSync(at('tools/deploy-action/aws-cdk'))).toEqual([PINNED_CLI]);
  });

  test('what lies there without a program is replaced', async () => {
    mkdirSync(path.join(folder(PINNED_CLI), 'node_modules'), { recursive: true });
    expect(existsSync((await world().find()).program)).toBe(true);
  });

  test.each<[string, (call: Call) => ExecResult, string]>([
    [
      'npm fails',
      (call) => {
        installed(call.options.cwd);
        return { exitCode: 1, stdout: '', stderr: 'npm error code ETARGET\nnpm error notarget No matching version' };
      },
      `aws-cdk ${PINNED_CLI} cannot be installed: No matching version`,
    ],
    ['npm leaves nothing', () => DONE, `aws-cdk ${PINNED_CLI} cannot be installed: npm left no program of it`],
    [
      'there is no npm',
      () => {
        throw new Error('unable to locate executable file: npm');
      },
      `aws-cdk ${PINNED_CLI} cannot be installed: unable to locate executable file: npm`,
    ],
  ])('%s: nothing is left', async (_, run, message) => {
    await expect(world(run).find()).rejects.toThrow(new ActionError('cdk', message));
    expect(readdirSync(at('tools/deploy-action/aws-cdk'))).toEqual([]);
  });
});

describe('what is pinned is what the repository has', () => {
  const here = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const json = (name: string): unknown => JSON.parse(readFileSync(here(name), 'utf8'));

  test('the version', () => {
    expect(json('package.json')).toMatchObject({ devDependencies: { 'aws-cdk': PINNED_CLI } });
    expect(json('node_modules/aws-cdk/package.json')).toMatchObject({ version: PINNED_CLI });
  });

  test('its content', () => {
    expect(json('package-lock.json')).toMatchObject({
      packages: { 'node_modules/aws-cdk': { version: PINNED_CLI, integrity: PINNED_INTEGRITY } },
    });
  });

  test('the bootstrap template', () => {
    const text = readFileSync(here('node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');
    const template = parse(text, { logLevel: 'error' }) as {
      readonly Resources: { readonly CdkBootstrapVersion: { readonly Properties: { readonly Value: string } } };
    };
    expect(template.Resources.CdkBootstrapVersion.Properties.Value).toBe(String(BOOTSTRAP_VERSION));
  });

  test('the schema: it reads the highest, and none above', async () => {
    const list = async (schema: number): Promise<string> => {
      const folder = at(`schema-${schema}`);
      mkdirSync(folder);
      writeFileSync(
        path.join(folder, 'manifest.json'),
        JSON.stringify({
          version: `${schema}.0.0`,
          artifacts: {
            Only: {
              type: 'aws:cloudformation:stack',
              environment: 'aws://111122223333/eu-west-1',
              properties: { templateFile: 'only.json' },
            },
          },
        }),
      );
      writeFileSync(path.join(folder, 'only.json'), '{}');
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [here('node_modules/aws-cdk/bin/cdk'), 'ls', '--app', folder, '--no-notices'],
        { cwd: root, env: { HOME: root, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: '1' } },
      );
      return stdout.trim();
    };
    expect(await list(PINNED_SCHEMA)).toBe('Only');
    await expect(list(PINNED_SCHEMA + 1)).rejects.toThrow(
      `Maximum schema version supported is ${PINNED_SCHEMA}.x.x, but found ${PINNED_SCHEMA + 1}.0.0`,
    );
  }, 60_000);
});
