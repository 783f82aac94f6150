import { writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { NODE_24 } from '../../emulators/programs.js';
import { cached, copyApp } from './cache.js';
import { replaceIn } from './edit.js';
import type { ForeignApp } from './model.js';
import { make } from './programs.js';
import { CDK } from './typescript.js';

/** What `cdk init` leaves open (`aws-cdk-lib>=2.275.0,<3.0.0`), as pip resolved it in November 2026. */
const PINS = ['aws-cdk-lib==2.275.0', 'constructs==10.8.1', 'jsii==1.142.0', 'aws-cdk.cloud-assembly-schema==55.3.0'];

/**
 * `cdk init sample-app --language python`, installed as `cdk init` does it, in a folder of a test's own.
 * @param folder is made when it is not there
 * @throws Error naming python3 when there is none
 */
export async function samplePython(folder: string): Promise<ForeignApp> {
  // Compiled parts of packages fit one Python only.
  const python = await make('python3', ['--version'], dirname(CDK));
  const app = await cached('sample-python', { version: 1, PINS, python }, async (kitchen) => {
    await make(CDK, ['init', 'sample-app', '--language', 'python', '--generate-only'], kitchen);
    await writeFile(join(kitchen, 'requirements.txt'), `${PINS.join('\n')}\n`);
    await make('python3', ['-m', 'venv', '.venv'], kitchen);
    await make(venv(kitchen, 'python'), ['-m', 'pip', 'install', '--quiet', '-r', 'requirements.txt'], kitchen);
  });
  await copyApp(app, folder);
  return {
    folder,
    env: activated(folder),
    inputs: {},
    stack: { id: 'SamplePythonStack', name: 'SamplePythonStack' },
    change: {
      before: '300',
      after: '120',
      apply: () => replaceIn(join(folder, 'sample_python/sample_python_stack.py'), 'seconds(300)', 'seconds(120)'),
    },
  };
}

/**
 * What `. .venv/bin/activate` sets; a workflow keeps it for the next step with `echo "$PWD/.venv/bin" >> "$GITHUB_PATH"`.
 * `python3` in `cdk.json` is then the one that has the packages.
 */
function activated(folder: string): Record<string, string> {
  const path = [join(folder, '.venv/bin'), dirname(NODE_24), process.env['PATH'] ?? ''];
  return { VIRTUAL_ENV: join(folder, '.venv'), PATH: path.join(delimiter) };
}

function venv(folder: string, program: string): string {
  return join(folder, '.venv/bin', program);
}
