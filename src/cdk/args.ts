import { ActionError } from '../errors.js';

/** What every call of the CLI shares. */
interface SharedOptions {
  /** Command of the app, or folder of a cloud assembly. @default what `cdk.json` says */
  readonly app?: string;
  /** The user's own arguments, already split. */
  readonly extra: readonly string[];
}

export interface SynthOptions extends SharedOptions {
  /** Folder that the assembly is left in. */
  readonly output: string;
  /** `cdk.json` holds a `build` that is no command, which the CLI would try to run. @default false */
  readonly skipBuild?: boolean;
  /** False: nothing is looked up in AWS, and a value that is not cached fails. @default true */
  readonly lookups?: boolean;
}

export interface DiffOptions extends SharedOptions {
  /** Folder that the assembly is left in, when the app is run. @default an assembly is given */
  readonly output?: string;
  readonly stacks: readonly string[];
  /** @default false */
  readonly skipBuild?: boolean;
  /** Version of the CLI that gets them. @default the newest */
  readonly cliVersion?: string;
}

export interface DeployOptions extends SharedOptions {
  readonly assembly: string;
  readonly stacks: readonly string[];
  readonly concurrency: number;
  readonly toolkitStackName: string;
  /** File that the CLI writes the outputs to. */
  readonly outputsFile: string;
}

export interface PrepareOptions extends SharedOptions {
  readonly assembly: string;
  readonly stacks: readonly string[];
  readonly changeSetName: string;
  readonly concurrency: number;
  readonly toolkitStackName: string;
}

export interface ExecuteOptions extends SharedOptions {
  readonly assembly: string;
  /** The one stack that the change set is of. */
  readonly stack: string;
  /** ARN: a name may be another change set's by now. */
  readonly changeSet: string;
  readonly toolkitStackName: string;
}

export interface BootstrapOptions extends SharedOptions {
  readonly account: string;
  readonly region: string;
  readonly qualifier: string;
  readonly toolkitStackName: string;
}

// Notices would call a host that a runner may not reach, and colours make the log hard to search.
const QUIET = ['--no-color', '--no-notices', '--ci'];

// A `build` that is an object is another tool's; `true` is a program that does nothing on every runner.
const NO_BUILD = ['--build', 'true'];

/** `cdk synth` into a folder, saying nothing of templates. */
export function synthArgs(options: SynthOptions): readonly string[] {
  const lookups = options.lookups === false ? ['--no-lookups'] : [];
  return ['synth', ...fromApp(options), '--output', options.output, '--quiet', ...lookups, ...end(options)];
}

/**
 * `cdk diff` over an assembly or, in one run, over the app that is synthesised for it. Without stacks it is all of
 * them: by itself the CLI leaves out those in stages.
 */
export function diffArgs(options: DiffOptions): readonly string[] {
  const stacks = options.stacks.length > 0 ? options.stacks : ['**'];
  const output = options.output === undefined ? [] : ['--output', options.output];
  return ['diff', ...stacks, '--exclusively', ...fromApp(options), ...output, ...methodArgs(options), ...end(options)];
}

/**
 * A diff only reads: change sets are made apart from it. `--method` came with 2.1115.0 (aws/aws-cdk-cli#1266). A CLI
 * before it passes over an option that it does not know, and would make a change set.
 */
function methodArgs({ cliVersion }: DiffOptions): readonly string[] {
  return isBefore(cliVersion, 1115) ? ['--no-change-set'] : ['--method', 'template'];
}

function isBefore(cliVersion: string | undefined, minor: number): boolean {
  const [, own = 0] = cliVersion?.split('.').map(Number) ?? [2, Infinity];
  return own < minor;
}

/** Whether a CLI can execute a change set that it made before: `execute-change-set` came with 2.1120.0. */
export function knowsChangeSets(cliVersion: string): boolean {
  return !isBefore(cliVersion, 1120);
}

/**
 * Makes the change sets of some stacks of an assembly, publishes their assets and executes nothing. The CDK includes
 * nested stacks.
 */
export function prepareArgs(options: PrepareOptions): readonly string[] {
  return [
    'deploy',
    ...options.stacks,
    ...['--app', options.assembly],
    '--exclusively',
    ...['--method', 'prepare-change-set'],
    ...['--change-set-name', options.changeSetName],
    ...['--require-approval', 'never'],
    ...['--concurrency', String(options.concurrency)],
    ...['--toolkit-stack-name', options.toolkitStackName],
    ...end(options),
  ];
}

/** Executes one change set as it is. */
export function executeArgs(options: ExecuteOptions): readonly string[] {
  return [
    'deploy',
    options.stack,
    ...['--app', options.assembly],
    '--exclusively',
    ...['--method', 'execute-change-set'],
    ...['--change-set-name', options.changeSet],
    ...['--require-approval', 'never'],
    ...['--toolkit-stack-name', options.toolkitStackName],
    ...['--progress', 'events'],
    ...end({ extra: withoutMaking(checkExtra(options.extra)) }),
  ];
}

/** Options that say how a change set is made: the CLI refuses them for one that is there. */
const MAKING = new Set(['parameters', 'import-existing-resources', 'revert-drift']);

