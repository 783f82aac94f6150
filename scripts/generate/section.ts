/**
 * The document with what stands between the markers of a name (`<!-- name:start -->`, `<!-- name:end -->`) replaced.
 * @throws Error when the document has no such pair of markers
 */
export function replaceSection(document: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the markers ${start} and ${end} are missing: put them back`);
  return `${document.slice(0, from + start.length)}\n\n${content}\n\n${document.slice(to)}`;
}

/** A Markdown table. Cells are Markdown; only what would end a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells
      .map((cell) =>
        cell
          .trim()
          .replaceAll(/\s*\n\s*/g, ' ')
          .replaceAll('|', '\\|'),
      )
      .join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A list for a cell, each item as code: `` `a`, `b` ``. */
export function codes(items: readonly string[]): string {
  return items.map((item) => `\`${item}\``).join(', ');
}
