import type { Finding } from '../plan/model.js';
import { type Section, tableSection } from './budget.js';
import { changeWords } from './changes.js';
import { hasChanges, nameList, noiseNote, place, type PlanGroup, stackChanges } from './groups.js';
import { bold, code, heading, type Inline, paragraph, prose, type Row } from './markdown.js';
import { RISK_WORDS, riskRank } from './risks.js';
import { counted } from './text.js';

export function stackSection(groups: readonly PlanGroup[], beyond: (what: string) => string): Section {
  const items = groups.flatMap((group) => group.plan.stacks.filter(stackChanges).map((stack) => ({ group, stack })));
  return tableSection({
    title: heading(3, 'Stacks'),
    head: ['Stack', 'Risk', 'Changes'],
    items,
    row: ({ group, stack }, limit): Row => [
      place(group, stack, groups, limit),
      [riskRank(stack.risk) > riskRank('update') ? bold(RISK_WORDS[stack.risk]) : RISK_WORDS[stack.risk]],
      [changeWords(stack)],
    ],
    beyond: (count) => beyond(`${counted(count, 'more stack')} with changes`),
  });
}

/** Groups of targets that the note names, and targets of each. */
const [NAMED_GROUPS, NAMED_TARGETS] = [5, 12];

/** What is said beside the rows: which targets are alike, how many stacks do not change, and what was folded. */
export function stackNote(groups: readonly PlanGroup[]): string {
  const same = groups.filter(({ plan }) => !hasChanges(plan)).flatMap(({ names }) => names);
  const changing = groups.filter(({ plan }) => hasChanges(plan)).flatMap(({ plan }) => plan.stacks);
  const unchanged = changing.filter((stack) => !stackChanges(stack)).length;
  const noise = noiseNote(groups.flatMap(({ plan }) => plan.stacks));
  // A row names three targets: the others have to stand somewhere, too.
  const alike = groups
    .filter(({ names, plan }) => hasChanges(plan) && names.length > (groups.length > 1 ? 3 : 1))
    .slice(0, NAMED_GROUPS);
  const sentences = [
    ...alike.map(({ names }) => ['The same changes for ', ...nameList(names, NAMED_TARGETS), '.']),
    ...(same.length > 0 ? [['No changes for ', ...nameList(same, 10), '.']] : []),
    ...(unchanged > 0 ? [[`${counted(unchanged, 'stack')} without changes.`]] : []),
    ...(noise === undefined ? [] : [[`${noise}.`]]),
  ];
  return paragraph(...sentences.flatMap((sentence, index) => [...(index > 0 ? [' '] : []), ...sentence]));
}

/** What checks of the user's own found, errors first. */
export function findingSection(groups: readonly PlanGroup[], beyond: (what: string) => string): Section {
  const order: readonly Finding['severity'][] = ['error', 'warning', 'info'];
  const items = groups
    .flatMap((group) => group.plan.findings.map((finding) => ({ group, finding })))
    .sort((a, b) => order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity));
  return tableSection({
    title: heading(3, 'Findings'),
    head: ['Severity', 'Check', 'Message', 'Where'],
    items,
    row: ({ group, finding }, limit): Row => [
      [finding.severity],
      [code(finding.check, limit)],
      prose(finding.message, limit * 2),
      findingPlace(finding, group, groups, limit),
    ],
    beyond: (count) => beyond(counted(count, 'more finding')),
  });
}

function findingPlace(finding: Finding, group: PlanGroup, groups: readonly PlanGroup[], limit: number): Inline[] {
  const parts = [
    ...(groups.length > 1 ? [nameList(group.names)] : []),
    ...(finding.stack === undefined ? [] : [[code(finding.stack, limit)]]),
    ...(finding.logicalId === undefined ? [] : [[code(finding.logicalId, limit)]]),
  ];
  return parts.flatMap((part, index) => [...(index > 0 ? [' · '] : []), ...part]);
}
