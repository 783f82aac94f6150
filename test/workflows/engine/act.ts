import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';
import { whenEnding } from '../../emulators/ending.js';
import { NODE_24, ROOT } from '../../emulators/programs.js';
import { Masks } from '../../emulators/runner/masks.js';
import type { Step } from './workflow.js';

const ACT = path.join(ROOT, '.cache/bin/act');
const TOOLS = path.join(ROOT, '.cache/tools');
const LABEL = 'ubuntu-24.04';
/** Far above what any job here takes; a job that hangs must not hang the tests. */
const LIMIT_SECONDS = 280;

export interface ActJob {
  /** Folder for this job alone. */
  readonly folder: string;
  readonly id: string;
  readonly workflow: string;
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly steps: readonly Step[];
  /** Expressions over `steps`, by output. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Folders that stand for repositories, by `owner/name@ref`. */
  readonly repositories: Readonly<Record<string, string>>;
}

export interface ActResult {
  readonly result: 'success' | 'failure';
  /** As GitHub hands them on: one that holds a masked value is empty. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Masked, with the job's summary at its end. */
  readonly log: string;
  readonly summary: string;
}

/** One line of `act --json`. */
interface Line {
  readonly msg?: string;
  readonly command?: string;
  readonly arg?: string;
  readonly content?: string;
  readonly jobResult?: string;
}

/** Runs the steps of one job under act, on this machine. */
export async function runAct(job: ActJob): Promise<ActResult> {
  const place = (name: string): string => path.join(job.folder, name);
  for (const name of ['home', 'cache/act', 'work', 'tmp']) mkdirSync(place(name), { recursive: true });
  // act has a folder of its own for tools: what one job has installed is there for the next, as on a hosted runner.
  symlinkSync(TOOLS, place('cache/act/tool_cache'), 'dir');
  const outputsFile = place('outputs.json');
  const names = Object.keys(job.outputs);
  const last: Step[] =
    names.length === 0
      ? []
      : [
          {
            if: 'always()',
            env: {
              ...Object.fromEntries(names.map((name, index) => [`OUTPUT_${index}`, job.outputs[name]])),
              OUTPUTS_FILE: outputsFile,
            },
            run: `node -e 'const e = process.env; require("node:fs").writeFileSync(e.OUTPUTS_FILE, JSON.stringify(Array.from({ length: ${names.length} }, (_, i) => e["OUTPUT_" + i] ?? "")))'`,
          },
        ];
  writeFileSync(
    place('job.yml'),
    stringify(
      {
        name: job.workflow,
        on: job.event.name,
        jobs: {
          // act gives every step the token as a variable; GitHub gives it to none that does not ask.
          [job.id]: { 'runs-on': LABEL, env: { GITHUB_TOKEN: '' }, steps: [...job.steps, ...last] },
        },
      },
      { lineWidth: 0 },
    ),
  );
  writeFileSync(place('event.json'), JSON.stringify(job.event.payload));
  // GitHub knows no case in the names of secrets, and an empty one is none.
  const secrets = Object.entries(job.secrets).flatMap(([name, value]) =>
    value === '' ? [] : [[name.toUpperCase(), value] as const],
  );
  // In a file that act reads when it starts: its environment and its arguments are there for every step to read.
  const secretsFile = place('secrets.yml');
  writeFileSync(secretsFile, JSON.stringify(Object.fromEntries(secrets)), { mode: 0o600 });
  const env = Object.entries({ ...job.env, HOME: place('home'), TMPDIR: place('tmp') });
  const args = [
    ...[job.event.name, '-W', place('job.yml'), '-e', place('event.json'), '-C', place('work')],
    ...['-P', `${LABEL}=-self-hosted`, '--no-skip-checkout', '--no-cache-server', '--json'],
    ...Object.entries(job.repositories).flatMap(([name, folder]) => ['--local-repository', `${name}=${folder}`]),
    ...env.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...['--secret-file', secretsFile],
  ];
  const variables = {
    PATH: `${path.dirname(NODE_24)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    HOME: place('home'),
    XDG_CACHE_HOME: place('cache'),
  };
  const lines = await linesOf(args, variables, (line) => {
    // It has read them when the job is set up.
    if (line.includes('Set up job')) rmSync(secretsFile, { force: true });
  });
  const masks = new Masks([
    ...secrets.map(([, value]) => value),
    ...lines.flatMap(({ command, arg }) => (command === 'add-mask' && arg ? [arg] : [])),
  ]);
  const log = lines.map(({ msg }) => msg ?? '').join('\n');
  const summary = lines
    .flatMap(({ command, content }) => (command === 'summary' && content ? [content] : []))
    .join('\n');
  const values = existsSync(outputsFile) ? (JSON.parse(readFileSync(outputsFile, 'utf8')) as string[]) : [];
  const outputs = names.map((name, index) => {
    const value = values[index] ?? '';
    return [name, masks.apply(value) === value ? value : ''] as const;
  });
  const result = lines.findLast(({ jobResult }) => jobResult !== undefined)?.jobResult;
  return {
    result: result === 'success' ? 'success' : 'failure',
    outputs: Object.fromEntries(outputs),
    log,
    summary,
  };
}

async function linesOf(
  args: readonly string[],
  env: Record<string, string>,
  onLine: (line: string) => void,
): Promise<readonly Line[]> {
  const child = spawn(ACT, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  const forget = whenEnding(kill);
  const timer = setTimeout(kill, LIMIT_SECONDS * 1000);
  const lines: Line[] = [];
  const streams = [child.stdout, child.stderr].map(async (stream) => {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      onLine(line);
      lines.push(line.startsWith('{') ? (JSON.parse(line) as Line) : { msg: line });
    }
  });
  await Promise.all([new Promise((resolve) => child.once('exit', resolve)), ...streams]);
  clearTimeout(timer);
  forget();
  return lines;
}

/** A folder for a job, removed by whoever made the parent. */
export function jobFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(path.join(parent, 'job-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
