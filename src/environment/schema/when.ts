import { z } from 'zod';
import { flag, object, oneOrMany, text } from './parts.js';

const patterns = (what: string) =>
  oneOrMany(text, `must be a pattern of ${what}, or a list of them`).describe(
    `Patterns of ${what}: \`*\` stands for anything but a slash, \`**\` for anything, \`!\` in front takes out what an earlier pattern let in.`,
  );

const branches = patterns('branches').exactOptional();
const tags = patterns('tags').exactOptional();

/** As with GitHub's `on`: a key without a value means every event of the kind. */
const every = z.union([z.null(), flag], { error: 'must be true or false' });

const RELEASES = ['published', 'prerelease'] as const;
const releases = oneOrMany(
  z.enum(RELEASES, { error: 'must be published or prerelease' }),
  'must be published, prerelease, or both as a list',
);

/** Which events lead to an environment. One key per event, as under GitHub's `on`. */
export const when = object({
  push: z
    .union([every, object({ branches, tags })], { error: 'must be true, or a mapping of branches and tags' })
    .exactOptional()
    .describe('A push. With `branches` only, no tag leads here; with `tags` only, no branch; with neither, both do.'),
  'pull-request': z
    .union([every, object({ branches })], { error: 'must be true, or a mapping of branches' })
    .exactOptional()
    .describe('A pull request; `branches` are those that it goes into (its base).'),
  release: z
    .union([every, releases], { error: 'must be published, prerelease, or both as a list' })
    .exactOptional()
    .describe('A release that is published: `published` for a full one, `prerelease` for one marked as such.'),
  'merge-group': z
    .union([every, object({ branches })], { error: 'must be true, or a mapping of branches' })
    .exactOptional()
    .describe('A merge queue; `branches` are those that it goes into.'),
  schedule: z
    .union([every, oneOrMany(text, 'must be a cron line, or a list of them')], {
      error: 'must be true, a cron line, or a list of them',
    })
    .exactOptional()
    .describe('A schedule: `true` for any, or the cron lines of the workflow, letter by letter.'),
  dispatch: every
    .exactOptional()
    .describe('A run started by hand (`workflow_dispatch`) that names no environment in an input.'),
});

export type When = z.output<typeof when>;
