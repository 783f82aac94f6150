import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { NODE_24 } from '../../emulators/programs.js';

/** What to install where a program is missing. */
const TOOLS: Readonly<Record<string, string>> = {
  mvn: 'install Apache Maven, 3.8 or newer',
  java: 'install a JDK, 17 or newer',
  python3: 'install Python, 3.10 or newer',
  npm: 'install Node 20 or newer, which brings npm',
};

/**
 * Runs a program that makes an app and returns what it printed on standard output.
 * @param program name on the `PATH`, or a path
 * @throws Error naming the program, when it is not there or fails, with the end of what it printed
 */
export function make(program: string, args: readonly string[], folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // Maven prints some 100 lines for a failure, npm and pip thousands when they are asked to.
    const options = { cwd: folder, env: makersEnv(), maxBuffer: 64 * 1024 * 1024 };
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === 'ENOENT') reject(new Error(missing(program), { cause: error }));
      else {
        const printed = stripVTControlCharacters(`${stdout}\n${stderr}`).trim().slice(-3000);
        reject(new Error(`${program} ${args.join(' ')} failed in ${folder}:\n${printed}`, { cause: error }));
      }
    });
  });
}

/** Pure: the message for a program that is not there. */
export function missing(program: string): string {
  return `${program} was not found: ${TOOLS[program] ?? 'run node scripts/setup.mjs'}`;
}

/**
 * The environment of this process without what belongs to the test run: `npm_*` would send an `npm install` in another
 * folder to this checkout, `AWS_*` has no business in making an app.
 */
function makersEnv(): Record<string, string> {
  const env: Record<string, string> = { CDK_DISABLE_CLI_TELEMETRY: 'true' };
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(npm_|AWS_|INIT_CWD$|NODE_OPTIONS$|VITEST)/i.test(name)) env[name] = value;
  }
  env['PATH'] = [dirname(NODE_24), env['PATH'] ?? ''].join(delimiter);
  return env;
}
