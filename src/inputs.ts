import { parseArgsStringToArgv } from 'string-argv';
import { ROLE_ARN } from './environment/names.js';
import { ActionError } from './errors.js';

export const COMMANDS = ['resolve', 'bootstrap', 'synth', 'diff', 'report', 'deploy'] as const;
export type CommandName = (typeof COMMANDS)[number];

export const GATES = ['delete', 'replace', 'address', 'access', 'data-loss', 'any'] as const;
export type Gate = (typeof GATES)[number];

/** Where to and what: every command that has a target takes it. */
export interface WhereInputs {
  readonly environment: string;
  readonly version: string;
  readonly release: string;
  readonly config: string;
  readonly workingDirectory: string;
  readonly stacks: readonly string[];
  readonly region: string;
  readonly allowedAccountIds: readonly string[];
  readonly maskAccountId: boolean;
}

export interface CredentialInputs {
  /** First hop first. */
  readonly roles: readonly string[];
  readonly externalIds: readonly string[];
  readonly sessionName: string;
  /** Seconds. */
  readonly durationSeconds: number;
  readonly sessionTags: boolean;
  readonly audience: string;
}

export interface AppInputs {
  readonly app: string;
  readonly context: string;
  readonly contextTemplate: string;
  readonly variables: string;
  readonly env: readonly string[];
}

export interface AssemblyInputs {
  readonly assembly: string;
  readonly assemblyDigest: string;
  readonly allowAssetExecutables: boolean;
}

export interface CdkInputs {
  readonly qualifier: string;
  readonly toolkitStackName: string;
  readonly cdkVersion: string;
  readonly cdkArgs: readonly string[];
}

export interface ReportInputs {
  readonly comment: 'true' | 'false' | 'changes';
  readonly commentTag: string;
  readonly commentHeader: string;
  readonly commentFooter: string;
  readonly summary: boolean;
  /** Empty: the event's. */
  readonly pullRequest: string;
  readonly githubToken: string;
}

type Named<C extends CommandName> = { readonly command: C };
type Base = WhereInputs & CredentialInputs;
type Source = AppInputs & AssemblyInputs & CdkInputs;

export type ResolveInputs = Named<'resolve'> & Base & AppInputs;
export type BootstrapInputs = Named<'bootstrap'> & Base & AppInputs & CdkInputs;
export type SynthInputs = Named<'synth'> & Base & AppInputs & CdkInputs;
export type DiffInputs = Named<'diff'> &
  Base &
  Source &
  ReportInputs & {
    readonly diffMethod: 'template' | 'change-set' | 'auto';
    readonly failOn: readonly Gate[];
    readonly planFile: string;
  };
export type ReportCommandInputs = Named<'report'> & ReportInputs & { readonly plans: readonly string[] };
export type DeployInputs = Named<'deploy'> &
  Base &
  Source &
  ReportInputs & { readonly concurrency: number; readonly outputsFile: string };

/** The inputs of a run, told apart by `command`. */
export type Inputs = ResolveInputs | BootstrapInputs | SynthInputs | DiffInputs | ReportCommandInputs | DeployInputs;

/** Reads one input by the name it has in `action.yml`; empty when it is not given. */
export type ReadInput = (name: string) => string;

/**
 * The inputs as one typed object.
 * @throws ActionError `input`, naming the input, its value and the values it may have
 */
export function readInputs(read: ReadInput): Inputs {
  const command = choice(read, 'command', COMMANDS);
  switch (command) {
    case 'resolve':
      return { command, ...where(read), ...credentials(read), ...app(read) };
    case 'bootstrap':
      return { command, ...where(read), ...credentials(read), ...app(read), ...cdk(read) };
    case 'synth':
      return { command, ...where(read), ...credentials(read), ...app(read), ...cdk(read) };
    case 'diff':
      return { command, ...where(read), ...credentials(read), ...source(read), ...report(read), ...diff(read) };
    case 'report':
      return { command, ...report(read), plans: lines(read('plans')) };
    case 'deploy':
      return { command, ...where(read), ...credentials(read), ...source(read), ...report(read), ...deploy(read) };
  }
}

function where(read: ReadInput): WhereInputs {
  return {
    environment: read('environment'),
    version: read('version'),
    release: read('release'),
    config: read('config') || '.github/deploy.yml',
    workingDirectory: read('working-directory') || '.',
    stacks: words(read('stacks')),
    region: read('aws-region'),
    allowedAccountIds: words(read('allowed-account-ids')),
    maskAccountId: flag(read, 'mask-aws-account-id'),
  };
}

function credentials(read: ReadInput): CredentialInputs {
  return {
    ...roles(read),
    // AWS's own limits, as for the duration below.
    sessionName: shaped(
      read,
      'role-session-name',
      'deploy-action',
      /^[\w+=,.@-]{2,64}$/,
      '2 to 64 of A-Z a-z 0-9 _+=,.@-',
    ),
    // The bounds are AWS's own: DurationSeconds of AssumeRoleWithWebIdentity.
    durationSeconds: whole(read, 'role-duration-seconds', 3600, 900, 43_200),
    sessionTags: !flag(read, 'role-skip-session-tagging'),
    audience: read('audience') || 'sts.amazonaws.com',
  };
}

