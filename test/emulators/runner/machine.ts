import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** Folders of a runner. The steps of one job share a machine. */
export interface Machine {
  /** Holds all the others; remove it when the job is over. */
  readonly folder: string;
  /** `RUNNER_TEMP` */
  readonly temp: string;
  /** `RUNNER_TOOL_CACHE` */
  readonly toolCache: string;
  readonly home: string;
}

/** @param toolCache where tools stay from one job to the next. @default a folder of this machine */
export function makeMachine(options: { readonly toolCache?: string } = {}): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  const machine = {
    folder,
    temp: join(folder, 'temp'),
    toolCache: options.toolCache ?? join(folder, 'tools'),
    home: join(folder, 'home'),
  };
  for (const path of Object.values(machine)) mkdirSync(path, { recursive: true });
  return machine;
}

/** The runner's own folders in `RUNNER_TEMP`. */
const OWN = /^_(?:runner_file_commands|github_workflow)(?:$|\/)/;

/** Files of a folder, from it, sorted; those of the runner itself are not among them. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !OWN.test(path))
    .sort();
}

/** Variables that name the files through which a step answers. */
export const FILE_COMMANDS = [
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
] as const;
export type FileCommand = (typeof FILE_COMMANDS)[number];

/** Makes the files of a step, empty; paths by variable. */
export function makeFileCommands(machine: Machine): Readonly<Record<FileCommand, string>> {
  const base = join(machine.temp, '_runner_file_commands');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'step-'));
  const entries = FILE_COMMANDS.map((name) => {
    const file = join(folder, name.toLowerCase());
    writeFileSync(file, '');
    return [name, file] as const;
  });
  return Object.fromEntries(entries) as Record<FileCommand, string>;
}

/** Writes the event's payload; path of the file. */
export function writeEvent(machine: Machine, payload: unknown): string {
  const folder = join(machine.temp, '_github_workflow');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'event.json');
  writeFileSync(file, JSON.stringify(payload, null, 2));
  return file;
}
