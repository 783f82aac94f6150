import { cost, fitSections } from './budget.js';
import { contextFolds } from './context.js';
import { deploymentSection, outputFolds } from './deployments.js';
import { failureSection } from './failures.js';
import { chooseFolds, stackFolds } from './folds.js';
import { groupPlans, hasChanges, noiseNote } from './groups.js';
import { forTargets, origin, title } from './heading.js';
import { noteParagraphs } from './notes.js';
import { bold, code, heading, type Inline, paragraph } from './markdown.js';
import type { Report } from './model.js';
import { pictures } from './picture.js';
import { riskSection } from './risks.js';
import { findingSection, stackNote, stackSection } from './stacks.js';
import { counted, visible } from './text.js';

export interface Rendered {
  readonly markdown: string;
  /** What found no room, as a reader would call it. */
  readonly dropped: readonly string[];
}

export interface Layout {
  /** Bytes. */
  readonly budget: number;
  /** Stands before everything. */
  readonly marker?: string;
  /** Markdown of the workflow's author. */
  readonly header?: string;
  readonly footer?: string;
  /** Where the reader finds what is left out. */
  readonly elsewhere: readonly Inline[];
  /** Whether what is folded as noise is listed. */
  readonly noise: boolean;
  /** Whether waves and stacks are drawn. @default false */
  readonly picture?: boolean;
}

/** Bytes that a header or footer may have; a longer one is left out, because half of it may be broken Markdown. */
export const OWN_WORDS = 4_096;

/** Names that the closing note gives of what was left out. */
const NAMED_DROPS = 5;

/** Writes a report within a budget: what failed and what could hurt first, then tables, then folds while there is room. */
export function layOut(report: Report, layout: Layout): Rendered {
  const { header, footer, dropped } = ownWords(layout);
  const above = [layout.marker, header].filter((part) => part !== undefined);
  const below = footer === undefined ? [] : [footer];
  const quiet = noChanges(report);
  if (quiet !== undefined) return { markdown: join([...above, quiet, ...below]), dropped };

  const groups = groupPlans(report);
  const top = [...above, heading(2, ...title(report)), paragraph(...origin(report)), ...noteParagraphs(report)];
  const note = groups.length > 0 ? stackNote(groups) : '';
  const fixed = [...top, note, ...below].reduce((sum, part) => sum + cost(part), 0) + noteReserve(layout);
  const beyond = (what: string) => paragraph(`… and ${what}, in the `, ...layout.elsewhere, '.');
  const plans = [riskSection(groups, beyond), stackSection(groups, beyond), findingSection(groups, beyond)];
  const sections = fitSections(
    [failureSection(report, beyond), ...plans, deploymentSection(report, beyond)],
    layout.budget - fixed,
  );

  const drawing = layout.picture === true ? pictures(groups) : '';
  const room = layout.budget - sections.reduce((sum, part) => sum + cost(part), fixed);
  const picture = cost(drawing) <= room ? drawing : '';
  if (picture !== drawing) dropped.push('the picture');

  const stacks = groups.flatMap((group) => stackFolds(group, groups, layout.noise));
  const folds = [...contextFolds(report), ...stacks, ...outputFolds(report)];
  const chosen = chooseFolds(folds, picture === '' ? room : room - cost(picture));
  const allDropped = [...dropped, ...chosen.dropped];
  const closing = allDropped.length > 0 ? [dropNote(allDropped, layout)] : [];
  return {
    markdown: join([...top, ...sections, note, picture, ...chosen.markdown, ...closing, ...below]),
    dropped: allDropped,
  };
}

/** The one line of a report in which nothing changes, the context neither, nothing failed and nothing was found. */
function noChanges(report: Report): string | undefined {
  const plans = report.targets.flatMap((target) => (target.kind === 'plan' ? [target.plan] : []));
  const quiet = plans.length === report.targets.length && plans.every((plan) => !hasChanges(plan));
  if (!quiet || plans.some(({ findings, context }) => findings.length > 0 || context !== undefined)) return undefined;
  const noise = noiseNote(plans.flatMap(({ stacks }) => stacks));
  return paragraph(
    // A new asset is deployed, too: it is only that its content cannot be shown here.
    bold(noise === undefined ? 'No changes' : 'No changes of infrastructure'),
    ...forTargets(report),
    ' · ',
    ...origin(report),
    noise === undefined ? '' : ` · ${noise}`,
  );
}

function dropNote(dropped: readonly string[], layout: Layout): string {
  const named = dropped.slice(0, NAMED_DROPS).flatMap((name) => [code(name, 60), ', ']);
  const more = dropped.length > NAMED_DROPS ? [`${counted(dropped.length - NAMED_DROPS, 'more', 'more')}, `] : [];
  return paragraph('Left out for want of room: ', ...named, ...more, 'in the ', ...layout.elsewhere, '.');
}

/** The most that the closing note can take: 60 characters of 3 bytes a name. */
function noteReserve(layout: Layout): number {
  return cost(dropNote([], layout)) + NAMED_DROPS * 200 + 40;
}

function ownWords(layout: Layout): { header?: string; footer?: string; dropped: string[] } {
  const kept: { header?: string; footer?: string } = {};
  const dropped: string[] = [];
  for (const part of ['header', 'footer'] as const) {
    const words = visible(layout[part] ?? '').trim();
    if (words === '') continue;
    if (cost(words) > OWN_WORDS) dropped.push(`${part} of more than ${OWN_WORDS} bytes`);
    else kept[part] = words;
  }
  return { ...kept, dropped };
}

function join(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
