import { z } from 'zod';
import { environment } from './environment.js';
import { name, named, object, text } from './parts.js';
import { checkReferences } from './references.js';
import { release } from './release.js';

const PERSON = 'must be a text, or a mapping of texts such as name and alias';
/** A word or a mapping, whichever the templates want: `{{team}}` or `{{team.name}}`. */
const described = z.union([text, z.record(z.string(), text)], { error: PERSON }).exactOptional();

const plan = object({
  ignore: z
    .array(text, { error: 'must be a list of paths' })
    .exactOptional()
    .describe('Paths in the stacks’ templates that the app cannot keep stable; they do not count for the fingerprint.'),
  match: z
    .enum(['plan', 'plan-and-assets'], { error: 'must be plan or plan-and-assets' })
    .exactOptional()
    .describe(
      'What must be equal between the reviewed plan and the one deployed: the infrastructure, or the assets as well.',
    ),
});

const check = object({
  name: text.describe('Name, as the report shows it.'),
  run: text.describe('Command that reads the plan and prints what it finds.'),
  severity: z
    .enum(['info', 'warning', 'error'], { error: 'must be info, warning or error' })
    .exactOptional()
    .describe('How much a finding without a severity of its own weighs. By default `error`.'),
});

/** The config file. Its shape is public: keys may come, none may go or change its meaning before `schema: 2`. */
export const configFile = object({
  schema: z.literal(1, { error: 'must be 1' }).describe('Version of this format.'),
  organization: name.exactOptional().describe('Organization, for the templates and so for the names of resources.'),
  name: name.exactOptional().describe('Name of the deployment in every environment that has none of its own.'),
  alias: name.exactOptional().describe('Short name, for the templates.'),
  team: described.describe('Team that owns the deployment, for the templates.'),
  contributor: described.describe('Who contributes, for the templates.'),
  synthesizer: described.describe('Synthesizer, for the templates.'),
  tags: z
    .record(z.string(), z.string({ error: 'must be a text' }), { error: 'must be a mapping from tags to texts' })
    .exactOptional()
    .describe('Tags, for the templates.'),
  environments: named(environment, 'environment').exactOptional().describe('Where to deploy, by name.'),
  releases: named(release, 'release').exactOptional().describe('What to deploy, by name. By default one app.'),
  bootstrap: name
    .exactOptional()
    .describe('How an account is bootstrapped: `cdk` (the default), or the release that does it.'),
  version: object({ default: name.exactOptional().describe('Version where nothing else decides.') })
    .exactOptional()
    .describe('Versions of the templates.'),
  plan: plan.exactOptional().describe('How plans are compared.'),
  checks: z
    .array(check, { error: 'must be a list of checks' })
    .exactOptional()
    .describe('Checks of one’s own over the plan, such as policy or cost.'),
}).superRefine(checkReferences);

export type ConfigFile = z.output<typeof configFile>;
export type EnvironmentConfig = NonNullable<ConfigFile['environments']>[string];
export type ReleaseConfig = NonNullable<ConfigFile['releases']>[string];
