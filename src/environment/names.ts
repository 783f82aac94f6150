/** Shapes of names and ids, shared by the config file, its JSON Schema and the inputs. */

/** Names of environments, releases and what else ends up in stack names and ids. */
export const NAME = /^[a-z0-9][a-z0-9.-]{0,62}$/;

/** An AWS account id. */
export const ACCOUNT = /^\d{12}$/;

/** Twelve zeros stand in examples and synthesise happily; no account has them. */
export const PLACEHOLDER_ACCOUNT = '000000000000';

/** A region of any partition: `us-west-2`, `us-gov-east-1`, `eusc-de-east-1`. */
export const REGION = /^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/;

/** An IAM role of any partition, with its account as the first group. */
export const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/** A variable of the templates. No dots: Mustache would look inside. */
export const VARIABLE = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** Variables that every template has; the config may not define them anew. */
export const BUILT_IN_VARIABLES = [
  'organization',
  'name',
  'alias',
  'synthesizer',
  'team',
  'contributor',
  'environment',
  'version',
  'release',
  'account',
  'region',
  'domain',
  'tags',
  'commit',
  'ref',
  'repository',
  'runUrl',
  'releaseVersion',
] as const;

/** The account of a role; undefined when the text is no role's ARN. */
export function accountOfRole(arn: string): string | undefined {
  return ROLE_ARN.exec(arn)?.[1];
}