function roles(read: ReadInput): Pick<CredentialInputs, 'roles' | 'externalIds'> {
  const arns = lines(read('role-to-assume'));
  for (const arn of arns) {
    if (ROLE_ARN.test(arn)) continue;
    throw new ActionError(
      'input',
      `role-to-assume '${arn}' is not the ARN of a role (arn:aws:iam::<account>:role/<name>)`,
    );
  }
  const externalIds = lines(read('role-external-id'));
  if (externalIds.length > 0 && arns.length === 0) {
    throw new ActionError('input', 'role-external-id is given without role-to-assume: give the role as well');
  }
  if (externalIds.length > arns.length) {
    throw new ActionError(
      'input',
      `role-external-id has ${externalIds.length} lines, role-to-assume only ${arns.length}: give one for the last ` +
        `role, or one for each role after the first`,
    );
  }
  return { roles: arns, externalIds };
}

function app(read: ReadInput): AppInputs {
  return {
    app: read('app'),
    context: read('context'),
    contextTemplate: read('context-template'),
    variables: read('variables'),
    env: words(read('env')).map(variableName),
  };
}

function cdk(read: ReadInput): CdkInputs {
  return {
    // The CDK's limit: the qualifier is part of the names of buckets and roles.
    qualifier: shaped(
      read,
      'qualifier',
      'hnb659fds',
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,9}$/,
      '1 to 10 letters, digits, _ and -',
    ),
    toolkitStackName: shaped(read, 'toolkit-stack-name', 'CDKToolkit', /^[A-Za-z][A-Za-z0-9-]{0,127}$/, STACK_NAME),
    cdkVersion: read('cdk-version'),
    cdkArgs: parseArgsStringToArgv(read('cdk-args')),
  };
}

function source(read: ReadInput): AppInputs & AssemblyInputs & CdkInputs {
  const assembly = read('assembly');
  const assemblyDigest = read('assembly-digest');
  if (assemblyDigest && !assembly) {
    throw new ActionError('input', `assembly-digest is given without assembly: give the assembly that it belongs to`);
  }
  if (assemblyDigest && !/^sha256:[0-9a-f]{64}$/.test(assemblyDigest)) {
    throw new ActionError('input', `assembly-digest '${assemblyDigest}' is not of the form sha256:<64 hex digits>`);
  }
  return {
    ...app(read),
    ...cdk(read),
    assembly,
    assemblyDigest,
    allowAssetExecutables: flag(read, 'allow-asset-executables'),
  };
}

function report(read: ReadInput): ReportInputs {
  return {
    comment: choice(read, 'comment', ['true', 'false', 'changes'] as const, 'true'),
    commentTag: read('comment-tag'),
    commentHeader: read('comment-header'),
    commentFooter: read('comment-footer'),
    summary: flag(read, 'summary', true),
    pullRequest: read('pull-request'),
    githubToken: read('github-token'),
  };
}

function diff(read: ReadInput): Pick<DiffInputs, 'diffMethod' | 'failOn' | 'planFile'> {
  return {
    diffMethod: choice(read, 'diff-method', ['template', 'change-set', 'auto'] as const, 'template'),
    failOn: words(read('fail-on')).map((word) => oneOf('fail-on', word, GATES)),
    planFile: read('plan-file'),
  };
}

function deploy(read: ReadInput): Pick<DeployInputs, 'concurrency' | 'outputsFile'> {
  return { concurrency: whole(read, 'concurrency', 1, 1, 64), outputsFile: read('outputs-file') };
}

function oneOf<T extends string>(name: string, value: string, values: readonly T[]): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new ActionError('input', `${name} '${value}' is unknown: use ${list(values)}`);
  return found;
}

function choice<T extends string>(read: ReadInput, name: string, values: readonly T[], otherwise?: T): T {
  const value = read(name);
  if (value === '' && otherwise !== undefined) return otherwise;
  if (value === '') throw new ActionError('input', `${name} is missing: use ${list(values)}`);
  return oneOf(name, value, values);
}

function flag(read: ReadInput, name: string, otherwise = false): boolean {
  return choice(read, name, ['true', 'false'] as const, otherwise ? 'true' : 'false') === 'true';
}

function whole(read: ReadInput, name: string, otherwise: number, least: number, most: number): number {
  const text = read(name);
  if (text === '') return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new ActionError('input', `${name} '${text}' is not a whole number from ${least} to ${most}`);
  }
  return value;
}

function shaped(read: ReadInput, name: string, otherwise: string, form: RegExp, wording: string): string {
  const value = read(name) || otherwise;
  if (form.test(value)) return value;
  throw new ActionError('input', `${name} '${value}' is not of the form: ${wording}`);
}

const STACK_NAME = 'a letter, then up to 127 letters, digits and hyphens';

function variableName(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  throw new ActionError(
    'input',
    `env '${name}' is not the name of an environment variable: give names only, their values come from the job's env`,
  );
}

function lines(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || []);
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function list(values: readonly string[]): string {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}
