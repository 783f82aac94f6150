import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Mustache from 'mustache';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from './errors.js';
import { suggestion } from './nearest.js';

/** The file that each `<environment>/<version>/` folder holds; existing apps of the platform call it so. */
const FILE = 'conf.mustache';

/** Which template, and the values for its tags. */
export interface TemplateSource {
  /** Folder with `<environment>/<version>/conf.mustache`. */
  readonly resources: string;
  readonly environment: string;
  readonly version: string;
  /** Values by tag: the context's keys, after their check, which lets no newline through. */
  readonly view: Readonly<Record<string, unknown>>;
}

/**
 * The configuration of one environment and version: Mustache, then YAML, then the schema. Tags stand in single quotes,
 * where YAML knows one special character, which is doubled: no value changes the template's structure.
 *
 * @throws ConfigError when there is no such template (lists the ones there are), when a tag has no value, when the
 *   outcome is no YAML or does not fit the schema
 */
export function loadConfig<Schema extends z.ZodType>(source: TemplateSource, schema: Schema): z.infer<Schema> {
  const file = findTemplate(source);
  const shown = relative(process.cwd(), file);
  const text = readFileSync(file, 'utf8');
  refuseMissing(Mustache.parse(text) as Token[], source.view, shown);
  const document = parseDocument(Mustache.render(text, source.view, {}, { escape: quoted }));
  const [broken] = document.errors;
  if (broken !== undefined) throw new ConfigError(`${shown} is no yaml: ${broken.message.split('\n')[0] ?? ''}`);
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  throw new ConfigError(`${shown}: ${path === '' ? '' : `${path}: `}${issue?.message ?? 'does not fit'}`);
}

const quoted = (value: unknown): string => String(value).replaceAll("'", "''");

function findTemplate({ resources, environment, version }: TemplateSource): string {
  const environments = folders(resources);
  if (!environments.includes(environment)) {
    const hint = suggestion(environment, environments);
    throw new ConfigError(`environment "${environment}" has no templates: use one of ${list(environments)}${hint}`);
  }
  const file = join(resources, environment, version, FILE);
  if (existsSync(file)) return file;
  const versions = folders(join(resources, environment));
  throw new ConfigError(`version "${version}" of ${environment} has no ${FILE}: use one of ${list(versions)}`);
}

function folders(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

const list = (names: readonly string[]): string => (names.length === 0 ? '(none)' : names.join(', '));

/** Kind, name, start, end and, for a section, what is inside: Mustache's own. */
type Token = [string, string, number, number, Token[]?, ...unknown[]];

/** A section may lack its value, a plain tag may not: an empty name in a configuration is found out too late. */
function refuseMissing(tokens: readonly Token[], view: Readonly<Record<string, unknown>>, file: string): void {
  for (const [kind, name, , , inside] of tokens) {
    const present = view[name] !== undefined;
    if (kind === '#' && present) refuseMissing(inside ?? [], view, file);
    if (kind === '^' && !present) refuseMissing(inside ?? [], view, file);
    if ((kind === 'name' || kind === '&') && !present) {
      throw new ConfigError(`${file}: tag {{${name}}} has no value${suggestion(name, Object.keys(view))}`);
    }
  }
}
