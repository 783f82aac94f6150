import type { PlatformContext } from './context-schema.js';

/** The names of one deployment's resources: `<organization>-<name>-<resource>`. */
export class Names {
  /** `acme-corp-production`. */
  readonly prefix: string;

  private constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** From the context. A deployment without a name is called after its environment; an alias is for people only. */
  static of(context: PlatformContext): Names {
    const name = context['deployment:name'] ?? context['deployment:environment'];
    return new Names(`${context['deployment:organization']}-${name}`);
  }

  /** `acme-corp-production-userpool` for `userpool`. */
  of(resource: string): string {
    return `${this.prefix}-${resource}`;
  }
}
