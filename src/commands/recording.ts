import { ActionError, messageOf, userError } from '../errors.js';
import { RECORD_STATE } from '../github/abandoned.js';
import { claimsOf, type IdentityClaims } from '../github/identity-claims.js';
import { jobDeployment } from '../github/job-deployment.js';
import { ownDeployment, retire, TOOL, type OwnPayload } from '../github/own-deployment.js';
import { recordRefusal } from '../github/record-refusal.js';
import { statusOf } from '../github/refusal.js';
import { maskText } from '../mask.js';
import { markText, type MarkWord } from '../metrics/mark.js';
import type { CredentialInputs, RecordInputs, ReportInputs } from '../inputs.js';
import type { Outputs } from '../outputs.js';
import type { DeploymentRecord, DeploymentState, Records } from '../ports.js';
import type { StackOutcome } from '../report/model.js';
import type { Context } from './context.js';
import { environmentUrl, needsOutputs } from './environment-url.js';
import { runFacts } from './facts.js';
import type { Found } from './target.js';

export interface RecordRequest {
  readonly inputs: RecordInputs & Pick<ReportInputs, 'githubToken'> & Pick<CredentialInputs, 'audience'>;
  readonly found: Found;
  readonly account: string;
  readonly kind: OwnPayload['kind'];
  /** Digest of the assembly. */
  readonly assembly: string;
  /** Of the plan that was reviewed. @default none was */
  readonly fingerprint?: string;
}

/** What a deployment, a rollback or a destruction comes to, as far as a record tells it. */
interface Ended {
  readonly stacks: readonly StackOutcome[];
  readonly failure?: ActionError;
}

/** The record that stands for this run: one of ours, which we end, or the job's, which GitHub ends with the job. */
interface Open {
  readonly records: Records;
  readonly record: DeploymentRecord;
  readonly ours: boolean;
  readonly logUrl: string;
}

/**
 * Deploys, and keeps GitHub's Environments page true meanwhile. Nothing that is wrong with the page fails a deployment,
 * unless `deployment` is `true` and there can be no record: then nothing is deployed.
 * @throws ActionError `template` when the address of the environment cannot be made, before anything is deployed
 */
export async function recorded<T extends Ended>(
  request: RecordRequest,
  context: Context,
  deploy: () => Promise<T>,
): Promise<{ readonly ended: T; readonly outputs: Outputs }> {
  const early = needsOutputs(request) ? undefined : environmentUrl(request, {}, context);
  const open = await openRecord(request, early, context);
  const close = (word: MarkWord, state: DeploymentState, note: string, url?: string): Promise<void> =>
    open === undefined ? Promise.resolve() : closeRecord(open, request, { word, state, note, url }, context);
  let ended: T;
  try {
    ended = await deploy();
  } catch (error) {
    const cause = userError(error)?.message ?? messageOf(error);
    await close('stopped', 'error', maskText(cause, context.ports.runner.secrets()));
    throw error;
  }
  const url = ended.failure ? early : (early ?? lateUrl(request, ended, context));
  await close(wordOf(request.kind, ended), ended.failure ? 'failure' : 'success', noteOf(ended), url);
  return {
    ended,
    outputs: { 'environment-url': url ?? '', 'deployment-id': open === undefined ? '' : String(open.record.id) },
  };
}

/** An address that only outputs tell: by then everything is deployed, so what is wrong with it fails nothing. */
function lateUrl(request: RecordRequest, { stacks }: Ended, context: Context): string | undefined {
  try {
    return environmentUrl(request, Object.fromEntries(stacks.map(({ name, outputs }) => [name, outputs])), context);
  } catch (error) {
    context.ports.runner.warning(`the environment has no address: ${messageOf(error)}`);
    return undefined;
  }
}

async function openRecord(
  request: RecordRequest,
  url: string | undefined,
  context: Context,
): Promise<Open | undefined> {
  const { inputs } = request;
  if (inputs.deployment === 'false' || !inputs.githubToken) return undefined;
  const { runner } = context.ports;
  try {
    const records = await context.ports.records(inputs.githubToken);
    const claims = inputs.deployment === 'auto' ? await claimsOfJob(inputs, context) : undefined;
    const logUrl = `${runFacts(context).runUrl}${claims?.job === undefined ? '' : `/job/${claims.job}`}`;
    const found = inputs.deployment === 'auto' ? await jobsOwn(records, claims, request, context) : undefined;
    if (found === 'unknown') return undefined;
    const open = { records, logUrl, ...(found ?? (await startOwn(records, request, logUrl, url, context))) };
    if (!open.ours) await told(() => mark(open, request, { word: 'started', state: 'in_progress', url }), context);
    return open;
  } catch (error) {
    const why = `there is no record of this deployment on GitHub: ${recordRefusal(error, 'deployments: write')}`;
    if (inputs.deployment === 'true') throw new ActionError('github', `${why}; or set deployment to auto`);
    runner.warning(`${why}; or set deployment to false`);
    return undefined;
  }
}

/** What the job's identity token tells of it; undefined for a job that may have none. */
async function claimsOfJob(
  { audience }: RecordRequest['inputs'],
  context: Context,
): Promise<IdentityClaims | undefined> {
  if (!context.env['ACTIONS_ID_TOKEN_REQUEST_URL']) return undefined;
  try {
    return claimsOf(await context.ports.runner.oidcToken(audience));
  } catch {
    return undefined;
  }
}

