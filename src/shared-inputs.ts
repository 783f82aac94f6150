import { parseArgsStringToArgv } from 'string-argv';
import { checkExtra } from './cdk/args.js';
import { checkVersion } from './cdk/version.js';
import { ROLE_ARN } from './environment/names.js';
import { ActionError } from './errors.js';
import type {
  AppInputs,
  AssemblyInputs,
  CdkInputs,
  CredentialInputs,
  ReportInputs,
  WhereInputs,
} from './input-types.js';
import { choice, flag, lines, shaped, whole, words, type ReadInput } from './input-values.js';

/** Where to, and what. */
export function where(read: ReadInput): WhereInputs {
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

/** The roles to take, and how. */
export function credentials(read: ReadInput): CredentialInputs {
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

/** The app and its context. */
export function app(read: ReadInput): AppInputs {
  return {
    app: read('app'),
    context: read('context'),
    contextTemplate: read('context-template'),
    variables: read('variables'),
    env: words(read('env')).map(variableName),
  };
}

/** The CDK and its bootstrap. */
export function cdk(read: ReadInput): CdkInputs {
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
    cdkVersion: checkVersion(read('cdk-version')),
    cdkArgs: checkExtra(parseArgsStringToArgv(read('cdk-args'))),
  };
}

/** What is deployed: an app, or an assembly. */
export function source(read: ReadInput): AppInputs & AssemblyInputs & CdkInputs {
  const assembly = read('assembly');
  const assemblyDigest = read('assembly-digest');
  if (assemblyDigest && !assembly) {
    throw new ActionError('input', `assembly-digest is given without assembly: give the assembly that it belongs to`);
  }
  if (assemblyDigest && !/^sha256:[0-9a-f]{64}$/.test(assemblyDigest)) {
    throw new ActionError(
      'input',
      `assembly-digest '${assemblyDigest}' is not of the form sha256:<64 hex digits>: give the output assembly-digest`,
    );
  }
  return {
    ...app(read),
    ...cdk(read),
    assembly,
    assemblyDigest,
    allowAssetExecutables: flag(read, 'allow-asset-executables'),
  };
}

/** Comment and summary. */
export function report(read: ReadInput): ReportInputs {
  return {
    comment: choice(read, 'comment', ['true', 'false', 'changes'] as const, 'true'),
    commentTag: read('comment-tag'),
    commentHeader: read('comment-header'),
    commentFooter: read('comment-footer'),
    summary: flag(read, 'summary', true),
    pullRequest: pullRequest(read),
    githubToken: read('github-token'),
  };
}

function pullRequest(read: ReadInput): string {
  const value = read('pull-request');
  if (/^(?:#?[1-9]\d{0,9})?$/.test(value)) return value;
  throw new ActionError('input', `pull-request '${value}' is no number of a pull request: give it as in 12 or #12`);
}

const STACK_NAME = 'a letter, then up to 127 letters, digits and hyphens';

function variableName(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  throw new ActionError(
    'input',
    `env '${name}' is not the name of an environment variable: give names only, their values come from the job's env`,
  );
}
