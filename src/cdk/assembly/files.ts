import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { ActionError, messageOf } from '../../errors.js';

/**
 * The files of an assembly, none of which may lie outside of it, however a path or a link is written.
 */
export class AssemblyFiles {
  readonly #root: string;

  /** @throws ActionError `assembly` when there is no such folder */
  constructor(root: string) {
    try {
      this.#root = realpathSync(root);
    } catch (error) {
      throw new ActionError('assembly', `${root} is not the folder of an assembly: ${lineOf(error)}`, { cause: error });
    }
  }

  /**
   * The real path of something that the assembly refers to.
   * @throws ActionError `assembly` when it is not there or leads out
   */
  resolve(folder: string, relative: string, from: string): string {
    const wanted = path.resolve(folder, relative);
    let real: string;
    try {
      real = realpathSync(wanted);
    } catch {
      // A path that leads out is told as such, whether or not something is there.
      if (!this.#holds(wanted)) throw this.#leaves(relative, from);
      throw new ActionError('assembly', `'${relative}', named in ${from}, is not in the assembly: synthesise it anew`);
    }
    if (!this.#holds(real)) throw this.#leaves(relative, from);
    return real;
  }

  /**
   * The text of a file that `resolve` has found.
   * @throws ActionError `assembly` when it is no file
   */
  text(file: string, relative: string): string {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new ActionError('assembly', `${relative} cannot be read (${lineOf(error)}): synthesise it anew`);
    }
  }

  /** A JSON file of the assembly, checked against a schema. */
  json<T>(folder: string, relative: string, from: string, schema: z.ZodType<T>): T {
    const text = this.text(this.resolve(folder, relative, from), relative);
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch (error) {
      throw new ActionError('assembly', `${relative} is not JSON (${lineOf(error)}): synthesise it anew`);
    }
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    throw new ActionError('assembly', `${relative}: ${where || 'it'} is wrong: ${issue?.message ?? 'unknown'}`);
  }

  #holds(file: string): boolean {
    return file === this.#root || file.startsWith(this.#root + path.sep);
  }

  #leaves(relative: string, from: string): ActionError {
    return new ActionError(
      'assembly',
      `'${relative}', named in ${from}, leads out of the assembly: synthesise it anew`,
    );
  }
}

/** What was thrown, as one line: parsers quote what they stumbled over, line breaks included. */
export function lineOf(error: unknown): string {
  return messageOf(error).replace(/\s+/g, ' ').trim();
}
