import { createPublicKey, generateKeyPairSync, sign, verify, type JsonWebKey } from 'node:crypto';

export type Claims = Readonly<Record<string, unknown>>;

/** Signs the identity tokens of jobs, as GitHub's issuer does. */
export class Issuer {
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly keyId = 'emulated-key';

  /** A signed token (RS256). */
  sign(claims: Claims): string {
    const head = [{ alg: 'RS256', typ: 'JWT', kid: this.keyId }, claims].map(encode).join('.');
    return `${head}.${sign('sha256', Buffer.from(head), this.keys.privateKey).toString('base64url')}`;
  }

  /** The public keys, as `/.well-known/jwks` gives them. */
  jwks(): { readonly keys: readonly JsonWebKey[] } {
    return { keys: [{ ...this.keys.publicKey.export({ format: 'jwk' }), kid: this.keyId, alg: 'RS256', use: 'sig' }] };
  }
}

/** The claims of a token that one of the keys signed; undefined for any other text. */
export function verifiedClaims(token: string, keys: readonly JsonWebKey[]): Claims | undefined {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const signed = Buffer.from(`${header}.${payload}`);
  const good = keys.some((key) =>
    verify('sha256', signed, createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url')),
  );
  return good ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims) : undefined;
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
