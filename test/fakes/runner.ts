import type { Place, Runner } from '../../src/ports.js';

/** A line of the log. */
export interface LogLine {
  readonly level: 'info' | 'debug' | 'notice' | 'warning' | 'error';
  readonly message: string;
  readonly place?: Place;
  /** Title of the group that it stands in. */
  readonly group?: string;
}

/** Remembers everything that a runner was told. */
export class FakeRunner implements Runner {
  readonly lines: LogLine[] = [];
  readonly outputs = new Map<string, string>();
  readonly state = new Map<string, string>();
  readonly summaries: string[] = [];
  /** Audiences that tokens were asked for. */
  readonly audiences: string[] = [];
  /** What `oidcToken` gives: a token, or an error to throw. */
  identity: string | Error = 'header.payload.signature';
  private readonly masked = new Set<string>();
  private title: string | undefined;

  /** The log as text, unmasked; one level, or all of them. */
  log(level?: LogLine['level']): string {
    const lines = this.lines.filter((line) => level === undefined || line.level === level);
    return lines.map(({ message }) => message).join('\n');
  }

  info(message: string): void {
    this.line('info', message);
  }

  debug(message: string): void {
    this.line('debug', message);
  }

  notice(message: string, place?: Place): void {
    this.line('notice', message, place);
  }

  warning(message: string, place?: Place): void {
    this.line('warning', message, place);
  }

  error(message: string, place?: Place): void {
    this.line('error', message, place);
  }

  async group<T>(title: string, body: () => Promise<T>): Promise<T> {
    this.title = title;
    try {
      return await body();
    } finally {
      this.title = undefined;
    }
  }

  mask(value: string): void {
    if (value !== '') this.masked.add(value);
  }

  secrets(): readonly string[] {
    return [...this.masked];
  }

  output(name: string, value: string): void {
    this.outputs.set(name, value);
  }

  summary(markdown: string): Promise<void> {
    this.summaries.push(markdown);
    return Promise.resolve();
  }

  oidcToken(audience: string): Promise<string> {
    this.audiences.push(audience);
    return this.identity instanceof Error ? Promise.reject(this.identity) : Promise.resolve(this.identity);
  }

  saveState(name: string, value: string): void {
    this.state.set(name, value);
  }

  private line(level: LogLine['level'], message: string, place?: Place): void {
    const where = this.title === undefined ? {} : { group: this.title };
    this.lines.push({ level, message, ...(place === undefined ? {} : { place }), ...where });
  }
}
