import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ConfigFacts } from '../../doctor/facts.js';
import { readWorkflow, type WorkflowFile } from '../../doctor/workflow-file.js';
import type { Context } from '../context.js';
import { DEFAULT_CONFIG, readConfig } from '../target.js';
import { problemOf } from './problem.js';

/** Whose steps in a workflow are meant, where the runner does not say. */
const ACTION = 'fast-ish/deploy-action';

/** The config file, or what is wrong with it. */
export function configFacts(name: string, context: Context): ConfigFacts {
  try {
    const config = readConfig(name, context);
    if (config === undefined) return {};
    const text = readText(context.place.workspace, name || DEFAULT_CONFIG);
    return { config, ...(text === undefined ? {} : { text }) };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** The workflows of the repository that use the action. */
export function workflowFacts({ place, env }: Context): readonly WorkflowFile[] {
  const folder = path.join(place.workspace, '.github/workflows');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  return names.sort().flatMap((name) => {
    const file = `.github/workflows/${name}`;
    return readWorkflow(file, readText(place.workspace, file) ?? '', env['GITHUB_ACTION_REPOSITORY'] || ACTION) ?? [];
  });
}

/** Text of a file; undefined when it is not there. */
export function readText(workspace: string, file: string): string | undefined {
  const full = path.resolve(workspace, file);
  return statSync(full, { throwIfNoEntry: false })?.isFile() ? readFileSync(full, 'utf8') : undefined;
}

/** Folders from an app's up to the workspace, nearest first; empty for one that lies outside. */
export function foldersUp(workspace: string, folder: string): readonly string[] {
  const parts = path.relative(workspace, path.resolve(workspace, folder)).split(path.sep).filter(Boolean);
  if (parts[0] === '..') return [];
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), '.'];
}
