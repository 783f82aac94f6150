/** What a runner replaces in the log: values that it was told, and each line of those that have several. */
export class Masks {
  private readonly values = new Set<string>();

  constructor(values: readonly string[] = []) {
    for (const value of values) this.add(value);
  }

  add(value: string): void {
    for (const part of [value, ...value.split(/[\r\n]+/)]) if (part.trim() !== '') this.values.add(part);
  }

  /** The text with every masked value as `***`, longest first so that no rest of a longer one stays. */
  apply(text: string): string {
    return [...this.values]
      .sort((a, b) => b.length - a.length)
      .reduce((masked, value) => masked.replaceAll(value, '***'), text);
  }

  list(): readonly string[] {
    return [...this.values];
  }
}
