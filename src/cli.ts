import { parseArgs } from 'node:util';
import { CONTEXT_FILE_STATE, restoreContextFile } from './cdk/context-file.js';
import type { Context } from './commands/context.js';
import { doctor } from './commands/doctor.js';
import { messageOf, userError } from './errors.js';
import { readInputs, type DoctorInputs } from './inputs.js';
import { closePlace, openPlace } from './place.js';
import type { Place, Ports, Runner } from './ports.js';

const USAGE = `usage: deploy-action doctor [--<input> <value> …]

Finds what would make the next run fail, before it runs: in the checkout that it is started in and, with the AWS
credentials of this terminal, in the account. What only a job on GitHub can know is listed as not checked.

  --environment <name>         environment of the config file
  --release <name>             release of the config file
  --config <file>              by default .github/deploy.yml
  --working-directory <dir>    folder of the app, without a config file
  --aws-region <region>        region, where the config has none
  --synth false                does not run the app
  --synth-twice false          runs it once only

Every other input of the command doctor works as well. The exit code is 1 when something is an error.
`;

/** Exit code of a program that was interrupted, as shells have it: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

type Streams = { readonly out: (text: string) => void; readonly error: (text: string) => void };

const STREAMS: Streams = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
};

/**
 * The shell at a terminal, as `index.ts` is the one on a runner.
 * @param words what stands behind the program's name
 * @returns the exit code
 */
export async function cli(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  ports: Ports,
  streams = STREAMS,
): Promise<number> {
  const [command, ...rest] = words;
  if (command === undefined || words.includes('--help') || words.includes('-h')) {
    streams.out(USAGE);
    return command === undefined ? 1 : 0;
  }
  try {
    if (command !== 'doctor') throw new RangeError(`'${command}' runs on GitHub only: here there is doctor`);
    return await run(rest, env, ports, streams);
  } catch (error) {
    const known = userError(error);
    // A word that nobody knows is no defect.
    const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    if (known === undefined && !isUsage && !(error instanceof RangeError)) throw error;
    streams.error(`${known === undefined ? '' : `${known.code}: `}${messageOf(known ?? error)}\n`);
    return 1;
  }
}

async function run(words: readonly string[], env: NodeJS.ProcessEnv, ports: Ports, streams: Streams): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: options(), strict: true });
  const inputs = readInputs((name) => (name === 'command' ? 'doctor' : (values[name] ?? ''))) as DoctorInputs;
  const place = openPlace(env, () => undefined);
  const state = new Map<string, string>();
  const runner = terminal(ports.runner, streams, (name, value) => state.set(name, value));
  const context: Context = { ports: { ...ports, runner }, place, env, payload: {} };
  // What the post step does on a runner.
  const interrupted = (): void => {
    restoreContextFile(state.get(CONTEXT_FILE_STATE) ?? '');
    closePlace(place.temp);
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupted);
  try {
    const { failure } = await doctor({ ...inputs, summary: false }, context);
    return failure === undefined ? 0 : 1;
  } finally {
    process.off('SIGINT', interrupted);
    closePlace(place.temp);
  }
}

/** Every input of the command, by its own name. */
function options(): Record<string, { readonly type: 'string' }> {
  const names = new Set<string>();
  readInputs((name) => {
    names.add(name);
    return name === 'command' ? 'doctor' : '';
  });
  names.delete('command');
  return Object.fromEntries([...names].map((name) => [name, { type: 'string' }]));
}

/** Plain text, without the commands that a runner reads from a log. What a child prints is shown only when it fails. */
function terminal(runner: Runner, { out, error }: Streams, saveState: Runner['saveState']): Runner {
  const told = (level: string) => (message: string, place?: Place) => {
    // The table has what stands in a file.
    if (place?.file === undefined) error(`${level}: ${message}\n`);
  };
  const secrets = new Set<string>();
  let inGroup = false;
  return {
    ...runner,
    info: (message) => {
      if (!inGroup) out(`${message}\n`);
    },
    debug: () => undefined,
    notice: told('notice'),
    warning: told('warning'),
    error: told('error'),
    group: async (title, body) => {
      error(`${title}\n`);
      inGroup = true;
      try {
        return await body();
      } finally {
        inGroup = false;
      }
    },
    mask: (value) => {
      if (value !== '') secrets.add(value);
    },
    secrets: () => [...secrets],
    output: () => undefined,
    summary: () => Promise.resolve(),
    saveState,
  };
}
