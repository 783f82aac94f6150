/**
 * Pairs of a command file (`GITHUB_OUTPUT`, `GITHUB_STATE`, `GITHUB_ENV`): `name=value`, or `name<<END`, lines, `END`.
 * @throws Error as the runner fails a step whose file it cannot read
 */
export function parsePairs(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/);
  const pairs: Record<string, string> = {};
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const [, name, sign, rest = ''] = /^(.+?)(=|<<)(.*)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`Invalid format '${line}'`);
    if (sign === '=') {
      pairs[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest, at + 1);
    if (rest === '' || end === -1) throw new Error(`Invalid value. Matching delimiter not found '${rest}'`);
    pairs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return pairs;
}

/** Bytes of a step's summary that GitHub takes. */
export const SUMMARY_LIMIT = 1024 * 1024;

/** The summary, or the error in its place when it is too long: GitHub drops it whole. */
export function readSummary(text: string): { readonly summary: string; readonly error?: string } {
  const bytes = Buffer.byteLength(text);
  if (bytes <= SUMMARY_LIMIT) return { summary: text };
  const size = `${Math.ceil(bytes / 1024)}k`;
  return {
    summary: '',
    error: `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size}.`,
  };
}
