/** What this action writes into the description of a status, so that figures can be read back from GitHub's records. */

/** How far a deployment of a target has come. The first is the only one that is not an end. */
export const WORDS = ['started', 'succeeded', 'unchanged', 'failed', 'stopped', 'rolled-back', 'destroyed'] as const;
export type MarkWord = (typeof WORDS)[number];

export interface Mark {
  readonly release: string;
  readonly region: string;
  readonly word: MarkWord;
}

/** GitHub's limit of a description. */
const LONGEST = 140;

const FORM = new RegExp(`^deploy-action: (\\S+) (\\S+) (${WORDS.join('|')})(?:$|: )`);

/** `deploy-action: webapp eu-central-1 succeeded: 2 updated`; a note that is too long is cut. */
export function markText({ release, region, word }: Mark, note = ''): string {
  const line = note.replaceAll(/\s+/g, ' ').trim();
  const text = `deploy-action: ${release} ${region} ${word}${line === '' ? '' : `: ${line}`}`;
  if (text.length <= LONGEST) return text;
  // Not within a character that is two units.
  return `${text.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The mark in a description; undefined for any other text. */
export function parseMark(description: string): Mark | undefined {
  const [, release, region, word] = FORM.exec(description) ?? [];
  const known = WORDS.find((candidate) => candidate === word);
  return release === undefined || region === undefined || known === undefined
    ? undefined
    : { release, region, word: known };
}
