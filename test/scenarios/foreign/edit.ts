import { readFile, writeFile } from 'node:fs/promises';

/**
 * Puts one text in place of another in a file.
 * @throws Error when the file does not hold the text: then the test would change nothing
 */
export async function replaceIn(file: string, before: string, after: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!text.includes(before)) throw new Error(`${file} does not hold "${before}"`);
  await writeFile(
    file,
    text.replace(before, () => after),
  );
}
