import type { Hop } from './call.js';
import type { CallerSession } from './trust.js';

/** Which role each access key was given out for. */
export class Sessions {
  /** Secret keys and session tokens that were given out. */
  readonly secrets: string[] = [];
  private readonly byKey = new Map<string, CallerSession>();

  /** The session behind an access key; a key that was not given out here is an account's own. */
  of(accessKeyId: string): CallerSession {
    return this.byKey.get(accessKeyId) ?? { arn: `arn:aws:iam::${accessKeyId}:root`, role: undefined };
  }

  /**
   * Remembers the session in the engine's answer to a hop.
   * @param expiresIn seconds after which it is said to end. @default as the engine says
   * @returns the answer to pass on
   */
  remember(hop: Hop, xml: string, expiresIn?: number): string {
    const [key, secret, token, arn] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Arn'].map(
      (name) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1],
    );
    if (key === undefined || arn === undefined) return xml;
    this.byKey.set(key, { arn, role: hop.roleArn });
    this.secrets.push(...[secret, token].filter((value) => value !== undefined));
    if (expiresIn === undefined) return xml;
    const expiration = new Date(Date.now() + expiresIn * 1000).toISOString();
    return xml.replace(/<Expiration>[^<]*</, `<Expiration>${expiration}<`);
  }
}
