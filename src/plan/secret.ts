/** What a masked value is shown as. */
export const MASK = '***';

const NAME =
  /(?:pass(?:word|wd|phrase)?|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credentials?|auth[-_]?key|signing[-_]?key)(?:[-_]?(?:value|string))?\d*$/i;

/** Names that end like a secret and hold none: settings of AWS's own resources. */
const HARMLESS: ReadonlySet<string> = new Set([
  'GenerateStringKey',
  'GenerateSecret',
  'EnableTokenRevocation',
  'NextToken',
  'ContinuationToken',
]);

/** Whether a value under this name is to be kept secret. */
export function isSecretName(name: string): boolean {
  return NAME.test(name) && !HARMLESS.has(name);
}

/** Values that give themselves away: tokens of GitHub and Slack, private keys, JSON web tokens, AWS secret keys by shape. */
const VALUES = [
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_\w{20,}/g,
  /\bxox[abprs]-[\w-]{10,}/g,
  /\b[rs]k_live_[A-Za-z0-9]{10,}/g,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<=:\/\/[^\s/:@]{1,64}:)[^\s/@]{3,}(?=@)/g,
];

/** What in a text looks like a secret by itself. */
export function secretShapesIn(text: string): readonly string[] {
  return VALUES.flatMap((shape) => [...text.matchAll(shape)].map(([match]) => match));
}

/** A text with everything in it masked that looks like a secret by itself. */
export function withoutSecretShapes(text: string): string {
  return VALUES.reduce((result, shape) => result.replaceAll(shape, MASK), text);
}

/** A reference to a secret (`{{resolve:secretsmanager:…}}`, an ARN) is none itself. */
export function isReference(text: string): boolean {
  return /^\{\{resolve:[^}]*\}\}$|^arn:/.test(text);
}
