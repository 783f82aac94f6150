import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseConfig } from '../environment/config.js';
import { exceptionsOf, gatesOnBase, type Gates } from '../environment/gates.js';
import { messageOf } from '../errors.js';
import { readRefusalOf } from '../github/refusal.js';
import type { DiffInputs } from '../inputs.js';
import { ask } from './asking.js';
import type { Context } from './context.js';
import type { Found } from './target.js';

export interface BaseRequest {
  /** The branch that the pull request goes into. */
  readonly branch: string;
  /** 12 digits, of the credentials. */
  readonly account: string;
  readonly inputs: Pick<DiffInputs, 'config' | 'githubToken'>;
  readonly found: Found;
}

const NONE: Gates = { gates: [], exceptions: exceptionsOf(undefined) };

/**
 * What the newest commit of the base branch says of gates. It is read through the API, because the checkout holds the
 * pull request's own file, and often no other commit. Where it cannot be read a warning says so, and no exception counts.
 */
export async function baseGates({ branch, account, inputs, found }: BaseRequest, context: Context): Promise<Gates> {
  const { runner } = context.ports;
  const without = (why: string): Gates => {
    runner.warning(`gates of ${branch}: ${why}; until then only those of the checkout count, and no exception`);
    return NONE;
  };
  if (!inputs.githubToken) return without('they cannot be read without a github-token: give ${{ github.token }}');
  const github = await context.ports.reviews(inputs.githubToken);
  const file = pathInRepository(inputs.config, context.place.workspace);
  const what = `${file} on ${branch}`;
  const read = async (): Promise<{ commit: string; text?: string } | { why: string }> => {
    try {
      const commit = await github.branchHead(branch);
      const text = await github.file(file, commit);
      return { commit, ...(text === undefined ? {} : { text }) };
    } catch (error) {
      const why = readRefusalOf(error, what, 'contents: read');
      if (why === undefined) throw error;
      return { why };
    }
  };
  const answer = await ask(what, 'contents: read', read());
  if ('why' in answer) return without(answer.why);
  const at = `${branch} (${answer.commit.slice(0, 7)})`;
  if (answer.text === undefined) {
    runner.info(`gates: ${at} has no ${file}, so those of the checkout count`);
    return NONE;
  }
  try {
    const { environment } = found.target;
    const base = gatesOnBase(parseConfig(answer.text, file), { environment, account });
    runner.info(`gates of ${environment} on ${at}: ${base.gates.join(', ') || 'none'}`);
    return base;
  } catch (error) {
    return without(`its config is not valid (${messageOf(error)}): mend it there`);
  }
}

/** A checkout need not be the workspace itself: the path counts from the folder that git knows. */
function pathInRepository(config: string, workspace: string): string {
  const file = path.resolve(workspace, config);
  let root = path.dirname(file);
  while (root !== workspace && root !== path.dirname(root) && !existsSync(path.join(root, '.git'))) {
    root = path.dirname(root);
  }
  return path.relative(root === path.dirname(root) ? workspace : root, file).replaceAll(path.sep, '/');
}
