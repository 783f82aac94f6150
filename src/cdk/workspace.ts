import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ActionError, messageOf, type ErrorCode } from '../errors.js';
import type { Partials, TemplateSource } from '../template/source.js';

/**
 * The real path of something in the workspace, symbolic links followed.
 * @param path relative to the workspace, or absolute
 * @param what names it in the message: `context-template`
 * @throws ActionError when there is no such thing, or it lies outside
 */
export function resolveInside(workspace: string, path: string, what: string, code: ErrorCode = 'input'): string {
  const root = realpathSync(workspace);
  let real: string;
  try {
    real = realpathSync(resolve(root, path));
  } catch (error) {
    const reason = isMissing(error)
      ? 'there is no such path in the workspace: name one that is there'
      : messageOf(error);
    throw new ActionError(code, `${what} ${path}: ${reason}`, { cause: error });
  }
  if (isInside(root, real)) return real;
  throw new ActionError(code, `${what} ${path}: leads out of the workspace, to ${real}: name a path inside`);
}

/** Whether a real path is this real folder or below it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Reads the context template.
 * @throws ActionError when it lies outside of the workspace, is no file, or is not UTF-8
 */
export function readTemplate(workspace: string, path: string): TemplateSource {
  const real = resolveInside(workspace, path, 'context-template');
  if (!statSync(real).isFile())
    throw new ActionError('input', `context-template ${path}: is not a file: name the template itself`);
  return read(workspace, real);
}

/**
 * The partials beside a template: `{{> tags}}` is `tags`, `tags.mustache` or `tags` with the template's own extension
 * (`tags.yaml`), in the template's folder, whichever partial asks.
 * @throws ActionError('template'), when called, for a partial that lies outside of the workspace
 */
export function partialsBeside(workspace: string, template: string): Partials {
  const file = resolveInside(workspace, template, 'context-template');
  return (name) => {
    for (const candidate of partialNames(file, name)) {
      const path = join(dirname(file), candidate);
      if (isFile(path))
        return read(
          workspace,
          resolveInside(workspace, relative(realpathSync(workspace), path), 'partial', 'template'),
        );
    }
    return undefined;
  };
}

/** Names that a partial of a template may have beside it, in the order in which they are tried. */
export function partialNames(template: string, name: string): readonly string[] {
  return name === '' ? [] : [...new Set(['', '.mustache', extname(template)])].map((end) => `${name}${end}`);
}

function read(workspace: string, real: string): TemplateSource {
  const file = relative(realpathSync(workspace), real).replaceAll(sep, '/');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(real)), file };
  } catch (error) {
    throw new ActionError('template', `${file}: cannot be read as UTF-8 text: ${messageOf(error)}`, { cause: error });
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false; // missing, or a name that no file can have
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
