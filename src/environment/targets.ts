import { z } from 'zod';
import { ActionError, messageOf } from '../errors.js';
import type { Target } from './model.js';
import { NAME, REGION } from './names.js';
import type { Toolchain } from './toolchain.js';

/** A target as jobs hand it on to one another: with what a job needs to build its app. */
export interface BuildTarget extends Target {
  /** Folder of the app, relative to the workspace. */
  readonly app: string;
  /** Undefined when nothing tells what the app is built with. */
  readonly toolchain?: Toolchain;
}

// What one job hands to the next is no user's: it is checked because a caller may write it by hand, too.
const target = z.looseObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  release: z.string().regex(NAME),
  environment: z.string().regex(NAME),
  region: z.string().regex(REGION),
  version: z.string(),
  wave: z.int().min(1),
});

/**
 * Targets as an output `targets` has them.
 * @throws ActionError `input`
 */
export function parseTargets(text: string): readonly BuildTarget[] {
  try {
    return z.array(target).parse(JSON.parse(text)) as unknown as readonly BuildTarget[];
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new ActionError('input', `targets is not what the output targets of resolve is (${why}): hand that on`);
  }
}

/** GitHub's limit for the jobs of a matrix. */
export const MOST_TARGETS = 256;
/** Pairs of jobs that `release.yml` has: a workflow cannot make jobs while it runs. */
export const MOST_WAVES = 8;

/**
 * The targets of each wave, first wave first; a wave that is empty is left out.
 * @throws ActionError `resolution` for more than a workflow can have
 */
export function wavesOfTargets<T extends Target>(targets: readonly T[]): readonly (readonly T[])[] {
  if (targets.length > MOST_TARGETS) {
    throw new ActionError(
      'resolution',
      `there are ${targets.length} targets, and a matrix of GitHub has ${MOST_TARGETS} jobs at most: name a release ` +
        `that stands for fewer, or one region at a time with aws-region`,
    );
  }
  const numbers = [...new Set(targets.map(({ wave }) => wave))].sort((a, b) => a - b);
  if (numbers.length > MOST_WAVES) {
    throw new ActionError(
      'resolution',
      `there are ${numbers.length} waves, and a run has ${MOST_WAVES} at most: take releases out of 'needs' that need ` +
        `not wait for one another, or deploy in two runs with releases that stand for half of them each`,
    );
  }
  return numbers.map((number) => targets.filter(({ wave }) => wave === number));
}
