import { z } from 'zod';
import { BUILT_IN_VARIABLES, VARIABLE } from '../names.js';
import { account, flag, name, object, oneOrMany, region, roleArn, text } from './parts.js';
import { when } from './when.js';

/** Words that may fail a run: actions, risks, and drift. */
export const GATES = ['delete', 'replace', 'address', 'access', 'data-loss', 'any', 'drift'] as const;

const HOP = 'must be the ARN of a role, or a mapping of arn, external-id and session-tags';
const hop = z.union(
  [
    roleArn,
    object({
      arn: roleArn.describe('ARN of the role.'),
      'external-id': text.exactOptional().describe('External id that its trust policy asks for.'),
      'session-tags': flag
        .exactOptional()
        .describe('Whether session tags are sent. By default they are, and left out where the role refuses them.'),
    }),
  ],
  { error: HOP },
);
const chain = oneOrMany(hop, `${HOP}, or a list of such, taken one after the other`);

const variables = z
  .record(
    z
      .string()
      .regex(VARIABLE, `variable must match ${VARIABLE.source}`)
      .refine(
        (key) => !BUILT_IN_VARIABLES.some((builtIn) => builtIn === key),
        'variable is built in: choose another name',
      ),
    z.unknown(),
    { error: 'must be a mapping from names to values' },
  )
  .exactOptional();

export const environment = object({
  account: account
    .exactOptional()
    .describe('Account to deploy to: 12 digits, in quotes. By default that of the last role.'),
  region: region.exactOptional().describe('Region to deploy to.'),
  regions: z
    .array(region, { error: 'must be a list of regions' })
    .min(1, 'must not be an empty list')
    .exactOptional()
    .describe('Regions to deploy to, in place of `region`.'),
  roles: object({
    plan: chain
      .exactOptional()
      .describe('Role that reads, for plans; or a chain of roles. By default that of `deploy`.'),
    deploy: chain
      .exactOptional()
      .describe('Role that deploys; or a chain of roles, the first taken with GitHub’s token.'),
  })
    .exactOptional()
    .describe(
      'Roles to take. Two, because the subject of GitHub’s token differs between a pull request and a protected environment. Without them the credentials of the job are used.',
    ),
  domain: text.exactOptional().describe('Domain, for the templates.'),
  url: text
    .regex(/^(?:https?:\/\/\S+|\{\{.+)$/, 'must be an address (https://…), which may hold Mustache tags')
    .exactOptional()
    .describe(
      'Address of what is deployed, for GitHub’s Environments page; may hold the variables of templates and `{{outputs.<stack>.<name>}}`.',
    ),
  name: name
    .exactOptional()
    .describe(
      'Name of the deployment, for the templates and so for the names of resources. By default the environment’s.',
    ),
  variables: variables.describe('More variables for the templates, of any kind.'),
  when: when
    .exactOptional()
    .describe('Events that lead here when no input names an environment, as under GitHub’s `on`.'),
  protected: flag.exactOptional().describe('Whether it must never be destroyed.'),
  gates: z
    .array(z.enum(GATES, { error: `must be one of ${GATES.join(', ')}` }), { error: 'must be a list' })
    .exactOptional()
    .describe(
      'What in a plan fails a run, beside the input `fail-on`. On a pull request those of the base branch count as well.',
    ),
  exceptions: object({
    types: z
      .array(text, { error: 'must be a list of resource types' })
      .exactOptional()
      .describe('Resource types, such as `AWS::SQS::Queue`.'),
    ids: z
      .array(text, { error: 'must be a list of logical ids or construct paths' })
      .exactOptional()
      .describe('Logical ids or construct paths; `<stack id>/` in front of a logical id is for one stack alone.'),
    label: text
      .exactOptional()
      .describe(
        'Label of a pull request that lets everything pass. It counts when somebody with write permission, other than the author, has set it after the newest push.',
      ),
  })
    .exactOptional()
    .describe('What passes the gates. On a pull request it is read from the base branch alone.'),
  ephemeral: flag.exactOptional().describe('Whether it comes and goes, as one environment per pull request does.'),
  version: name.exactOptional().describe('Version of the templates where neither an input nor a tag decides.'),
}).refine((value) => value.region === undefined || value.regions === undefined, {
  error: 'region and regions are both given: keep one of them',
  params: { whole: true },
});

export type RoleChain = z.output<typeof chain>;
