import type { Change, StackPlan, Subject } from '../plan/model.js';
import { matters } from './groups.js';
import { counted } from './text.js';

const ACTIONS = ['add', 'update', 'replace', 'delete', 'import'] as const;

/** What beside resources can change in a stack, one and many of it. */
const BESIDE: Readonly<Record<Exclude<Subject, 'resource'>, readonly [one: string, many: string]>> = {
  output: ['output', 'outputs'],
  parameter: ['parameter', 'parameters'],
  mapping: ['mapping', 'mappings'],
  condition: ['condition', 'conditions'],
  transform: ['transform', 'transforms'],
  tag: ['tag', 'tags'],
  'termination-protection': ['termination protection', 'termination protections'],
  other: ['other part of the template', 'other parts of the template'],
};

/**
 * How much changes in a stack: `1 to add, 2 to update, 1 tag`. Resources by action, then what changes beside them;
 * `changes` when it is not known more exactly, empty when nothing does.
 */
export function changeWords({ counts, changes }: Pick<StackPlan, 'counts' | 'changes'>): string {
  const resources = ACTIONS.filter((action) => counts[action] > 0).map(
    (action) => `${counts[action].toLocaleString('en-US')} to ${action}`,
  );
  const numbers = new Map<Exclude<Subject, 'resource'>, number>();
  for (const { subject } of changes.filter(matters)) {
    if (subject !== 'resource') numbers.set(subject, (numbers.get(subject) ?? 0) + 1);
  }
  const beside = [...numbers].map(([subject, count]) => nameOf(subject, count));
  const words = [...resources, ...beside].join(', ');
  return words === '' && changes.some((change: Change) => matters(change)) ? 'changes' : words;
}

function nameOf(subject: Exclude<Subject, 'resource'>, count: number): string {
  return subject === 'termination-protection' ? BESIDE[subject][0] : counted(count, ...BESIDE[subject]);
}
