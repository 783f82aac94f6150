import { z } from 'zod';
import { TOOLCHAINS } from '../toolchains.js';
import { name, object, oneOrMany, path, text } from './parts.js';

const build = object({
  toolchain: z
    .enum(TOOLCHAINS, { error: `must be one of ${TOOLCHAINS.join(', ')}` })
    .exactOptional()
    .describe('What builds the app. By default it is found from the files in its folder.'),
  before: oneOrMany(text, 'must be a command, or a list of them')
    .exactOptional()
    .describe('Commands that run in the app’s folder before it is built.'),
});

const names = (what: string) =>
  z
    .array(name, { error: `must be a list of ${what}` })
    .min(1, 'must not be an empty list')
    .exactOptional();

/** Keys of a release that names releases. */
const GROUP_KEYS = ['releases', 'needs', 'environments'];

export const release = object({
  app: path.exactOptional().describe('Folder of the CDK app, where `cdk.json` lies. By default the repository’s root.'),
  stacks: oneOrMany(text, 'must be a stack as the CDK selects it, or a list of them')
    .exactOptional()
    .describe('Stacks to work on, as the CDK selects them: ids or patterns. All by default.'),
  templates: path
    .exactOptional()
    .describe('Folder that holds `<environment>/<version>/`. Without one the app has no versioned templates.'),
  'context-template': path
    .exactOptional()
    .describe(
      'Template of `cdk.context.json`. By default `cdk.context.template.json`, `.yaml` or `.yml` beside `cdk.json`.',
    ),
  paths: oneOrMany(text, 'must be a path pattern, or a list of them')
    .exactOptional()
    .describe('Patterns of files that touch this release. By default everything in its folder.'),
  build: build.exactOptional().describe('How the app is built.'),
  needs: names('releases').describe('Releases that go first, where they are part of the same run.'),
  releases: names('releases').describe('Releases that this name stands for, in place of an app.'),
  environments: names('environments').describe('Environments that it goes to. All by default.'),
}).refine((value) => value.releases === undefined || Object.keys(value).every((key) => GROUP_KEYS.includes(key)), {
  error: `a release that names releases is no app: keep only ${GROUP_KEYS.join(', ')}`,
  params: { whole: true },
});
