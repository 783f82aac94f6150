import { plain } from '../cdk/output.js';
import { looksSecret } from '../template/secret.js';
import type { Context } from './context.js';

/** The CLI prints outputs as `Stack.Output = value`: one that looks secret is masked before it is shown. */
export function hidingOutputs({ ports }: Context): (line: string) => void {
  return (line) => {
    const [, key, value] = /^\S+\.(\w+) = (.+)$/.exec(plain(line).trimEnd()) ?? [];
    if (key !== undefined && value !== undefined && looksSecret(key, value)) ports.runner.mask(value);
  };
}
