import { brotliDecompressSync } from 'node:zlib';
import { DATA_SUPPLEMENT } from './data.js';
import { SPEC_TABLE } from './generated/spec-table.js';
import type { Replacement } from './model.js';

/** What is known of one CloudFormation type. */
export interface TypeSpec {
  readonly type: string;
  /** The database calls it stateful. */
  readonly stateful: boolean;
  readonly scrutiny?: string;
  /** Properties that make CloudFormation create the resource anew. */
  readonly replacing: ReadonlyMap<string, Replacement>;
  /** Paths below other properties that do; `*` stands for an index or a key. */
  readonly nested: readonly { readonly path: readonly string[]; readonly replacement: Replacement }[];
  /** Properties that hold policies or rules. */
  readonly scrutinies: ReadonlyMap<string, string>;
}

let rows: Map<string, string> | undefined;
const parsed = new Map<string, TypeSpec>();

/** The table, unpacked: the rows that `specTable()` of the generator wrote. */
export function specRows(): string {
  return brotliDecompressSync(Buffer.from(SPEC_TABLE, 'base64')).toString('utf8');
}

/** What is known of a type; undefined for custom resources, third-party types and types newer than the table. */
export function specOf(type: string): TypeSpec | undefined {
  rows ??= new Map(
    specRows()
      .split('\n')
      .map((row) => [row.slice(0, row.search(/\t|$/)), row]),
  );
  const row = rows.get(type);
  if (row === undefined) return undefined;
  const known = parsed.get(type) ?? parseRow(row);
  parsed.set(type, known);
  return known;
}

function parseRow(row: string): TypeSpec {
  const [type = '', data = '', scrutiny = '', replacing = '', nested = '', scrutinies = ''] = row.split('\t');
  const split = (text: string): string[] => (text === '' ? [] : text.split(','));
  const replacement = (mark: string): Replacement => (mark.endsWith('?') ? 'conditionally' : 'always');
  return {
    type,
    stateful: data === 'D',
    ...(scrutiny !== '' && { scrutiny }),
    replacing: new Map(split(replacing).map((mark) => [mark.replace('?', ''), replacement(mark)])),
    nested: split(nested).map((mark) => ({ path: mark.replace('?', '').split('.'), replacement: replacement(mark) })),
    scrutinies: new Map(
      split(scrutinies).map((mark) => [mark.slice(0, mark.indexOf('=')), mark.slice(mark.indexOf('=') + 1)]),
    ),
  };
}

/** Whether a resource of this type holds data that is gone with it. */
export function holdsData(type: string): boolean {
  return specOf(type)?.stateful === true || DATA_SUPPLEMENT.has(type);
}

interface StandInProperty {
  readonly causesReplacement?: 'yes' | 'maybe';
  readonly scrutinizable?: string;
}

/** What `@aws-cdk/cloudformation-diff` asks of a resource's model. */
export interface StandInResource {
  readonly cloudFormationType: string;
  readonly isStateful: boolean;
  readonly scrutinizable?: string;
  readonly properties: Readonly<Record<string, StandInProperty>>;
}

/** A stand-in for the database of `@aws-cdk/aws-service-spec`, as far as `@aws-cdk/cloudformation-diff` reads it. */
export function specStandIn(): {
  lookup(entity: string, index: string, operator: string, type: string): readonly StandInResource[];
} {
  return {
    lookup: (entity, index, operator, type) => {
      if (entity !== 'resource' || index !== 'cloudFormationType' || operator !== 'equals') {
        throw new TypeError(`the reduced spec table knows no look-up of ${entity} by ${index} (${operator})`);
      }
      const spec = specOf(type);
      return spec === undefined ? [] : [standInOf(spec)];
    },
  };
}

/** The table leaves out properties about which there is nothing to say: they exist all the same. */
const PLAIN: StandInProperty = {};

function standInOf(spec: TypeSpec): StandInResource {
  const listed: Record<string, StandInProperty> = {};
  for (const name of new Set([...spec.replacing.keys(), ...spec.scrutinies.keys()])) {
    const replacement = spec.replacing.get(name);
    const scrutinizable = spec.scrutinies.get(name);
    listed[name] = {
      ...(replacement !== undefined && { causesReplacement: replacement === 'always' ? 'yes' : 'maybe' }),
      ...(scrutinizable !== undefined && { scrutinizable }),
    };
  }
  return {
    cloudFormationType: spec.type,
    isStateful: spec.stateful,
    ...(spec.scrutiny !== undefined && { scrutinizable: spec.scrutiny }),
    properties: new Proxy(listed, {
      get: (target, name) => (typeof name === 'string' ? (target[name] ?? PLAIN) : undefined),
    }),
  };
}
