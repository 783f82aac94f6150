import { forTargets } from './heading.js';
import { liftedNote } from './lifted.js';
import { bullets, type Cell, paragraph, prose } from './markdown.js';
import type { Report, TargetReport } from './model.js';
import { counted } from './text.js';

/** Notes that a report has at the most; the rest is counted. */
const MOST = 10;

/** How what is reported was allowed: gates that were lifted, a review that was asked for. */
export function noteParagraphs(report: Report): readonly string[] {
  const several = report.targets.length > 1;
  const notes = report.targets.flatMap((target) =>
    notesOf(target).map((note): Cell => [...note, ...(several ? forTargets({ ...report, targets: [target] }) : [])]),
  );
  if (notes.length === 0) return [];
  const more =
    notes.length > MOST ? [paragraph(`… and ${counted(notes.length - MOST, 'more', 'more')} of these.`)] : [];
  return [bullets(notes.slice(0, MOST)), ...more];
}

function notesOf(target: TargetReport): readonly Cell[] {
  switch (target.kind) {
    case 'plan':
      return (target.plan.lifted ?? []).map(liftedNote);
    case 'deployment':
      return (target.notes ?? []).map((note) => prose(note));
    case 'failure':
      return [];
  }
}
