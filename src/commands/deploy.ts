import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { wayOut } from '../aws/outcome.js';
import type { DeployInputs } from '../inputs.js';
import type { StackOutcome } from '../report/model.js';
import { deploymentLines } from '../report/terminal.js';
import type { Outcome } from '../outputs.js';
import { withAccess, withAccount, type Access } from './access.js';
import type { Context } from './context.js';
import { deploySource, isBad, type Deployment } from './deploying.js';
import { reporting, type Reporting } from './reporting.js';
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
    const review = inputs.plan ? await import('./reviewed.js') : undefined;
    const reviewed = review?.readReviewed(inputs, context);
    const sourceWith = inputs.assembly
      ? await openGiven(inputs, target, context)
      : prepareSynthesis({ inputs, resolution, target }, context);
    return withAccess({ inputs, target, purpose: 'deploy' }, context, async (open) => {
      const access = withAccount(open);
      const source = await sourceWith(access);
      if (review && reviewed) await review.checkReviewed(reviewed, source, { inputs, found, access }, context);
      const deployment = await deploySource({ source, access, ...inputs }, context);
      const plan = reviewed && { risk: reviewed.risk, fingerprint: reviewed.fingerprint };
      return conclude(deployment, source, { inputs, found, access, report, plan: plan ?? {} }, context);
    });
  });
}

interface Conclusion {
  readonly inputs: DeployInputs;
  readonly found: Found;
  readonly access: Access & { readonly account: string };
  readonly report: Reporting;
  /** Of the plan that was reviewed. */
  readonly plan: Readonly<Record<string, string>>;
}

async function conclude(
  { stacks, failure }: Deployment,
  source: Source,
  { inputs, found, access, report, plan }: Conclusion,
  context: Context,
): Promise<Outcome> {
  const { runner } = context.ports;
  for (const line of deploymentLines(stacks)) runner.info(line);
  for (const stack of stacks.filter(isBad)) annotate(stack, context);
  const url = await report.write([{ kind: 'deployment', target: found.target, stacks }], true);
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
