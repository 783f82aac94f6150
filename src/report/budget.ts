import { type Row, tableLines } from './markdown.js';
import { bytes } from './text.js';

/** One way to write a section: what opens it, and its rows in order. */
export interface Form {
  readonly opening: string;
  readonly rows: Iterable<string>;
  readonly separator: '\n' | '\n\n';
}

/** A part of a report that stays whole as long as it can. */
export interface Section {
  readonly total: number;
  /** From the generous form to the tight one; a tighter one is taken when the one before does not fit. */
  readonly forms: readonly (() => Form)[];
  /** Says how many rows are not there, and where they are. */
  readonly beyond: (count: number) => string;
}

interface Fitted {
  readonly markdown: string;
  readonly whole: boolean;
}

/** Rows that are serialised at once: enough to be quick, few enough not to write what will not fit. */
const CHUNK = 100;

/** A table's section; `row` gets the length at which a cell's parts are cut. */
export function tableSection<T>(options: {
  readonly title: string;
  readonly head: readonly string[];
  readonly items: readonly T[];
  readonly row: (item: T, limit: number) => Row;
  readonly beyond: (count: number) => string;
}): Section {
  const { title, head, items, row, beyond } = options;
  const form = (limit: number) => {
    const rows = remembered(rowsInChunks(items, (item) => row(item, limit), head));
    return (): Form => ({ opening: [title, '', ...tableLines(head, [])].join('\n'), rows, separator: '\n' });
  };
  return { total: items.length, forms: [form(120), form(40)], beyond };
}

function* rowsInChunks<T>(items: readonly T[], row: (item: T) => Row, head: readonly string[]): Generator<string> {
  for (let start = 0; start < items.length; start += CHUNK) {
    yield* tableLines(head, items.slice(start, start + CHUNK).map(row)).slice(2);
  }
}

/** Lets an iteration that was broken off be taken up again from the start without doing the work twice. */
function remembered<T>(source: Iterator<T>): Iterable<T> {
  const known: T[] = [];
  return {
    *[Symbol.iterator]() {
      for (let index = 0; ; index += 1) {
        if (index === known.length) {
          const next = source.next();
          if (next.done === true) return;
          known.push(next.value);
        }
        yield known[index] as T;
      }
    },
  };
}

/**
 * Writes sections into `room` bytes, blank lines between them included. Each has a fair share for certain; what one
 * leaves over goes to the others, in order.
 */
export function fitSections(sections: readonly Section[], room: number): string[] {
  const filled = sections.filter((section) => section.total > 0);
  const share = Math.floor(room / Math.max(1, filled.length));
  const fitted = filled.map((section) => fit(section, share));
  let left = room - fitted.reduce((sum, { markdown }) => sum + cost(markdown), 0);
  return filled.map((section, index) => {
    const first = fitted[index];
    if (first === undefined || first.whole) return first?.markdown ?? '';
    const again = fit(section, cost(first.markdown) + left).markdown;
    left -= cost(again) - cost(first.markdown);
    return again;
  });
}

/** Bytes that a part takes with the blank line after it. */
export function cost(markdown: string): number {
  return bytes(markdown) + 2;
}

function fit(section: Section, room: number): Fitted {
  let cut: Fitted | undefined;
  for (const [index, form] of section.forms.entries()) {
    const isLast = index === section.forms.length - 1;
    if (!isLast && isHopeless(section, form(), room)) continue;
    const result = fill(section, form(), room - 2);
    if (result.whole) return result;
    cut = result;
  }
  return cut ?? { markdown: '', whole: true };
}

/** Whether the first rows alone tell that not nearly all will fit: then the others are not written to find that out. */
function isHopeless({ total }: Section, { rows }: Form, room: number): boolean {
  let [seen, size] = [0, 0];
  for (const text of rows) {
    size += bytes(text);
    seen += 1;
    if (seen === CHUNK) break;
  }
  return seen === CHUNK && size * (total / seen) > 2 * room;
}

function fill(section: Section, form: Form, room: number): Fitted {
  const reserve = cost(section.beyond(section.total));
  const rows: { text: string; end: number }[] = [];
  let end = bytes(form.opening);
  for (const text of form.rows) {
    end += bytes(text) + form.separator.length;
    if (end > room) break;
    rows.push({ text, end });
  }
  if (rows.length === section.total) return { markdown: join(form, rows), whole: true };
  const kept = rows.filter((row) => row.end + reserve <= room);
  const note = section.beyond(section.total - kept.length);
  return { markdown: kept.length > 0 ? `${join(form, kept)}\n\n${note}` : note, whole: false };
}

function join(form: Form, rows: readonly { text: string }[]): string {
  return [form.opening, ...rows.map(({ text }) => text)].join(form.separator);
}
