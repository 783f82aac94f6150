import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bootstrapArgs } from '../cdk/args.js';
import { BOOTSTRAP_VERSION, findCli, PINNED_CLI, type Cli } from '../cdk/cli.js';
import type { BootstrapInputs } from '../inputs.js';
import type { Outcome } from '../outputs.js';
import { deploymentLines } from '../report/terminal.js';
import { withAccess, withAccount, type Known } from './access.js';
import type { Context } from './context.js';
import { deploySource } from './deploying.js';
import { runCdk, succeeded } from './running.js';
import { openGiven } from './source.js';
import { prepareSynthesis } from './synth.js';
import { findTarget, type Found } from './target.js';

/** Prepares an account and region for the CDK, unless they are: by the CDK itself, or by a release of the config. */
export async function bootstrap(inputs: BootstrapInputs, context: Context): Promise<Outcome> {
  if (inputs.onlyCheck) return (await import('./bootstrap-check.js')).checkBootstrap(inputs, context);
  const asked = findTarget(inputs, context);
  const by = asked.target.bootstrap;
  const found = by === 'cdk' ? asked : findTarget(inputs, context, by);
  const bootstrapWith =
    by === 'cdk' ? (access: Known) => byCdk(inputs, found, access, context) : await byRelease(inputs, found, context);
  return withAccess({ inputs, target: found.target, purpose: 'deploy' }, context, (access) =>
    bootstrapWith(withAccount(access)),
  );
}

async function byCdk(inputs: BootstrapInputs, { outputs }: Found, access: Known, context: Context): Promise<Outcome> {
  const { exec, runner } = context.ports;
  const stack = await access.cloudFormation().describeStack(inputs.toolkitStackName);
  const version = Number(stack?.outputs['BootstrapVersion'] ?? 0);
  const done = { ...outputs, account: access.account };
  const skip = (brings: number): Outcome => {
    runner.info(
      `${inputs.toolkitStackName} in ${access.account} ${access.region} has version ${version}, ` +
        `the CLI brings ${brings}: nothing to do`,
    );
    return { outputs: { ...done, result: 'skipped' } };
  };
  const pinned = (inputs.cdkVersion || PINNED_CLI) === PINNED_CLI;
  if (pinned && version >= BOOTSTRAP_VERSION) return skip(BOOTSTRAP_VERSION);

  const { workspace, toolCache } = context.place;
  const cli = await findCli({ workspace, wanted: inputs.cdkVersion, toolCache, env: access.env }, exec, runner);
  const brings = pinned ? BOOTSTRAP_VERSION : templateVersion(cli);
  if (version > 0 && version >= brings) return skip(brings);
  runner.info(`${inputs.toolkitStackName} ${stack ? `has version ${version}` : 'is not there'}: bootstrapping`);
  const args = bootstrapArgs({
    account: access.account,
    region: access.region,
    qualifier: inputs.qualifier,
    toolkitStackName: inputs.toolkitStackName,
    extra: inputs.cdkArgs,
  });
  succeeded('bootstrap', await runCdk({ cli, args, env: access.env, title: 'cdk bootstrap' }, context));
  return { outputs: { ...done, result: 'success' } };
}

/** The release's own deployment is the check: CloudFormation does nothing where there is nothing to do. */
async function byRelease(
  inputs: BootstrapInputs,
  { resolution, target, outputs }: Found,
  context: Context,
): Promise<(access: Known) => Promise<Outcome>> {
  const sourceWith = inputs.assembly
    ? await openGiven(inputs, target, context)
    : prepareSynthesis({ inputs, resolution, target }, context);
  return async (access) => {
    const source = await sourceWith(access);
    const { toolkitStackName, cdkArgs } = inputs;
    const { stacks, failure } = await deploySource(
      { source, access, concurrency: 1, toolkitStackName, cdkArgs },
      context,
    );
    for (const line of deploymentLines(stacks)) context.ports.runner.info(line);
    const changed = stacks.some(({ result }) => result === 'created' || result === 'updated');
    const result = failure ? 'failure' : changed ? 'success' : 'skipped';
    return {
      outputs: { ...outputs, account: access.account, result },
      ...(failure === undefined ? {} : { failure }),
    };
  };
}

/** Version of the bootstrap template that a CLI brings; 0 when it does not say, so that the CLI itself decides. */
function templateVersion(cli: Cli): number {
  const folder = path.resolve(path.dirname(cli.program), '..', 'aws-cdk', 'lib', 'api', 'bootstrap');
  const file = path.join(folder, 'bootstrap-template.yaml');
  if (!existsSync(file)) return 0;
  const versions = [...readFileSync(file, 'utf8').matchAll(/^\s+Value: '?(\d+)'?$/gm)].map(([, value]) =>
    Number(value),
  );
  return Math.max(0, ...versions);
}
