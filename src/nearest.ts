import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a mistyped name most likely means; undefined when none is within a third of its length. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const found = closest(
    wanted,
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  // `closest` of nothing is undefined, whatever its type says: the lookup below then finds nothing, too.
  const match = candidates.find((candidate) => candidate.toLowerCase() === found);
  if (match === undefined) return undefined;
  return distance(wanted, match.toLowerCase()) <= Math.max(1, Math.floor(name.length / 3)) ? match : undefined;
}
