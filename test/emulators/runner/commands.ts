/** A workflow command as a program prints it: `::error file=app.ts,line=3::no such stack`. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface Annotation {
  readonly kind: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
}

/** The commands that a runner obeys; a line with any other is printed as it is. */
const KNOWN = new Set([
  ...['add-mask', 'add-matcher', 'remove-matcher', 'debug', 'warning', 'error', 'notice', 'echo', 'group', 'endgroup'],
  ...['set-output', 'save-state', 'set-env', 'add-path', 'stop-commands'],
]);

/**
 * The command on a line, in today's form (`::name …::`, after white space only) or in the old one (`##[name …]`, which a
 * runner obeys anywhere in a line). Undefined when there is none.
 */
export function parseCommand(line: string): WorkflowCommand | undefined {
  const today = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/s.exec(line);
  const old = today ? undefined : /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/s.exec(line);
  const [, name, properties = '', message = ''] = today ?? old ?? [];
  if (name === undefined || !KNOWN.has(name.toLowerCase())) return undefined;
  return {
    name: name.toLowerCase(),
    properties: Object.fromEntries(properties.split(today ? ',' : ';').flatMap(property)),
    message: unescape(message, IN_MESSAGES),
  };
}

/** The annotation that a command makes. */
export function annotationOf(command: WorkflowCommand): Annotation | undefined {
  const { name: kind, properties, message } = command;
  if (kind !== 'error' && kind !== 'warning' && kind !== 'notice') return undefined;
  const { title, file, line } = properties;
  return {
    kind,
    message,
    ...(title ? { title } : {}),
    ...(file ? { file } : {}),
    ...(line ? { line: Number(line) } : {}),
  };
}

function property(text: string): [string, string][] {
  const at = text.indexOf('=');
  return at < 1 ? [] : [[text.slice(0, at).trim(), unescape(text.slice(at + 1).trim(), IN_PROPERTIES)]];
}

const IN_MESSAGES: Readonly<Record<string, string>> = { '%0D': '\r', '%0A': '\n', '%25': '%' };
const IN_PROPERTIES = { ...IN_MESSAGES, '%3A': ':', '%2C': ',', '%5D': ']', '%3B': ';' };

function unescape(text: string, codes: Readonly<Record<string, string>>): string {
  return text.replace(/%[0-9A-F]{2}/g, (code) => codes[code] ?? code);
}
