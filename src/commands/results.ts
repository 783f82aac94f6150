import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Target } from '../environment/model.js';
import { ActionError } from '../errors.js';
import type { Plan } from '../plan/model.js';
import type { TargetReport } from '../report/model.js';
import { parseResult } from '../report/result-schema.js';
import type { Result } from '../report/result.js';

/** As a plan's: a result of thousands of stacks is far below it. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Results: what is named as a file, and every `result.json` and `*.result.json` below what is named as a folder. A
 * folder that is not there holds none: when every job failed before it had a result, nothing was downloaded.
 * @throws ActionError `input` for a file that is no result
 */
export function readResults(named: readonly string[], workspace: string): readonly Result[] {
  return filesIn(named, workspace, 'result').map((file) => {
    const name = path.relative(workspace, file);
    if (statSync(file).size > MAX_BYTES) {
      throw new ActionError('input', `${name} is larger than ${MAX_BYTES / 1024 / 1024} MiB: it is no result`);
    }
    return parseResult(readFileSync(file, 'utf8'), name);
  });
}

/** Plans that lie beside results. */
export function plansBeside(named: readonly string[], workspace: string): readonly string[] {
  return filesIn(named, workspace, 'plan');
}

function filesIn(named: readonly string[], workspace: string, what: 'result' | 'plan'): readonly string[] {
  const wanted = new RegExp(`(?:^|[/\\\\]|\\.)${what}\\.json$`);
  return named.flatMap((name) => {
    const file = path.resolve(workspace, name);
    if (!existsSync(file)) return [];
    if (!statSync(file).isDirectory()) return what === 'result' ? [file] : [];
    return readdirSync(file, { recursive: true, encoding: 'utf8' })
      .filter((inner) => wanted.test(inner))
      .sort()
      .map((inner) => path.join(file, inner));
  });
}

/** What became of one target, over all the jobs that worked on it. */
export interface TargetResult {
  readonly id: string;
  readonly environment: string;
  readonly release: string;
  readonly region: string;
  readonly version: string;
  readonly result: Result['result'] | 'not-started';
  readonly risk: string;
  readonly fingerprint: string;
  readonly 'stack-outputs': Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly url: string;
  /** Empty unless it failed or was not started. */
  readonly cause: string;
}

/** One target, and what a report shows of it. */
export interface Told {
  readonly published: TargetResult;
  readonly reports: readonly TargetReport[];
}

/** How far along the chain a command is. */
const ORDER = ['synth', 'bootstrap', 'diff', 'deploy'];

export interface Chain {
  /** Targets of the run. @default those that left a result or a plan */
  readonly expected: readonly Target[] | undefined;
  /** The command that a target is done with. */
  readonly lastCommand: 'diff' | 'deploy';
  readonly runUrl: string;
}

/**
 * What became of each target: the result of the chain's last command decides, or the first failure on the way to it. A
 * target without either was not done, whatever went well before.
 */
export function tell(
  results: readonly Result[],
  plans: readonly Plan[],
  { expected, lastCommand, runUrl }: Chain,
): readonly Told[] {
  const named = [...(expected ?? []), ...results, ...plans.map(({ target }) => target)];
  const targets = new Map(named.toReversed().map((target) => [target.id, target]));
  // Bootstrapping is of a place, and often under the name of another release.
  const shown = [...targets.values()].filter(
    ({ id }) => expected?.some((one) => one.id === id) ?? results.every((one) => one.id !== id || !isPlace(one)),
  );
  const broken = results.some(({ result }) => result === 'failure');
  return shown
    .sort((a, b) => waveOf(a) - waveOf(b) || a.id.localeCompare(b.id, 'en'))
    .map((target) => {
      const own = results
        .filter(({ id }) => id === target.id)
        .sort((a, b) => ORDER.indexOf(a.command) - ORDER.indexOf(b.command));
      const plan = plans.find((one) => one.target.id === target.id);
      return toldOf(target, { own, plan, broken, lastCommand, runUrl });
    });
}

function isPlace({ command, result }: Result): boolean {
  return command === 'bootstrap' && result !== 'failure';
}

function waveOf(target: object): number {
  return 'wave' in target ? Number(target.wave) : 0;
}

interface Known {
  /** Oldest first. */
  readonly own: readonly Result[];
  readonly plan: Plan | undefined;
  /** Whether anything failed in this run. */
  readonly broken: boolean;
  readonly lastCommand: string;
  readonly runUrl: string;
}

function toldOf(target: Omit<Target, 'wave'>, { own, plan, broken, lastCommand, runUrl }: Known): Told {
  const { id, environment, release, region, version } = target;
  const last = own.findLast(({ command }) => command === lastCommand) ?? own.find(({ result }) => result === 'failure');
  // Plans that come without results, as those of another run do, are all that there is to tell.
  const planned = lastCommand === 'diff' && own.length === 0 && plan !== undefined;
  const stacks = own.findLast((one) => one.stacks !== undefined)?.stacks ?? [];
  const cause = last === undefined && !planned ? absence(broken) : (last?.cause ?? '');
  const published: TargetResult = {
    ...{ id, environment, release, region, version },
    result: last?.result ?? (!planned ? 'not-started' : plan.hasChanges ? 'success' : 'no-changes'),
    risk: own.findLast(({ risk }) => risk)?.risk ?? plan?.risk ?? '',
    fingerprint: own.findLast(({ fingerprint }) => fingerprint)?.fingerprint ?? plan?.fingerprint ?? '',
    'stack-outputs': Object.fromEntries(stacks.map((stack) => [stack.name, stack.outputs])),
    url: last?.url ?? runUrl,
    cause,
  };
  const reports: TargetReport[] = [];
  if (stacks.length > 0) reports.push({ kind: 'deployment', target, stacks });
  else if (plan !== undefined) reports.push({ kind: 'plan', plan });
  // A deployment that failed in a stack tells so itself.
  if (cause !== '' && stacks.length === 0)
    reports.push({ kind: 'failure', target, command: last?.command ?? lastCommand, cause });
  return { published, reports };
}

function absence(broken: boolean): string {
  return broken
    ? 'not started, because something before it failed: mend that, and run the workflow again'
    : 'it left no result: its job failed before it began, or did not start; see the run';
}
