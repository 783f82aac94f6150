import { childEnvironment } from '../cdk/environment.js';
import { forLog } from '../cdk/output.js';
import { messageOf } from '../errors.js';
import type { DiffInputs } from '../inputs.js';
import { findingsOf, type Check, type CheckRun } from '../plan/findings.js';
import { maskPlan } from '../plan/mask.js';
import type { Finding, Plan, PlanTarget } from '../plan/model.js';
import { findingLine } from '../report/terminal.js';
import type { Context } from './context.js';
import type { Found } from './target.js';

export interface CheckRequest {
  /** The plan that is written to `file`. */
  readonly plan: Plan;
  readonly file: string;
  readonly inputs: Pick<DiffInputs, 'assembly' | 'env'>;
  readonly found: Pick<Found, 'event' | 'resolution'>;
}

/**
 * Runs the config's checks over a plan, one after the other, each to its end.
 * @returns the plan with what they found; nothing that a check does makes this throw
 */
export async function withFindings({ plan, file, inputs, found }: CheckRequest, context: Context): Promise<Plan> {
  const checks = found.resolution.checks ?? [];
  if (checks.length === 0) return plan;
  const { runner } = context.ports;
  if (inputs.assembly && found.event.fork) {
    // Whoever gives an assembly wants none of its author's code in this job, and the checkout may be the author's.
    runner.notice('the checks are not run: a given assembly of a pull request from a fork runs no command of it');
    return plan;
  }
  const env = environmentOf(plan.target, file, inputs.env, context);
  const all: Finding[] = [];
  for (const check of checks) all.push(...(await runCheck(check, env, context)));
  const findings = [...plan.findings, ...all];
  return { ...plan, findings: maskPlan({ ...plan, stacks: [], findings }, runner.secrets()).findings };
}

/** The findings that fail a run, as one line; undefined when there are none. */
export function failingFindings({ findings }: Plan): string | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error').map(findingLine);
  if (errors.length === 0) return undefined;
  const more = errors.length > TOLD ? `; and ${errors.length - TOLD} more` : '';
  return `${errors.slice(0, TOLD).join('; ')}${more}: mend what the checks found, or give them another severity`;
}

/** Findings that an error names; all of them are in the report. */
const TOLD = 5;

async function runCheck(check: Check, env: Record<string, string>, context: Context): Promise<readonly Finding[]> {
  const { runner } = context.ports;
  return runner.group(`check ${check.name}`, async () => {
    const findings = findingsOf(check, await runCommand(check.run, env, context));
    for (const finding of findings) runner.info(forLog(`${finding.severity}: ${findingLine(finding)}`));
    if (findings.length === 0) runner.info('nothing found');
    return findings;
  });
}

/** As a step's `run:` with `shell: bash`: the first command that fails ends it, also in a pipe. */
async function runCommand(command: string, env: Record<string, string>, context: Context): Promise<CheckRun> {
  const { exec, runner } = context.ports;
  const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', command];
  try {
    return await exec.run('bash', args, {
      cwd: context.place.workspace,
      env,
      onLine: (line, stream) => {
        if (stream === 'stderr') runner.info(forLog(line));
      },
    });
  } catch (error) {
    return { exitCode: 127, stdout: '', stderr: `bash cannot be started: ${messageOf(error)}` };
  }
}

/** What the app gets, without credentials of AWS: a check reads the plan. */
function environmentOf(
  target: PlanTarget,
  file: string,
  pass: readonly string[],
  { env }: Context,
): Record<string, string> {
  return childEnvironment(env, {
    pass,
    ambientCredentials: false,
    set: {
      PLAN_FILE: file,
      DEPLOY_ENVIRONMENT: target.environment,
      DEPLOY_RELEASE: target.release,
      DEPLOY_VERSION: target.version,
      DEPLOY_REGION: target.region,
      DEPLOY_ACCOUNT: target.account,
    },
  });
}
