import type { Finding, Plan } from '../plan/model.js';
import { changeWords } from './changes.js';
import { hasChanges, noiseNote, overwrites, stackChanges } from './groups.js';
import type { StackOutcome } from './model.js';
import { actionWord, hurts, RISK_WORDS } from './risks.js';
import { counted, cutMiddle, duration, oneLine } from './text.js';

/** Lines of the log about what could hurt; the rest is counted. */
const LINES = 20;

/** A plan in a few lines for the log: what could hurt, then the counts of each stack that changes. */
export function planLines(plan: Plan): string[] {
  const noise = noiseNote(plan.stacks);
  const folded = noise === undefined ? [] : [noise];
  if (!hasChanges(plan)) return [`no changes in ${counted(plan.stacks.length, 'stack')}`, ...folded];
  const risky = hurts([{ names: [plan.target.id], plan }]).map(({ stack, change }) => {
    const what = `${actionWord(change)} ${change.path ?? change.logicalId} (${change.type ?? change.subject})`;
    const why = change.reasons[0]?.text ?? (overwrites(change) ? 'overwrites what was altered by hand' : undefined);
    return line(`${RISK_WORDS[change.risk]}: ${what} in ${stack.displayName || stack.id}${why ? `: ${why}` : ''}`);
  });
  const more = risky.length > LINES ? [`and ${risky.length - LINES} more of what could hurt`] : [];
  const stacks = plan.stacks
    .filter(stackChanges)
    .map((stack) => line(`${stack.displayName || stack.id}: ${changeWords(stack)} (risk: ${RISK_WORDS[stack.risk]})`));
  return [...risky.slice(0, LINES), ...more, ...stacks, ...folded];
}

/** A finding on one line: `<check>: <message> (<stack> <logical id>)`. */
export function findingLine({ check, message, stack, logicalId }: Finding): string {
  const where = [stack, logicalId].filter((part) => part !== undefined).join(' ');
  return line(`${check}: ${message}${where === '' ? '' : ` (${where})`}`);
}

/** What a deployment did, a line per stack. */
export function deploymentLines(stacks: readonly StackOutcome[]): string[] {
  return stacks.map(({ id, result, seconds, failure }) => {
    const why = failure ? `: ${failure.path ?? failure.logicalId} (${failure.type}): ${failure.reason}` : '';
    return line(`${id}: ${result.replace('-', ' ')} in ${duration(seconds)}${why}`);
  });
}

/** A `::` at the start of a line would be a command to the runner. */
function line(text: string): string {
  return cutMiddle(oneLine(text), 500).replace(/^::/, ': :');
}
