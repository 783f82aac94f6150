import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConfig, type Config } from '../../src/environment/config.js';
import { membersOf, wavesOf } from '../../src/environment/waves.js';

const config = (releases: unknown): Config => parseConfig(JSON.stringify({ schema: 1, releases }), 'deploy.yml');
const waves = (names: string[], releases: unknown) => Object.fromEntries(wavesOf(names, config(releases)));

test.each([
  ['nothing is needed', ['a', 'b'], { a: {}, b: {} }, { a: 1, b: 1 }],
  ['one after the other', ['a', 'b', 'c'], { a: { needs: ['b'] }, b: { needs: ['c'] }, c: {} }, { a: 3, b: 2, c: 1 }],
  [
    'a diamond',
    ['a', 'b', 'c', 'd'],
    { a: { needs: ['b', 'c'] }, b: { needs: ['d'] }, c: {}, d: {} },
    { a: 3, b: 2, c: 1, d: 1 },
  ],
  ['what is needed but not part of the run leaves no gap', ['a'], { a: { needs: ['b'] }, b: {} }, { a: 1 }],
  [
    'order through one that is not part of the run',
    ['a', 'c'],
    { a: { needs: ['b'] }, b: { needs: ['c'] }, c: {} },
    { a: 2, c: 1 },
  ],
  [
    'a group is needed',
    ['a', 'b', 'c'],
    { a: { needs: ['g'] }, b: {}, c: {}, g: { releases: ['b', 'c'] } },
    { a: 2, b: 1, c: 1 },
  ],
  [
    'a group needs',
    ['a', 'b', 'c'],
    { a: {}, b: {}, c: {}, g: { releases: ['b', 'c'], needs: ['a'] } },
    { a: 1, b: 2, c: 2 },
  ],
])('%s', (_, names, releases, expected) => {
  expect(waves(names, releases)).toEqual(expected);
});

test('a release of releases is its apps, each once, in order', () => {
  const releases = { a: {}, b: {}, c: {}, some: { releases: ['c', 'a'] }, all: { releases: ['b', 'some', 'a'] } };
  expect(membersOf('all', config(releases))).toEqual(['b', 'c', 'a']);
  expect(membersOf('all', config(releases), (name) => name !== 'some')).toEqual(['b', 'a']);
  expect(membersOf('a', config(releases))).toEqual(['a']);
});

test.each([
  ['itself', ['a'], { a: { needs: ['a'] } }, 'a → a', 'needs'],
  ['each other', ['x'], { x: { needs: ['a'] }, a: { needs: ['b'] }, b: { needs: ['a'] } }, 'a → b → a', 'needs'],
  ['what it is part of', ['a'], { a: {}, g: { releases: ['a'], needs: ['a'] } }, 'a → a', 'needs'],
])('a release that needs %s is refused', (_, names, releases, circle, key) => {
  expect(() => waves(names, releases)).toThrow(
    `releases go round in a circle (${circle}): take one out of '${key}' in deploy.yml`,
  );
});

test('a release that names itself is refused', () => {
  const releases = { a: { releases: ['b'] }, b: { releases: ['a'] } };
  expect(() => membersOf('a', config(releases))).toThrow(
    "releases go round in a circle (a → b → a): take one out of 'releases' in deploy.yml",
  );
});

/** Releases `r0` … where each needs only ones before it, so without circles. */
const acyclic = fc
  .array(fc.uniqueArray(fc.nat(11), { maxLength: 5 }), { minLength: 1, maxLength: 12 })
  .map((all) => all.map((needs, index) => needs.filter((need) => need < index)));

test('waves hold what is needed, have no gap, and are no more than they must be', () => {
  fc.assert(
    fc.property(acyclic, fc.func(fc.boolean()), (all, chosen) => {
      const releases = Object.fromEntries(
        all.map((needs, index) => [`r${index}`, needs.length ? { needs: needs.map((need) => `r${need}`) } : {}]),
      );
      const selected = Object.keys(releases).filter((name) => chosen(name));
      const found = wavesOf(selected, config(releases));
      // Straight and indirect needs, worked out anew.
      const reach = new Map<string, Set<string>>();
      all.forEach((needs, index) => {
        const through = needs.flatMap((need) => [`r${need}`, ...(reach.get(`r${need}`) ?? [])]);
        reach.set(`r${index}`, new Set(through));
      });
      for (const name of selected) {
        const before = selected.filter((other) => reach.get(name)?.has(other));
        expect(found.get(name)).toBe(Math.max(0, ...before.map((other) => found.get(other) ?? NaN)) + 1);
      }
      expect([...found.keys()].sort()).toEqual([...selected].sort());
    }),
  );
});
