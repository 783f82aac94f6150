import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What the runner reads of an `action.yml`. */
export interface Manifest {
  /** Defaults by input; an input without one is empty. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly outputs: readonly string[];
  /** Path of the program, from the manifest's folder. */
  readonly main: string;
  readonly post?: string;
}

interface ManifestFile {
  readonly inputs?: Record<string, { readonly default?: unknown } | null>;
  readonly outputs?: Record<string, unknown>;
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string };
}

/** @param file path of an `action.yml` */
export function readManifest(file: string): Manifest {
  const { inputs = {}, outputs = {}, runs } = parse(readFileSync(file, 'utf8')) as ManifestFile;
  if (runs.using !== 'node24') throw new Error(`${file}: this runner runs node24, not ${runs.using}`);
  return {
    defaults: Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [name, scalarText(input?.default, `${file}: ${name}`)]),
    ),
    outputs: Object.keys(outputs),
    main: runs.main,
    ...(runs.post === undefined ? {} : { post: runs.post }),
  };
}

/** Inputs as variables of the step: `INPUT_` and the name in capitals, blanks as `_`, hyphens kept. */
export function inputVariables(
  manifest: Manifest,
  given: Readonly<Record<string, string>>,
  context: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = { ...manifest.defaults, ...given };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      name in given ? value : evaluate(value, context),
    ]),
  );
}

/** Puts in `${{ github.token }}` and its like. */
function evaluate(text: string, context: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*([\w.]+)\s*\}\}/g, (expression, name: string) => {
    const value = context[name];
    if (value === undefined) throw new Error(`this runner does not know ${expression}`);
    return value;
  });
}

function scalarText(value: unknown, where: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where}: a default is a scalar`);
}
