import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.js';
import { NODE_24, PYTHON, ROOT } from '../programs.js';

export interface AwsOptions {
  /** Account of a key that names none, 12 digits. @default '111111111111' */
  readonly account?: string;
  /** Folder with packages that functions of custom resources require. @default the checkout's `node_modules` */
  readonly nodePath?: string;
}

export interface AwsEmulator {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** What it printed, for a look after a failure. */
  readonly logFile: string;
  /** Environment of a program that works in an account and region. */
  env(account: string, region: string): Record<string, string>;
  /** Forgets every resource of every account. */
  reset(): Promise<void>;
  /** Ends the emulator with everything that it started. */
  stop(): Promise<void>;
}

const EMULATOR = join(import.meta.dirname, 'emulator.py');
const LOGS = join(ROOT, '.cache/logs');
// Importing ninety services takes two seconds alone on the machine; ten times that is a machine that is very busy.
const START_LIMIT_SECONDS = 60;

/**
 * Starts the AWS engine on a free port of the loopback and waits until it answers.
 * @throws Error with the end of its log when it ends or does not answer
 */
export async function startAws(options: AwsOptions = {}): Promise<AwsEmulator> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'aws-emulator-'));
  mkdirSync(LOGS, { recursive: true });
  const logFile = join(LOGS, `aws-${port}.log`);
  const log = openSync(logFile, 'w');
  const child = spawn(PYTHON, [EMULATOR], {
    cwd: folder,
    env: environment(port, folder, options),
    // The pipe is never written to: it closes when this process dies, and the emulator ends with it.
    stdio: ['pipe', log, log],
    // A process group of its own, so that functions that it runs end with it.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('close', resolve));
  const stop = async (): Promise<void> => {
    killGroup(child);
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await healthy(endpoint, child);
  } catch (error) {
    await stop();
    throw new Error(`the AWS emulator did not start, see ${logFile}:\n${readFileSync(logFile, 'utf8').slice(-2000)}`, {
      cause: error,
    });
  }
  return {
    endpoint,
    logFile,
    env: (account, region) => awsEnv(endpoint, account, region),
    reset: async () => {
      const answer = await fetch(`${endpoint}/_ministack/reset`, { method: 'POST' });
      if (!answer.ok) throw new Error(`the AWS emulator did not reset: ${answer.status}`);
    },
    stop,
  };
}

/** Environment of a program that works at an endpoint; a 12-digit access key id *is* the account there. */
export function awsEnv(endpoint: string, account: string, region: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'emulated-secret-access-key',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

function environment(port: number, folder: string, options: AwsOptions): Record<string, string> {
  return {
    PATH: [dirname(NODE_24), process.env['PATH'] ?? ''].join(delimiter),
    HOME: folder,
    TMPDIR: folder,
    STATE_DIR: join(folder, 'state'),
    NODE_PATH: options.nodePath ?? join(ROOT, 'node_modules'),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: options.account ?? '111111111111',
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    STOP_AT_EOF: '1',
  };
}

async function healthy(endpoint: string, child: ChildProcess): Promise<void> {
  const limit = Date.now() + START_LIMIT_SECONDS * 1000;
  let failure: unknown;
  while (Date.now() < limit) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    try {
      const answer = await fetch(`${endpoint}/_ministack/health`);
      if (answer.ok) return;
    } catch (error) {
      failure = error;
    }
    await pause(50);
  }
  throw new Error(`no answer within ${START_LIMIT_SECONDS} s`, { cause: failure });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
