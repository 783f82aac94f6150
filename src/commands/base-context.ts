import { posix } from 'node:path';
import { partialNames, resolveInside } from '../cdk/workspace.js';
import { parseConfig } from '../environment/config.js';
import { resolve } from '../environment/resolve.js';
import { ActionError, messageOf } from '../errors.js';
import type { DiffInputs, PrepareInputs } from '../inputs.js';
import { maskPlan } from '../plan/mask.js';
import type { ContextDiff, Plan } from '../plan/model.js';
import { compareContexts } from '../template/compare.js';
import { secretValues } from '../template/secret.js';
import { renderFor, renderWith, templateOf, type Rendered } from './app-context.js';
import { atCommit, baseCommit, type Tree } from './base-tree.js';
import type { Context } from './context.js';
import { DEFAULT_CONFIG, requestOf, type Found } from './target.js';

/** Differences that a plan keeps. */
const MOST_CHANGES = 500;

type Pair = Readonly<Record<string, unknown>>;

export interface BaseRequest {
  readonly plan: Plan;
  readonly inputs: DiffInputs | PrepareInputs;
  readonly found: Found;
}

/**
 * The plan with what a pull request changes in the rendered context, where the checkout has the base: its config and its
 * template, with the same inputs and the same facts of the run. What cannot be compared is left out, and nothing fails.
 */
export async function withContextDiff(request: BaseRequest, context: Context): Promise<Plan> {
  const { runner } = context.ports;
  try {
    const diff = await compare(request, context);
    if (diff === undefined) return request.plan;
    const masked = maskPlan({ ...request.plan, stacks: [], findings: [], context: diff }, runner.secrets());
    return { ...request.plan, ...(masked.context === undefined ? {} : { context: masked.context }) };
  } catch (error) {
    runner.debug(`the context is not compared with the base's: ${messageOf(error)}`);
    return request.plan;
  }
}

async function compare(request: BaseRequest, context: Context): Promise<ContextDiff | undefined> {
  const { inputs, found, plan } = request;
  const { event, resolution, target } = found;
  const { runner } = context.ports;
  if (event.name !== 'pull_request' || event.headSha === undefined || event.baseSha === undefined) return undefined;
  const base = await baseCommit(event.baseSha, event.headSha, context);
  if (base === undefined) {
    runner.debug('the context is not compared: the checkout does not have the base (fetch-depth: 2 brings it)');
    return undefined;
  }
  const { account } = plan.target;
  const folder = resolveInside(context.place.workspace, target.app.folder, 'the app folder');
  const after = contextOf(renderFor({ inputs, resolution, target }, account, folder, context));
  try {
    const before = contextOf(await atCommit(base, (tree) => renderAt(tree, request, context), context));
    for (const secret of [...secretValues(before), ...secretValues(after)]) runner.mask(secret);
    const changes = compareContexts(before, after);
    if (changes.length === 0) return undefined;
    const more = changes.length - MOST_CHANGES;
    return { base, changes: changes.slice(0, MOST_CHANGES), ...(more > 0 ? { more } : {}) };
  } catch (error) {
    // A place that is new with this pull request has nothing to be compared with.
    if (!(error instanceof ActionError) || error.code === 'resolution') throw error;
    return { base, changes: [], note: `the base's context cannot be rendered: ${error.message}` };
  }
}

/** What the commit of the tree renders for the same target. */
function renderAt(tree: Tree, { inputs, found, plan }: BaseRequest, context: Context): Rendered {
  const file = posix.normalize(inputs.config || DEFAULT_CONFIG);
  const text = tree.read(file);
  const config = text === undefined ? undefined : parseConfig(text, file);
  const resolution = resolve(requestOf(inputs, context), found.event, config, {
    versions: (templates, environment) => tree.list(posix.join(templates, environment), 'folder'),
  });
  const target = resolution.targets.find(({ id }) => id === found.target.id);
  if (target === undefined) throw new ActionError('resolution', `the base has no target ${found.target.id}`);
  const template = templateOf(inputs, target, (name) => tree.list(target.app.folder, 'file').includes(name));
  const account = target.account ?? plan.target.account;
  const source = template === undefined ? undefined : templateIn(tree, template);
  return renderWith({ inputs, resolution, target }, account, source, context);
}

type Template = Parameters<typeof renderWith>[2];

/** A template that the base does not have yet is no template: every key is new. */
function templateIn(tree: Tree, name: string): Template {
  const file = posix.normalize(name);
  const text = tree.read(file);
  if (text === undefined) return undefined;
  const partials = (partial: string) => {
    for (const candidate of partialNames(file, partial)) {
      const beside = posix.join(posix.dirname(file), candidate);
      const found = tree.read(beside);
      if (found !== undefined) return { text: found, file: beside };
    }
    return undefined;
  };
  return { text, file, partials };
}

function contextOf({ context, extra }: Rendered): Pair {
  return { ...context, ...extra };
}
