import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inWaves } from '../../../src/cdk/assembly/order.js';

interface Node {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

const node = (id: string, ...dependsOn: string[]): Node => ({ id, dependsOn });

test('a wave is one more than the last that it waits for', () => {
  const stacks = [node('api', 'data', 'net'), node('data', 'net'), node('net'), node('log'), node('ui', 'api')];
  expect(inWaves(stacks).map(({ id, wave }) => [id, wave])).toEqual([
    ['net', 1],
    ['log', 1],
    ['data', 2],
    ['api', 3],
    ['ui', 4],
  ]);
});

test('what is not among the stacks is not waited for', () => {
  expect(inWaves([node('a', 'elsewhere')])).toEqual([{ id: 'a', dependsOn: ['elsewhere'], wave: 1 }]);
});

test.each([
  [[node('a', 'a')], 'a → a'],
  [[node('x', 'b'), node('b', 'c'), node('c', 'b')], 'x → b → c → b'],
])('stacks that wait for each other', (stacks, way) => {
  expect(() => inWaves(stacks)).toThrow(`stacks wait for each other: ${way}`);
});

test('every stack once, behind all that it waits for, in the earliest wave', () => {
  // Each waits for some of those with a smaller number; then they are shuffled.
  const graphs = fc
    .integer({ min: 0, max: 12 })
    .chain((size) =>
      fc.tuple(
        ...Array.from({ length: size }, (_, index) =>
          fc
            .subarray(Array.from({ length: index }, (_, other) => String(other)))
            .map((dependsOn) => node(String(index), ...dependsOn)),
        ),
      ),
    )
    .chain((nodes) => fc.shuffledSubarray(nodes, { minLength: nodes.length }));
  fc.assert(
    fc.property(graphs, (nodes) => {
      const ordered = inWaves(nodes);
      expect(ordered.map(({ id }) => id).sort()).toEqual(nodes.map(({ id }) => id).sort());
      const waves = new Map(ordered.map(({ id, wave }) => [id, wave]));
      for (const { dependsOn, wave } of ordered) {
        expect(wave).toBe(1 + Math.max(0, ...dependsOn.map((id) => waves.get(id) ?? Number.NaN)));
      }
      const inOrder = ordered.map(({ wave }) => wave);
      expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
    }),
  );
});
