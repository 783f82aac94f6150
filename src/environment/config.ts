import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { ActionError, messageOf } from '../errors.js';
import { complaintOf } from './complaint.js';
import { configFile, type ConfigFile } from './schema/config.js';

/** The config file, checked. */
export interface Config extends ConfigFile {
  /** Its path, for messages. */
  readonly file: string;
}

/**
 * Reads the config file.
 * @param file its path, for messages
 * @throws ActionError `config`: file and line, the key's path, the wrong value and what to change, in one line
 */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: 'error' });
  const fail = (position: number, message: string, cause?: unknown): never => {
    const { line } = lines.linePos(position);
    throw new ActionError('config', `${file}:${Math.max(line, 1)}: ${message}`, { cause });
  };
  const [broken] = document.errors;
  if (broken?.code === 'MULTIPLE_DOCS') return fail(broken.pos[0], 'a second document begins: keep one', broken);
  if (broken) return fail(broken.pos[0], `is not valid YAML: ${oneLine(broken.message)}`, broken);

  let data: unknown;
  try {
    data = document.toJS();
  } catch (error) {
    return fail(0, `is not valid YAML: ${oneLine(messageOf(error))}`, error);
  }
  const parsed = configFile.safeParse(data);
  if (parsed.success) return { ...parsed.data, file };

  const { path, key, message } = complaintOf(parsed.error.issues, data, (at) => find(document, at).source);
  const place = find(document, key === undefined ? path : [...path, key]);
  const label = path.length === 0 ? '' : `${oneLine(path.map(String).join('.'))}: `;
  return fail(place.position, label + message, parsed.error);
}

/** Where a path stands: its key, or the nearest thing around it that is there. */
function find(document: Document, path: readonly PropertyKey[]): { position: number; source?: string } {
  let node: unknown = document.contents;
  let position = document.contents?.range?.[0] ?? 0;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === key);
      if (pair === undefined) return { position };
      position = (pair.key as Node | null)?.range?.[0] ?? position;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      position = (node as Node | null | undefined)?.range?.[0] ?? position;
    } else return { position };
  }
  return isScalar(node) && node.source !== undefined ? { position, source: node.source } : { position };
}

function oneLine(message: string): string {
  const line = message.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.charAt(0).toLowerCase() + line.slice(1);
}
