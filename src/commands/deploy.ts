import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { wayOut } from '../aws/outcome.js';
import type { DeployInputs } from '../inputs.js';
import type { StackOutcome } from '../report/model.js';
import { deploymentLines } from '../report/terminal.js';
import type { Outcome } from '../outputs.js';
import { withAccess, withAccount, type Known } from './access.js';
import type { Context } from './context.js';
import { deploySource, isBad, type Deployment } from './deploying.js';
import { reporting, type Reporting } from './reporting.js';
import { recorded } from './recording.js';
import { openGiven, type Source } from './source.js';
import { prepareSynthesis } from './synth.js';
import { findTarget, type Found } from './target.js';

/** Deploys an assembly, given or synthesised once, and tells what became of every stack. */
export async function deploy(inputs: DeployInputs, context: Context): Promise<Outcome> {
  const found = findTarget(inputs, context);
  const report = reporting(inputs, found, context);
  return report.orFailure('deploy', async () => {
    const { resolution, target } = found;
    // What makes and reads plans is a third of this command's code, and not everybody brings a plan.
    const onPullRequest = inputs.requireReview === 'pull-request';
    const review = inputs.plan && !onPullRequest ? await import('./reviewed.js') : undefined;
    const reviewed = review?.readReviewed(inputs, context);
    const sourceWith = inputs.assembly
      ? await openGiven(inputs, target, context)
      : prepareSynthesis({ inputs, resolution, target }, context);
    return withAccess({ inputs, target, purpose: 'deploy' }, context, async (open) => {
      const access = withAccount(open);
      const source = await sourceWith(access);
      const notes = onPullRequest
        ? await (
            await import('./reviewed-pull-request.js')
          ).reviewedByPullRequest(inputs, found, source, access, context)
        : [];
      const start =
        review && reviewed
          ? await review.holdReviewed(reviewed, source, { inputs, found, access }, context)
          : () => deploySource({ source, access, ...inputs }, context);
      const plan = reviewed && { risk: reviewed.risk, fingerprint: reviewed.fingerprint };
      const record = {
        ...({ inputs, found, kind: 'deploy', account: access.account, assembly: source.digest } as const),
        ...(reviewed === undefined ? {} : { fingerprint: reviewed.fingerprint }),
      };
      const { ended, outputs } = await recorded(record, context, start);
      const outcome = await conclude(
        ended,
        source,
        { inputs, found, access, report, notes, plan: plan ?? {} },
        context,
      );
      return { ...outcome, outputs: { ...outcome.outputs, ...outputs } };
    });
  });
}

interface Conclusion {
  readonly inputs: DeployInputs;
  readonly found: Found;
  readonly access: Known;
  readonly report: Reporting;
  /** What the report says of the review. */
  readonly notes: readonly string[];
  /** Of the plan that was reviewed. */
  readonly plan: Readonly<Record<string, string>>;
}

async function conclude(
  { stacks, failure }: Deployment,
  source: Source,
  { inputs, found, access, report, notes, plan }: Conclusion,
  context: Context,
): Promise<Outcome> {
  const { runner } = context.ports;
  for (const line of deploymentLines(stacks)) runner.info(line);
  for (const stack of stacks.filter(isBad)) annotate(stack, context);
  const url = await report.write([{ kind: 'deployment', target: found.target, stacks, notes }], true);
  const outputs = Object.fromEntries(stacks.map((stack) => [stack.name, stack.outputs]));
  if (inputs.outputsFile) writeOutputs(outputs, inputs.outputsFile, context);
  const changed = stacks.some(({ result }) => result === 'created' || result === 'updated');
  const result = failure ? 'failure' : changed ? 'success' : 'no-changes';
  return {
    outputs: {
      ...found.outputs,
      ...plan,
      account: access.account,
      assembly: source.archive,
      'assembly-digest': source.digest,
      'has-changes': changed,
      'stack-outputs': outputs,
      'comment-url': url ?? '',
      result,
    },
    stacks,
    ...(failure === undefined ? {} : { failure }),
  };
}

function annotate({ id, name, status, failure }: StackOutcome, context: Context): void {
  if (failure === undefined) return;
  const [file, line] = failure.source?.split(/:(?=\d+$)/) ?? [];
  const inWorkspace = file === undefined ? undefined : path.relative(context.place.workspace, file);
  context.ports.runner.error(
    `${failure.path ?? failure.logicalId} (${failure.type}): ${failure.reason}; ${name}: ${wayOut(status, name)}`,
    {
      title: `${id}: ${failure.logicalId} failed`,
      ...(inWorkspace === undefined || inWorkspace.startsWith('..') ? {} : { file: inWorkspace, line: Number(line) }),
    },
  );
}

function writeOutputs(outputs: unknown, name: string, context: Context): void {
  const file = path.resolve(context.place.workspace, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(outputs, null, 2)}\n`);
}
