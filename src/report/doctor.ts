import type { Examination, Finding } from '../doctor/model.js';
import { bullets, code, heading, LINE, paragraph, prose, tableLines, type Inline } from './markdown.js';
import { counted, cutMiddle, oneLine } from './text.js';

/** Rows of the summary's table; the log has all. A summary may have 1 MiB, and a row has up to 2 KiB. */
const MOST_ROWS = 300;

/** The findings as a job summary. */
export function renderDoctor({ findings, checked, unchecked }: Examination): string {
  const rows = findings
    .slice(0, MOST_ROWS)
    .map((finding) => [
      [finding.severity],
      [...prose(finding.message, 600), ...placeOf(finding).flatMap((place): Inline[] => [LINE, code(place)])],
      [code(finding.mend, 600)],
    ]);
  const left = findings.length - rows.length;
  return [
    heading(2, findings.length === 0 ? 'Doctor: nothing is wrong' : `Doctor: ${counted(findings.length, 'finding')}`),
    ...(rows.length > 0 ? [tableLines(['', 'What is wrong', 'What mends it'], rows).join('\n')] : []),
    ...(left > 0 ? [paragraph(`and ${left} more, which are in the log`)] : []),
    ...(checked.length > 0 ? [paragraph('Checked: ', ...prose(checked.join(', '), 4000), '.')] : []),
    ...(unchecked.length > 0
      ? [
          paragraph('Not checked, because'),
          bullets(
            byReason(unchecked).map(([because, titles]) => [...prose(because, 600), ': ', ...prose(titles, 2000)]),
          ),
        ]
      : []),
  ].join('\n\n');
}

/** The same for a terminal: a table of two columns, then what was checked and what was not. */
export function doctorLines({ findings, checked, unchecked }: Examination): string[] {
  const width = Math.max(0, ...findings.map(({ severity }) => severity.length));
  const table = findings.flatMap((finding) => {
    const [place] = placeOf(finding);
    const indent = ' '.repeat(width + 2);
    return [
      `${finding.severity.padEnd(width)}  ${line(`${place === undefined ? '' : `${place}: `}${finding.message}`)}`,
      `${indent}${line(finding.mend)}`,
    ];
  });
  return [
    ...(table.length > 0 ? ['what is wrong, and below it what mends it:', ...table] : ['nothing is wrong']),
    ...(checked.length > 0 ? [line(`checked: ${checked.join(', ')}`)] : []),
    ...byReason(unchecked).map(([because, titles]) => line(`not checked, because ${because}: ${titles}`)),
  ];
}

/** One reason often holds for many. */
function byReason(unchecked: Examination['unchecked']): readonly (readonly [because: string, titles: string])[] {
  const groups = Map.groupBy(unchecked, ({ because }) => because);
  return [...groups].map(([because, all]) => [because, all.map(({ title }) => title).join(', ')]);
}

function placeOf({ file, line: at }: Finding): readonly string[] {
  return file === undefined ? [] : [at === undefined ? file : `${file}:${at}`];
}

/** A `::` at the start of a line, or behind blanks, would be a command to the runner. */
function line(text: string): string {
  return cutMiddle(oneLine(text), 2000).replace(/^::/, ': :');
}
