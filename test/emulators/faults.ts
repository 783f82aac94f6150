/** Failures that are due: each happens a number of times, then the service is well again. */
export class Faults<Fault extends { readonly times?: number }> {
  private readonly due: { readonly fault: Fault; left: number }[] = [];

  constructor(faults: readonly Fault[] = []) {
    for (const fault of faults) this.add(fault);
  }

  /** `times` @default 1 */
  add(fault: Fault): void {
    this.due.push({ fault, left: fault.times ?? 1 });
  }

  /** The first one that is due, counted down. */
  take(matches: (fault: Fault) => boolean): Fault | undefined {
    const next = this.due.find(({ fault, left }) => left > 0 && matches(fault));
    if (next === undefined) return undefined;
    next.left -= 1;
    return next.fault;
  }
}
