/** How two things that were timed in turn compare. */
export interface Ratio {
  readonly what: string;
  readonly ratio: number;
  readonly bound: number;
}

/** Does something; what it gives is how many milliseconds it took, where it measures that itself. */
type Timed = (round: number) => Promise<void> | number | undefined;

/**
 * Times two things A, B in turn, so that a machine that slows down slows both, after one round that does not count.
 * @returns the ratio of their medians
 */
export async function compare(what: string, bound: number, rounds: number, a: Timed, b: Timed): Promise<Ratio> {
  const times = { a: [] as number[], b: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const [first, second] = [await timed(() => a(round)), await timed(() => b(round))];
    if (round === 0) continue;
    times.a.push(first);
    times.b.push(second);
  }
  const [ours, theirs] = [median(times.a), median(times.b)];
  console.log(`${what}: ${ours.toFixed(0)} ms : ${theirs.toFixed(0)} ms, medians of ${rounds}`);
  return { what, ratio: ours / theirs, bound };
}

async function timed(body: () => ReturnType<Timed>): Promise<number> {
  const started = performance.now();
  const taken = await body();
  return taken ?? performance.now() - started;
}

function median(values: readonly number[]): number {
  return values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? 0;
}
