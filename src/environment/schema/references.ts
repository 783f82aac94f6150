import type { z } from 'zod';
import { hint, listed, quote } from '../wording.js';

interface Names {
  readonly environments?: Readonly<Record<string, unknown>>;
  readonly releases?: Readonly<Record<string, Referring>>;
  readonly bootstrap?: string;
}

interface Referring {
  readonly needs?: readonly string[];
  readonly releases?: readonly string[];
  readonly environments?: readonly string[];
}

/** Every name that stands for a release or an environment has one behind it. */
export function checkReferences(config: Names, context: z.core.$RefinementCtx): void {
  const environments = Object.keys(config.environments ?? {});
  const releases = Object.keys(config.releases ?? {});
  const check = (name: string, known: readonly string[], what: string, path: PropertyKey[]) => {
    if (known.includes(name)) return;
    const message = `${quote(name)} is no ${what}${hint(name, known)}: known are ${listed(known)}`;
    context.addIssue({ code: 'custom', path, message, params: { whole: true } });
  };
  for (const [release, value] of Object.entries(config.releases ?? {})) {
    const at = (key: string, index: number) => ['releases', release, key, index];
    value.needs?.forEach((name, index) => {
      check(name, releases, 'release', at('needs', index));
    });
    value.releases?.forEach((name, index) => {
      check(name, releases, 'release', at('releases', index));
    });
    value.environments?.forEach((name, index) => {
      check(name, environments, 'environment', at('environments', index));
    });
  }
  if (config.bootstrap !== undefined && config.bootstrap !== 'cdk') {
    check(config.bootstrap, ['cdk', ...releases], 'release', ['bootstrap']);
  }
}
