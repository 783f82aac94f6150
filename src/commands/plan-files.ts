import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ActionError } from '../errors.js';

/**
 * Plan files: what is named as a file, and every `plan.json` and `*.plan.json` below what is named as a folder, as
 * artifacts of many jobs are downloaded.
 * @throws ActionError `input` when something is not there, or nothing is found
 */
export function planFiles(named: readonly string[], workspace: string): readonly string[] {
  if (named.length === 0) throw new ActionError('input', 'plans is missing: name the plan files, or a folder of them');
  const found = named.flatMap((name) => {
    const file = path.resolve(workspace, name);
    if (!existsSync(file))
      throw new ActionError('input', `plans names '${name}', which is not there: download it first`);
    if (!statSync(file).isDirectory()) return [file];
    return readdirSync(file, { recursive: true, encoding: 'utf8' })
      .filter((inner) => /(?:^|[/\\]|\.)plan\.json$/.test(inner))
      .map((inner) => path.join(file, inner));
  });
  if (found.length === 0)
    throw new ActionError(
      'input',
      `plans names '${named.join(', ')}', which holds no plan.json: name the folder of what diff has left as plan-file`,
    );
  return [...new Set(found)].sort();
}