/** The user's arguments without those, and without their values. */
function withoutMaking(extra: readonly string[]): readonly string[] {
  let dropping = false;
  return extra.filter((argument) => {
    const [first] = optionsIn(argument);
    if (first !== undefined) dropping = MAKING.has(first.option);
    return !dropping;
  });
}

/** `cdk deploy` of just the named stacks of an assembly. */
export function deployArgs(options: DeployOptions): readonly string[] {
  return [
    'deploy',
    ...options.stacks,
    ...['--app', options.assembly],
    '--exclusively',
    ...['--require-approval', 'never'],
    ...['--concurrency', String(options.concurrency)],
    ...['--toolkit-stack-name', options.toolkitStackName],
    ...['--outputs-file', options.outputsFile],
    ...['--progress', 'events'],
    ...end(options),
  ];
}

/** `cdk bootstrap` of one account and region. The app is not run: the place is named. */
export function bootstrapArgs(options: BootstrapOptions): readonly string[] {
  return [
    'bootstrap',
    `aws://${options.account}/${options.region}`,
    ...['--qualifier', options.qualifier],
    ...['--toolkit-stack-name', options.toolkitStackName],
    ...end(options),
  ];
}

function fromApp(options: SharedOptions & { readonly skipBuild?: boolean }): readonly string[] {
  const app = options.app === undefined ? [] : ['--app', options.app];
  return options.skipBuild ? [...app, ...NO_BUILD] : app;
}

function end(options: SharedOptions): readonly string[] {
  return [...QUIET, ...checkExtra(options.extra)];
}

const APP = 'use the input app';
const CONTEXT = 'use the input context: -c drops arrays and splits keys at "="';
const ASSEMBLY = 'the assembly is an output of the action';
const ROLE = 'use the input role-to-assume';
const FORCE = 'what is as it has to be is left alone, and a newer bootstrap is never taken back';
const OTHER_THAN_TEMPLATE = 'it leaves the stack other than its template says';
const STACKS = 'use the input stacks';
const METHOD = 'use the input diff-method';
const NOTHING_DONE = 'nothing would be done, and reported as done';

/** Options that would undo what the action does itself, and what to use instead. */
const REFUSED: Readonly<Record<string, string>> = {
  app: APP,
  a: APP,
  context: CONTEXT,
  c: CONTEXT,
  output: ASSEMBLY,
  o: ASSEMBLY,
  force: FORCE,
  f: FORCE,
  profile: ROLE,
  'role-arn': ROLE,
  r: ROLE,
  ec2creds: ROLE,
  i: ROLE,
  'require-approval': 'nobody can answer: use the input fail-on',
  exclusively: 'it is always given',
  e: 'it is always given',
  all: STACKS,
  'outputs-file': 'use the input outputs-file',
  O: 'use the input outputs-file',
  method: METHOD,
  m: METHOD,
  'change-set': METHOD,
  'change-set-name': 'change sets have a name for each run',
  hotswap: OTHER_THAN_TEMPLATE,
  'hotswap-fallback': OTHER_THAN_TEMPLATE,
  watch: 'it never ends',
  execute: 'a deployment that is not executed would be reported as one',
  'toolkit-stack-name': 'use the input toolkit-stack-name',
  qualifier: 'use the input qualifier',
  concurrency: 'use the input concurrency',
  fail: 'use the input fail-on',
  'fail-on': 'use the input fail-on',
  help: NOTHING_DONE,
  h: NOTHING_DONE,
  version: NOTHING_DONE,
};

/**
 * The user's own arguments, unless one of them would undo the action's.
 * @throws ActionError `input`
 */
export function checkExtra(extra: readonly string[]): readonly string[] {
  const [first] = extra;
  if (first !== undefined && !first.startsWith('-')) {
    throw new ActionError('input', `cdk-args may not hold '${first}', which names a stack: ${STACKS}`);
  }
  for (const argument of extra) {
    if (argument === '--') throw new ActionError('input', `cdk-args may not hold '--': ${STACKS}`);
    for (const { written, option } of optionsIn(argument)) {
      const reason = Object.hasOwn(REFUSED, option) ? REFUSED[option] : undefined;
      if (reason !== undefined) throw new ActionError('input', `cdk-args may not hold '${written}': ${reason}`);
    }
  }
  return extra;
}

/**
 * The options of an argument, as the CLI's parser (yargs) takes them: `--roleArn` is `--role-arn`, `--no-execute` turns
 * `--execute` off, `--a` is `-a`, `--context.key` sets a part of one, and `-va` is `-v -a`.
 */
function optionsIn(argument: string): readonly { readonly written: string; readonly option: string }[] {
  const [, long] = /^--([^=.]+)/.exec(argument) ?? [];
  if (long !== undefined) {
    const dashed = long.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return [{ written: `--${long}`, option: dashed.replace(/^no-/, '') }];
  }
  const [, letters = ''] = /^-([A-Za-z]+)/.exec(argument) ?? [];
  return Array.from(letters, (letter) => ({ written: `-${letter}`, option: letter }));
}
