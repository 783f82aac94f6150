import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { whenEnding } from '../ending.js';
import { NODE_24 } from '../programs.js';

export interface ProcessOptions {
  readonly file: string;
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** The run is cancelled, as GitHub does it, at the first line that this is true of. @default never */
  readonly cancelAt?: ((line: string) => boolean) | undefined;
  readonly timeoutSeconds: number;
}

export interface ProcessResult {
  /** 128 and the signal's number when a signal ended it, as a shell counts. */
  readonly exitCode: number;
  readonly cancelled: boolean;
  /** It left programs running; they were killed, as a runner does at the end of a job. */
  readonly leftRunning: boolean;
}

// How GitHub cancels: SIGINT, 7.5 s later SIGTERM, 2.5 s later the process is killed.
const TO_SIGTERM_MS = 7500;
const TO_SIGKILL_MS = 2500;
const SIGNAL_NUMBERS: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * Runs a file under Node 24.
 * @throws Error when it takes longer than it may; nothing is left running then
 */
export async function runProcess(options: ProcessOptions): Promise<ProcessResult> {
  const { file, cwd, env, onLine, timeoutSeconds } = options;
  const child = spawn(NODE_24, [file], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const forget = whenEnding(() => {
    killGroup(child);
  });
  const timers: NodeJS.Timeout[] = [];
  const is = { cancelled: false, late: false };
  const cancel = (): void => {
    if (is.cancelled) return;
    is.cancelled = true;
    child.kill('SIGINT');
    timers.push(setTimeout(() => child.kill('SIGTERM'), TO_SIGTERM_MS));
    timers.push(setTimeout(() => killGroup(child), TO_SIGTERM_MS + TO_SIGKILL_MS));
  };
  timers.push(
    setTimeout(() => {
      is.late = true;
      killGroup(child);
    }, timeoutSeconds * 1000),
  );
  const lines = [child.stdout, child.stderr].map(async (stream) => {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      onLine(line);
      if (options.cancelAt?.(line)) cancel();
    }
  });
  try {
    const exit = new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        resolve(code ?? 128 + (SIGNAL_NUMBERS[signal ?? 'SIGKILL'] ?? 0));
      });
    });
    const exitCode = await exit;
    // Programs that it left hold its streams open: they end before the streams are read to their end.
    const leftRunning = killGroup(child);
    await Promise.all(lines);
    if (is.late) throw new Error(`${file} did not end within ${timeoutSeconds} s`);
    return { exitCode, cancelled: is.cancelled, leftRunning };
  } finally {
    timers.forEach(clearTimeout);
    forget();
  }
}

/** Whether there was anything to kill. */
function killGroup(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, 'SIGKILL');
  } catch {
    return false;
  }
}
