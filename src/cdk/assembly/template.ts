import { z } from 'zod';
import { parse as parseYaml } from 'yaml';
import { ActionError } from '../../errors.js';
import { lineOf, type AssemblyFiles } from './files.js';
import { nestedStackResource, type Metadata } from './manifest.js';
import type { ConstructPlace, Template } from './model.js';

const body = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() })).optional(),
});

/**
 * A template and those nested in it, to any depth. `cdk.out` holds JSON; an included template may be YAML.
 * @throws ActionError `assembly`
 */
export function readTemplate(
  files: AssemblyFiles,
  folder: string,
  relative: string,
  from: string,
  metadata: Metadata,
  above: readonly string[] = [],
): Template {
  const file = files.resolve(folder, relative, from);
  if (above.includes(file)) throw new ActionError('assembly', `${relative} is nested in itself`);
  const parsed = body.safeParse(parseTemplate(files.text(file, relative), relative));
  if (!parsed.success) throw new ActionError('assembly', `${relative} is not a CloudFormation template`);
  const nested = Object.entries(parsed.data.Resources ?? {}).flatMap(([logicalId, resource]) => {
    const stack = nestedStackResource.safeParse(resource);
    if (!stack.success) return [];
    const inner = stack.data.Metadata['aws:asset:path'];
    return [[logicalId, readTemplate(files, folder, inner, relative, metadata, [...above, file])] as const];
  });
  return {
    file,
    body: parsed.data,
    constructs: constructsOf(parsed.data.Resources ?? {}, metadata),
    nested: Object.fromEntries(nested),
  };
}

/** JSON is YAML; parsed as JSON first because that is many times faster. */
export function parseTemplate(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      // `silent` would swallow errors too.
      return parseYaml(text, { logLevel: 'error' });
    } catch (error) {
      throw new ActionError('assembly', `${name} is neither JSON nor YAML: ${lineOf(error)}`);
    }
  }
}

function constructsOf(
  resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  metadata: Metadata,
): Readonly<Record<string, ConstructPlace>> {
  const named = Object.entries(metadata).flatMap(([path, entries]) =>
    entries.flatMap(({ type, data, trace }) =>
      type === 'aws:cdk:logicalId' && typeof data === 'string' ? [{ path: path.replace(/^\//, ''), data, trace }] : [],
    ),
  );
  const paths = new Map(named.map(({ path, data }) => [data, path]));
  // By path: a logical id may stand for one thing here and for another in a nested template.
  const sources = new Map(named.map(({ path, trace }) => [path, trace && sourceOf(trace)]));
  return Object.fromEntries(
    Object.entries(resources).flatMap(([logicalId, resource]) => {
      const own = z.looseObject({ 'aws:cdk:path': z.string() }).safeParse(resource['Metadata']);
      const path = own.success ? own.data['aws:cdk:path'] : paths.get(logicalId);
      if (path === undefined) return [];
      const source = sources.get(path);
      return [[logicalId, { path, ...(source === undefined ? {} : { source }) }] as const];
    }),
  );
}

/** The first line of a stack trace that is the app's own: `…(/app/lib/stack.ts:12:5)` → `/app/lib/stack.ts:12`. */
function sourceOf(trace: readonly string[]): string | undefined {
  const own = trace.find((line) => !/node_modules|node:internal|internal\/|^\.\.\./.test(line));
  return /\(?([^\s()]+:\d+):\d+\)?$/.exec(own ?? '')?.[1];
}