type Which = Pick<Open, 'record' | 'ours'>;

/** The job's own record; `unknown` when there is one, and it cannot be told which. */
async function jobsOwn(
  records: Records,
  claims: IdentityClaims | undefined,
  { found }: RecordRequest,
  context: Context,
): Promise<Which | 'unknown' | undefined> {
  const { env, ports } = context;
  // A token that tells nothing of an environment is that of a job without one.
  if (claims !== undefined && claims.environment === undefined) return undefined;
  const environment = claims?.environment ?? found.target.environment;
  const facts = {
    run: env['GITHUB_RUN_ID'] ?? '',
    commits: [env['GITHUB_SHA'] ?? '', found.commit],
    ...(claims?.job === undefined ? {} : { job: claims.job }),
  };
  try {
    const own = await jobDeployment(records, environment, facts);
    if (own.kind === 'none') return undefined;
    ports.runner.info(`the job's own deployment to ${environment} on GitHub is the record of this one`);
    return own.kind === 'found' ? { record: own.record, ours: false } : 'unknown';
  } catch (error) {
    if (claims?.environment === undefined || statusOf(error) !== 403) throw error;
    ports.runner.info(`the job's own deployment to ${environment} on GitHub is the record; this token cannot see it`);
    return 'unknown';
  }
}

async function startOwn(
  records: Records,
  request: RecordRequest,
  logUrl: string,
  url: string | undefined,
  context: Context,
): Promise<Which> {
  const { found, kind } = request;
  const { id: target, release, region, version, environment, ephemeral } = found.target;
  const payload: OwnPayload = {
    ...{ tool: TOOL, kind, target, release, region, version },
    releaseVersion: found.resolution.releaseVersion,
    fingerprint: request.fingerprint ?? '',
    assembly: request.assembly,
    commit: found.commit,
    run: context.env['GITHUB_RUN_ID'] ?? '',
    attempt: context.env['GITHUB_RUN_ATTEMPT'] ?? '',
  };
  const description = `${kind} ${release} ${version}`.trim();
  const record = await ownDeployment(records, environment, { payload, description, transient: ephemeral });
  context.ports.runner.saveState(RECORD_STATE, JSON.stringify({ id: record.id, release, region, logUrl }));
  const open = { records, record, ours: true, logUrl };
  await mark(open, request, { word: 'started', state: 'in_progress', url });
  return open;
}

interface Step {
  readonly word: MarkWord;
  readonly state: DeploymentState;
  readonly note?: string;
  readonly url?: string | undefined;
}

/** The job's own record stays in progress until GitHub ends it: a state of ours would only be overtaken by that. */
async function mark({ records, record, ours, logUrl }: Open, request: RecordRequest, step: Step): Promise<void> {
  const { release, region } = request.found.target;
  await records.addStatus(record.id, {
    state: ours ? step.state : 'in_progress',
    description: markText({ release, region, word: step.word }, step.note),
    logUrl,
    ...(step.url === undefined ? {} : { environmentUrl: step.url }),
  });
}

async function closeRecord(open: Open, request: RecordRequest, step: Step, context: Context): Promise<void> {
  const { runner } = context.ports;
  if (!open.ours) {
    await told(() => mark(open, request, step), context);
    return;
  }
  try {
    await mark(open, request, step);
    runner.saveState(RECORD_STATE, '');
    if (step.state !== 'success') return;
    const { id: target, release, region } = request.found.target;
    const status = { description: markText({ release, region, word: step.word }), logUrl: open.logUrl };
    await retire(open.records, open.record, target, status);
    if (request.kind === 'destroy') await open.records.addStatus(open.record.id, { ...status, state: 'inactive' });
  } catch (error) {
    // What is still open is closed by the post step.
    runner.warning(
      `GitHub's record of this deployment is not up to date: ${recordRefusal(error, 'deployments: write')}`,
    );
  }
}

/** What is written beside the job's own record serves figures only: without it the record is as good as it was. */
async function told(write: () => Promise<void>, context: Context): Promise<void> {
  try {
    await write();
  } catch (error) {
    const why = recordRefusal(error, 'deployments: write');
    context.ports.runner.info(`the job's own deployment does not tell its release to the command metrics: ${why}`);
  }
}

function wordOf(kind: OwnPayload['kind'], { stacks, failure }: Ended): MarkWord {
  if (failure) return 'failed';
  if (kind === 'destroy') return 'destroyed';
  if (stacks.every(({ result }) => result === 'unchanged')) return 'unchanged';
  return kind === 'rollback' ? 'rolled-back' : 'succeeded';
}

/** `1 created, 2 unchanged`, or the stacks that failed. */
function noteOf({ stacks }: Ended): string {
  const failed = stacks
    .filter(({ result }) => result === 'failed')
    .map(({ name, status }) => `${name} ${status ?? ''}`);
  if (failed.length > 0) return failed.join(', ');
  const results = [...new Set(stacks.map(({ result }) => result))];
  return results.map((result) => `${stacks.filter((stack) => stack.result === result).length} ${result}`).join(', ');
}
