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
}

export interface DiffOptions extends SharedOptions {
  /** Folder that the assembly is left in, when the app is run. @default an assembly is given */
  readonly output?: string;
  readonly stacks: readonly string[];
  readonly method: 'template' | 'change-set' | 'auto';
  /** @default false */
  readonly skipBuild?: boolean;
}

export interface DeployOptions extends SharedOptions {
  readonly assembly: string;
  readonly stacks: readonly string[];
  readonly concurrency: number;
  readonly toolkitStackName: string;
  /** File that the CLI writes the outputs to. */
  readonly outputsFile: string;
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
  return ['synth', ...fromApp(options), '--output', options.output, '--quiet', ...end(options)];
}

/**
 * `cdk diff` over an assembly or, in one run, over the app that is synthesised for it. Without stacks it is all of
 * them: by itself the CLI leaves out those in stages.
 */
export function diffArgs(options: DiffOptions): readonly string[] {
  const stacks = options.stacks.length > 0 ? options.stacks : ['**'];
  const output = options.output === undefined ? [] : ['--output', options.output];
  return [
    'diff',
    ...stacks,
    '--exclusively',
    ...fromApp(options),
    ...output,
    ...['--method', options.method],
    ...end(options),
  ];
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

/** Arguments that would undo what the action does itself, and what to use instead. */
const REFUSED: Readonly<Record<string, string>> = {
  '--app': 'use the input app',
  '-a': 'use the input app',
  '--context': 'use the input context: -c drops arrays and splits keys at "="',
  '-c': 'use the input context: -c drops arrays and splits keys at "="',
  '--output': 'the assembly is an output of the action',
  '-o': 'the assembly is an output of the action',
  '--force': 'a deployment goes through a change set',
  '-f': 'a deployment goes through a change set',
  '--profile': 'use the input role-to-assume',
  '--role-arn': 'use the input role-to-assume',
  '-r': 'use the input role-to-assume',
  '--require-approval': 'nobody can answer: use the input fail-on',
  '--exclusively': 'it is always given',
  '-e': 'it is always given',
  '--outputs-file': 'use the input outputs-file',
  '-O': 'use the input outputs-file',
  '--method': 'use the input diff-method',
  '-m': 'use the input diff-method',
  '--hotswap': 'it leaves the stack other than its template says',
  '--hotswap-fallback': 'it leaves the stack other than its template says',
  '--watch': 'it never ends',
  '--no-execute': 'a deployment that is not executed would be reported as one',
  '--toolkit-stack-name': 'use the input toolkit-stack-name',
  '--concurrency': 'use the input concurrency',
  '--ec2creds': 'use the input role-to-assume',
  '-i': 'use the input role-to-assume',
  '--fail': 'use the input fail-on',
  '--fail-on': 'use the input fail-on',
};

/**
 * The user's own arguments, unless one of them would undo the action's.
 * @throws ActionError `input`
 */
export function checkExtra(extra: readonly string[]): readonly string[] {
  for (const argument of extra) {
    const name = argument.startsWith('--') ? (argument.split('=', 1)[0] ?? argument) : argument.slice(0, 2);
    const reason = argument.startsWith('-') ? REFUSED[name] : undefined;
    if (reason !== undefined) throw new ActionError('input', `cdk-args may not hold '${name}': ${reason}`);
  }
  return extra;
}
