import picomatch from 'picomatch';
import { ActionError } from '../../errors.js';
import type { Assembly, AssemblyStack } from './model.js';

/** What the CDK selects a stack by: its construct path, `Stage/Stack`. */
export function selectorOf(stack: Pick<AssemblyStack, 'displayName'>): string {
  return stack.displayName.replace(/ \([^()]*\)$/, '');
}

/**
 * The stacks that patterns select, in deployment order: all without a pattern. A stack is found by its construct path,
 * its artifact id or CloudFormation's name for it.
 * @throws ActionError `resolution` for a pattern that selects nothing, with the stacks there are
 */
export function selectStacks(assembly: Assembly, patterns: readonly string[]): readonly AssemblyStack[] {
  const { stacks } = assembly;
  if (stacks.length === 0) throw new ActionError('assembly', 'the assembly holds no stack: does the app make one?');
  if (patterns.length === 0) return stacks;
  const selected = new Set<AssemblyStack>();
  for (const pattern of patterns) {
    const matches = picomatch(pattern);
    const found = stacks.filter((stack) => [selectorOf(stack), stack.id, stack.name].some((name) => matches(name)));
    if (found.length === 0) {
      throw new ActionError(
        'resolution',
        `stacks '${pattern}' selects nothing: the app has ${stacks.map(selectorOf).join(', ')}`,
      );
    }
    for (const stack of found) selected.add(stack);
  }
  return stacks.filter((stack) => selected.has(stack));
}
