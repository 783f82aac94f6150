import { ActionError } from '../../errors.js';

interface Node {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

/**
 * Puts stacks in deployment order, each with its wave: one more than the last wave that it waits for.
 * @throws ActionError `assembly` for stacks that wait for each other
 */
export function inWaves<T extends Node>(stacks: readonly T[]): readonly (T & { readonly wave: number })[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const waves = new Map<string, number>();
  const waveOf = (stack: T, above: readonly string[]): number => {
    const known = waves.get(stack.id);
    if (known !== undefined) return known;
    if (above.includes(stack.id)) {
      throw new ActionError('assembly', `stacks wait for each other: ${[...above, stack.id].join(' → ')}`);
    }
    const before = stack.dependsOn.flatMap((id) => byId.get(id) ?? []);
    const wave = 1 + Math.max(0, ...before.map((other) => waveOf(other, [...above, stack.id])));
    waves.set(stack.id, wave);
    return wave;
  };
  return stacks.map((stack) => ({ ...stack, wave: waveOf(stack, []) })).sort((a, b) => a.wave - b.wave);
}
