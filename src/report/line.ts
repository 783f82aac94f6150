import type { Plan } from '../plan/model.js';
import { noiseNote, stackChanges } from './groups.js';
import { counted } from './text.js';

/** Risks that a reviewer has to know of, worst first. */
const TOLD = ['data-loss', 'access', 'address'] as const;
const ACTIONS = ['add', 'update', 'replace', 'delete', 'import'] as const;

/** A plan in one line: `1 data-loss, 2 access; 3 update, 1 delete in 2 stacks`. */
export function planLine({ stacks, counts, hasChanges }: Plan): string {
  if (!hasChanges) return `no changes in ${counted(stacks.length, 'stack')}`;
  const changes = stacks.flatMap((stack) => stack.changes).filter(({ noise }) => noise === undefined);
  const risks = TOLD.map((risk) => [changes.filter((change) => change.risk === risk).length, risk] as const);
  const actions = ACTIONS.map((action) => [counts[action], action] as const);
  const list = (numbers: readonly (readonly [number, string])[]): string =>
    numbers.flatMap(([count, word]) => (count > 0 ? `${count} ${word}` : [])).join(', ');
  const changing = stacks.filter(stackChanges).length;
  const where = `in ${counted(changing, 'stack')}`;
  const parts = [list(risks), `${list(actions) || noiseNote(stacks) || 'changes'} ${where}`];
  return parts.filter(Boolean).join('; ');
}
