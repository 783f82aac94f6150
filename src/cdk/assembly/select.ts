import picomatch from 'picomatch';
import { ActionError } from '../../errors.js';
import type { Assembly, AssemblyStack } from './model.js';

/** What the CDK selects a stack by: its construct path, `Stage/Stack`. */
export function selectorOf(stack: Pick<AssemblyStack, 'displayName'>): string {
  return stack.displayName.replace(/ \([^()]*\)$/, '');
}

/**
 * The stacks that patterns select, in deployment order: all without a pattern. As in the CDK, a pattern is held against
 * the construct path (`*` does not reach into a stage), and one that begins with `!` leaves stacks out. The artifact id
 * and CloudFormation's name select a stack too, written out.
 * @throws ActionError `resolution` for a pattern that selects nothing, with the stacks there are
 */
export function selectStacks(assembly: Assembly, patterns: readonly string[]): readonly AssemblyStack[] {
  const { stacks } = assembly;
  if (stacks.length === 0) throw new ActionError('assembly', 'the assembly holds no stack: does the app make one?');
  const parsed = patterns.map((pattern) => {
    const matches = picomatch(pattern, undefined, true);
    const selects = (stack: AssemblyStack): boolean =>
      matches(selectorOf(stack)) || pattern === stack.id || pattern === stack.name;
    return { pattern, selects, negated: matches.state['negated'] };
  });
  const positive = parsed.filter(({ negated }) => !negated);
  const nothing = positive.find(({ selects }) => !stacks.some(selects));
  const chosen = stacks.filter(
    (stack) =>
      (positive.length === 0 || positive.some(({ selects }) => selects(stack))) &&
      parsed.every(({ negated, selects }) => !negated || selects(stack)),
  );
  if (nothing === undefined && chosen.length > 0) return chosen;
  throw new ActionError(
    'resolution',
    `stacks '${nothing?.pattern ?? patterns.join(' ')}' selects nothing: the app has ${stacks.map(selectorOf).join(', ')}`,
  );
}
