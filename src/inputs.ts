import { TOOLCHAINS } from './environment/toolchains.js';
import { ActionError } from './errors.js';
import {
  COMMANDS,
  DIFF_METHODS,
  GATES,
  REVIEWS,
  type AppInputs,
  type AssemblyInputs,
  type CdkInputs,
  type CredentialInputs,
  type DeployInputs,
  type DiffInputs,
  type DoctorInputs,
  type Inputs,
  type MetricsInputs,
  type PlanInputs,
  type RecordInputs,
  type ReportInputs,
  type ResultInputs,
  type WhereInputs,
} from './input-types.js';
import { choice, flag, lines, oneOf, shaped, whole, words, type ReadInput } from './input-values.js';
import { app, cdk, credentials, report, source, where } from './shared-inputs.js';

export type { ReadInput } from './input-values.js';

export * from './input-types.js';

/**
 * The inputs as one typed object.
 * @throws ActionError `input`, naming the input, its value and the values it may have
 */
export function readInputs(read: ReadInput): Inputs {
  const command = choice(read, 'command', COMMANDS);
  switch (command) {
    case 'resolve':
      return {
        command,
        ...where(read),
        ...credentials(read),
        ...app(read),
        targets: read('targets'),
        toolchain: toolchain(read),
      };
    case 'bootstrap':
      return {
        command,
        ...where(read),
        ...credentials(read),
        ...source(read),
        ...result(read),
        onlyCheck: flag(read, 'only-check'),
        targets: read('targets'),
      };
    case 'synth':
      return { command, ...where(read), ...credentials(read), ...app(read), ...cdk(read), ...result(read) };
    case 'diff':
      return { command, ...planning(read), ...diff(read) };
    case 'prepare':
      return { command, ...planning(read), ...planned(read) };
    case 'report':
      return {
        command,
        ...report(read),
        plans: lines(read('plans')),
        results: lines(read('results')),
        lastCommand: choice(read, 'last-command', ['diff', 'deploy'] as const, 'diff'),
        targets: read('targets'),
      };
    case 'deploy':
      return { command, ...planning(read), ...deploy(read) };
    case 'metrics':
      return { command, ...metrics(read) };
    case 'doctor':
      return { command, ...where(read), ...credentials(read), ...app(read), ...cdk(read), ...doctor(read) };
  }
}

type Planning = WhereInputs & CredentialInputs & AppInputs & AssemblyInputs & CdkInputs & ReportInputs & ResultInputs;

/** What every command takes that plans or deploys. */
function planning(read: ReadInput): Planning {
  return { ...where(read), ...credentials(read), ...source(read), ...report(read), ...result(read) };
}

function result(read: ReadInput): ResultInputs {
  return { resultFile: read('result-file') };
}

function toolchain(read: ReadInput): string {
  const name = read('toolchain');
  return name === '' ? '' : oneOf('toolchain', name, TOOLCHAINS);
}

type Planned = PlanInputs & Pick<DeployInputs, 'concurrency'>;

function planned(read: ReadInput): Planned {
  return {
    failOn: words(read('fail-on')).map((word) => oneOf('fail-on', word, GATES)),
    drift: flag(read, 'drift'),
    planFile: read('plan-file'),
    concurrency: whole(read, 'concurrency', 1, 1, 64),
    check: flag(read, 'check'),
  };
}

function diff(read: ReadInput): Planned & Pick<DiffInputs, 'diffMethod'> {
  return { ...planned(read), diffMethod: choice(read, 'diff-method', DIFF_METHODS, 'template') };
}

function deploy(
  read: ReadInput,
): Pick<DeployInputs, 'concurrency' | 'outputsFile' | 'plan' | 'requireReview'> & RecordInputs {
  const plan = read('plan');
  const requireReview = read('require-review') === '' ? '' : choice(read, 'require-review', REVIEWS);
  if (requireReview === 'change-set' && !plan) {
    throw new ActionError(
      'input',
      `require-review 'change-set' is given without plan: give the plan file that command prepare has left`,
    );
  }
  return {
    concurrency: whole(read, 'concurrency', 1, 1, 64),
    outputsFile: read('outputs-file'),
    plan,
    requireReview,
    ...record(read),
  };
}

function record(read: ReadInput): RecordInputs {
  const deployment = choice(read, 'deployment', ['auto', 'true', 'false'] as const, 'auto');
  if (deployment === 'true' && !read('github-token')) {
    throw new ActionError('input', "deployment 'true' needs github-token: give a token with `deployments: write`");
  }
  // A tag may stand for the whole of it, so only what is written out can be told to be none.
  const form = /^(?:https?:\/\/\S+|\{\{.+)?$/;
  return { deployment, environmentUrl: shaped(read, 'environment-url', '', form, 'https://…, with Mustache tags') };
}

function metrics(read: ReadInput): Omit<MetricsInputs, 'command'> {
  return {
    environment: read('environment'),
    release: read('release'),
    githubToken: read('github-token'),
    summary: flag(read, 'summary', true),
    window: whole(read, 'window', 30, 1, 365),
    metricsFile: read('metrics-file'),
  };
}

function doctor(
  read: ReadInput,
): Omit<DoctorInputs, 'command' | keyof (WhereInputs & CredentialInputs & AppInputs & CdkInputs)> {
  const { summary, pullRequest, githubToken } = report(read);
  return {
    summary,
    pullRequest,
    githubToken,
    synth: flag(read, 'synth', true),
    synthTwice: flag(read, 'synth-twice', true),
  };
}
