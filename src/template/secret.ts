import { isRecord } from './json.js';

/** Shapes of credentials that their makers chose so that they can be found. */
const SHAPES: readonly RegExp[] = [
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/, // AWS, key id
  /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9/+]{40}$/, // AWS, secret key: a commit has no capitals
  /\b(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/, // GitHub
  /\b(glc_|glsa_|glpat-)[\w=+/-]{16,}/, // Grafana Cloud, Grafana, GitLab
  /\b(xox[abeprs]-|sk_live_|rk_live_|sk-|npm_|pypi-|hvs\.|dckr_pat_|SG\.|AIza)[\w.-]{16,}/, // Slack, Stripe, OpenAI, npm…
  /-----BEGIN (?!CERTIFICATE|PUBLIC)[A-Z ]*-----/, // keys in PEM
  /\beyJ[\w-]{5,}\.eyJ[\w-]{5,}\.[\w-]*/, // JSON web token
  /^https:\/\/hooks\.slack\.com\//,
  /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i, // a password in an address
];

/** Ends of a key (`:` `.` `/` end a part of it) after which stands a secret, whatever its shape. */
const STRONG =
  /(password|passwd|pwd|passphrase|passcode|secret|token|credential|apikey|accesskey|secretkey|privatekey|signingkey|clientkey|licensekey)s?$/;

/** Last words that may mean a secret and may mean a name: the value has to look the part, too. */
const WEAK = new Set(['key', 'private', 'auth', 'authorization', 'bearer', 'pat']);

/** What stands before `key` where it is no secret. */
const PLAIN_KEYS = new Set([
  'public',
  'partition',
  'sort',
  'primary',
  'foreign',
  'hash',
  'range',
  'object',
  'kms',
  'cache',
]);

/** Shorter values are no use as a mask: they would black out half of a log. */
const MIN_MASK = 4;
const MIN_WEAK = 8;

/** What describes a secret, and is none, also within an object that is called one. */
const DESCRIBES = new Set([
  ...['name', 'names', 'id', 'ids', 'arn', 'arns', 'path', 'url', 'uri', 'endpoint', 'host', 'port', 'region', 'type'],
  ...['length', 'days', 'hours', 'minutes', 'seconds', 'validity', 'policy', 'rotation', 'enabled', 'version', 'user'],
  ...['username', 'description', 'account'],
]);

/**
 * Whether the value under this key should not be read by others. The key decides by its last part
 * (`deployment:eks:grafana:key`, `dbPassword`), the value by its shape (`ghp_…`, a PEM key). A reference to a secret
 * (`secretName`, an ARN) is none.
 */
export function looksSecret(key: string, value: unknown): boolean {
  if (typeof value === 'number') return STRONG.test(squash(key)) && !/tokens$/.test(squash(key));
  if (typeof value !== 'string' || value === '') return false;
  if (SHAPES.some((shape) => shape.test(value))) return true;
  if (isReference(value)) return false;
  if (STRONG.test(squash(key))) return true;
  const words = wordsOf(key);
  return WEAK.has(words.at(-1) ?? '') && !PLAIN_KEYS.has(words.at(-2) ?? '') && value.length >= MIN_WEAK;
}

/** One line per key of the context for the log, secrets as `***`, long values cut. Never more than one line each. */
export function describeContext(context: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(context).map(([key, value]) => {
    const text = JSON.stringify(masked(key, value, false));
    return `${printable(key)}: ${text.length > 100 ? `${text.slice(0, 99)}…` : text}`;
  });
}

/** The context with `***` in place of every secret, for a reader. */
export function maskedContext(context: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key, masked(key, value, false)]));
}

/**
 * The strings that the runner must mask, longest first: each secret, its lines when it has several (a log is masked
 * line by line), and as it looks within JSON.
 */
export function secretValues(context: Readonly<Record<string, unknown>>): string[] {
  const values = new Set<string>();
  for (const [key, value] of Object.entries(context)) collect(key, value, false, values);
  return [...values].sort((left, right) => right.length - left.length);
}

/** A key that holds secrets makes secrets of all below it, but for what only describes them. */
function inherits(key: string, inherited: boolean): boolean {
  return STRONG.test(squash(key)) || (inherited && !DESCRIBES.has(wordsOf(key).at(-1) ?? ''));
}

function isSecret(key: string, value: unknown, inherited: boolean): boolean {
  if (looksSecret(key, value)) return true;
  const text = typeof value === 'string' && value !== '' && !isReference(value);
  return inherited && (text || typeof value === 'number') && !DESCRIBES.has(wordsOf(key).at(-1) ?? '');
}

function masked(key: string, value: unknown, inherited: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => masked(key, item, inherited));
  if (!isRecord(value)) return isSecret(key, value, inherited) ? '***' : value;
  const below = inherits(key, inherited);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, masked(name, item, below)]));
}

function collect(key: string, value: unknown, inherited: boolean, into: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(key, item, inherited, into);
  } else if (isRecord(value)) {
    const below = inherits(key, inherited);
    for (const [name, item] of Object.entries(value)) collect(name, item, below, into);
  } else if (isSecret(key, value, inherited)) {
    const text = String(value);
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    const all = [text, JSON.stringify(text).slice(1, -1), ...lines.filter((line) => !line.startsWith('-----'))];
    for (const one of all) if (one.trim().length >= MIN_MASK) into.add(one);
  }
}

function isReference(value: string): boolean {
  return /^(arn:[a-z-]+:|\{\{resolve:|alias\/|(true|false)$)/.test(value);
}

/** `deployment:eks:apiKey` → `api`, `key`. */
function wordsOf(key: string): string[] {
  const last = key.split(/[:./]/).findLast((part) => part !== '') ?? '';
  return last
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function squash(key: string): string {
  return wordsOf(key).join('');
}

/** A key that could be read as a workflow command (`::error`) or breaks the line is quoted. */
function printable(key: string): string {
  return /^[\w@/][\w:.=@/ -]*$/.test(key) ? key : JSON.stringify(key);
}
