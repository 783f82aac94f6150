/** Shorter values stand in too many words by chance to be replaced wherever they occur. */
const SHORTEST = 4;

/** A text with every known secret replaced, as the runner does it in the log. */
export function maskText(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST)
    .toSorted((left, right) => right.length - left.length)
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
