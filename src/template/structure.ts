import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ErrorCode,
  parseDocument,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { ActionError } from '../errors.js';
import { MAX_DEPTH } from './json.js';
import type { Skeleton } from './skeleton.js';
import { at } from './source.js';

/** Values of one document, aliases counted each time: a bound against a few lines that stand for millions. */
const MAX_VALUES = 100_000;

const KEY_ADVICE = 'a key must be text: put it in quotes';
const DEPTH_ADVICE = `more than ${MAX_DEPTH} levels of nesting`;

/** Where the parser's own words would tell a template's author nothing. */
const ADVICE: Partial<Record<ErrorCode, string>> = {
  NON_STRING_KEY: KEY_ADVICE,
  RESOURCE_EXHAUSTION: DEPTH_ADVICE,
};

type ParsedDocument = ReturnType<typeof parseDocument>;

/** Puts values into the text of a scalar; `asText` when the result must be a string. */
export type Fill = (text: string, asText: boolean) => unknown;

/** Tags that say no more than JSON can; `!!str` asks for text, whatever type a value has. */
const TEXT_TAG = 'tag:yaml.org,2002:str';
const TAGS = new Set([undefined, '!', TEXT_TAG, ...['int', 'float', 'bool', 'null', 'map', 'seq'].map(core)]);

/**
 * Reads a skeleton as YAML 1.2 (and so JSON) into plain data. Two things differ from YAML's own reading, both for the
 * sake of account ids: an integer with a leading zero or too many digits for a number stays text, and so does, outside
 * of `.json`, one of 12 digits.
 * @throws ActionError('template') with file and line: what the parser refuses, a duplicate key, what JSON cannot hold
 */
export function readStructure(skeleton: Skeleton, file: string, fill: Fill): unknown {
  const document = parse(skeleton);
  const json = file.toLowerCase().endsWith('.json');
  const open = new Set<Node>();
  let count = 0;

  function fail(node: unknown, problem: string): never {
    const offset = (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0;
    throw new ActionError('template', `${at(skeleton.lineAt(offset))}: ${problem}`);
  }

  function read(node: unknown, from: unknown): unknown {
    if (node === null || node === undefined) return null;
    if (++count > MAX_VALUES) fail(from, `more than ${MAX_VALUES} values`);
    if (isAlias(node)) {
      const target = node.resolve(document) as Node | undefined;
      if (target === undefined) fail(node, `no anchor &${skeleton.readable(node.source)} before this alias`);
      return read(target, node);
    }
    if (isScalar(node)) return scalar(node);
    if (!isMap(node) && !isSeq(node)) return fail(from, 'neither a mapping, a list nor a value');
    if (!TAGS.has(node.tag)) fail(node, `the tag ${skeleton.readable(String(node.tag))} is not supported`);
    if (open.has(node)) fail(from, 'an alias within what it stands for');
    if (open.size >= MAX_DEPTH) fail(node, DEPTH_ADVICE);
    open.add(node);
    const value = isMap(node) ? mapping(node) : node.items.map((item) => read(item, node));
    open.delete(node);
    return value;
  }

  function mapping(node: YAMLMap): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? pair.key : fail(pair.key ?? node, KEY_ADVICE);
      if (key.source === '<<' && key.type === 'PLAIN')
        fail(key, 'merge keys (<<) are not supported: write the keys out');
      const name = fill(String(key.value), true) as string;
      if (entries.has(name)) fail(key, `duplicate key ${JSON.stringify(name)}: keep one of them`);
      entries.set(name, read(pair.value, key));
    }
    // fromEntries defines own properties: a key `__proto__` is a key like any other.
    return Object.fromEntries(entries);
  }

  function scalar(node: Scalar): unknown {
    const { value, source = '', tag } = node;
    if (!TAGS.has(tag)) fail(node, `the tag ${skeleton.readable(String(tag))} is not supported`);
    if (typeof value === 'string') return fill(value, tag === TEXT_TAG);
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value !== 'number' || !Number.isFinite(value)) return fail(node, `${source} has no place in JSON`);
    return tag === undefined && isIdentifier(source, value, json) ? source : value;
  }

  return read(document.contents, null);
}

function parse(skeleton: Skeleton): ParsedDocument {
  const document = parseDocument(skeleton.text, {
    prettyErrors: false,
    // Keys are compared after the values are in: two tags may give one key.
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
    version: '1.2',
    logLevel: 'error',
  });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem === undefined) return document;
  const message = skeleton.readable(ADVICE[problem.code] ?? problem.message).replaceAll(/\s+/g, ' ');
  const text = message.charAt(0).toLowerCase() + message.slice(1);
  throw new ActionError('template', `${at(skeleton.lineAt(problem.pos[0]))}: ${text}`, { cause: problem });
}

function isIdentifier(source: string, value: number, json: boolean): boolean {
  if (!/^[-+]?\d+$/.test(source)) return false;
  if (/^[-+]?0\d/.test(source) || !Number.isSafeInteger(value)) return true;
  return !json && /^\d{12}$/.test(source);
}

function core(name: string): string {
  return `tag:yaml.org,2002:${name}`;
}
