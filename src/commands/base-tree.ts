import path from 'node:path';
import { childEnvironment } from '../cdk/environment.js';
import { messageOf } from '../errors.js';
import type { Context } from './context.js';

/** Files and folders of a commit, by their paths from the workspace. */
export interface Tree {
  /** Undefined when there is no such file. @throws Error for a link: what it leads to may be elsewhere */
  read(file: string): string | undefined;
  /** Names of what lies in a folder; empty when there is no such folder. */
  list(folder: string, kind: 'file' | 'folder'): readonly string[];
}

/** Reads of one body: more is not what a template needs. */
const MOST_READS = 200;

/** What is not read yet: the body is begun anew once it is. */
class Wanted extends Error {
  constructor(readonly args: readonly string[]) {
    super(`wanted: ${args.join(' ')}`);
  }
}

/**
 * Runs something that reads files of a commit in the checkout, one `git` per file or folder that it asks for.
 * @param body without effects, because it is begun anew whenever something is read
 */
export async function atCommit<T>(commit: string, body: (tree: Tree) => T, context: Context): Promise<T> {
  const known = new Map<string, string | undefined>();
  let wanted: Wanted | undefined;
  const ask = (...args: readonly string[]): string | undefined => {
    const key = args.join('\0');
    if (known.has(key)) return known.get(key);
    wanted = new Wanted(args);
    throw wanted;
  };
  const list = (folder: string): readonly (readonly [mode: string, name: string])[] =>
    (ask('ls-tree', '-z', at(commit, folder)) ?? '').split('\0').flatMap((line) => {
      const match = /^(\d+) \w+ [0-9a-f]+\t(.+)$/s.exec(line);
      return match === null ? [] : [[match[1] ?? '', match[2] ?? ''] as const];
    });
  const tree: Tree = {
    read(name) {
      const file = within(context.place.workspace, name);
      const mode = list(path.posix.dirname(file)).find(([, one]) => one === path.posix.basename(file))?.[0];
      if (mode === LINK) throw new Error(`${file} is a link: name the file itself`);
      return mode !== undefined && FILE.test(mode) ? ask('cat-file', 'blob', at(commit, file)) : undefined;
    },
    list: (name, kind) =>
      list(within(context.place.workspace, name)).flatMap(([mode, one]) =>
        (kind === 'file' ? FILE : FOLDER).test(mode) ? one : [],
      ),
  };
  for (let read = 0; read < MOST_READS; read += 1) {
    wanted = undefined;
    try {
      return body(tree);
    } catch (error) {
      // Whoever the body calls may have put another error around it.
      const missing = wanted as Wanted | undefined;
      if (missing === undefined) throw error;
      known.set(missing.args.join('\0'), await git(missing.args, context));
    }
  }
  throw new Error(`more than ${MOST_READS} files and folders of ${commit} are asked for`);
}

/**
 * The commit that a pull request is compared with: of its merge commit the side of the base, else where head and base
 * branched off. Undefined when the checkout has none of them.
 * @param base commit of the base, as the event has it
 * @param head commit of the pull request itself
 */
export async function baseCommit(base: string, head: string, context: Context): Promise<string | undefined> {
  const parents = (await git(['rev-parse', 'HEAD^@'], context))?.trim().split('\n') ?? [];
  if (parents.length === 2 && parents[1] === head) return parents[0];
  const branched = (await git(['merge-base', base, 'HEAD'], context))?.trim();
  return branched && COMMIT.test(branched) ? branched : undefined;
}

const COMMIT = /^[0-9a-f]{40,64}$/;
/** Modes of `git ls-tree`. */
const FILE = /^100/;
const FOLDER = /^040/;
const LINK = '120000';

/** Undefined when `git` says no, or is not there. */
async function git(args: readonly string[], context: Context): Promise<string | undefined> {
  const { exec, runner } = context.ports;
  // Nothing is fetched and nobody is asked: what is not in the checkout is not there.
  const set = { GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  const env = childEnvironment(context.env, { pass: [], ambientCredentials: false, set });
  try {
    const { exitCode, stdout, stderr } = await exec.run('git', args, { cwd: context.place.workspace, env });
    if (exitCode === 0) return stdout;
    runner.debug(`git ${args.join(' ')}: ${stderr.trim()}`);
  } catch (error) {
    runner.debug(`git cannot be started: ${messageOf(error)}`);
  }
  return undefined;
}

/** `./` makes a path relative to the workspace, which need not be the root of the repository. */
function at(commit: string, file: string): string {
  return `${commit}:./${file === '.' ? '' : file}`;
}

/** A path as `git` writes it. */
function within(workspace: string, name: string): string {
  const file = path.relative(workspace, path.resolve(workspace, name)).replaceAll(path.sep, '/');
  if (path.isAbsolute(file) || /^\.\.(?:\/|$)/.test(file)) throw new Error(`${name} is outside of the workspace`);
  return file === '' ? '.' : file;
}
