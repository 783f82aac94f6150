import type { JsonWebKey } from 'node:crypto';
import { verifiedClaims } from '../github/oidc.js';
import type { Hop } from './call.js';

/** What a role's trust policy asks of whoever takes it. */
export interface TrustRule {
  /** ARN. */
  readonly role: string;
  /** Subjects of identity tokens, with `*` for any text. @default the role is not for identity tokens, if it `trusts` */
  readonly subjects?: readonly string[];
  /** @default 'sts.amazonaws.com' */
  readonly audience?: string;
  /** ARN of the one role that may take it. @default any caller, unless there are `subjects` */
  readonly trusts?: string;
  /** @default none is asked for */
  readonly externalId?: string;
  /** Whether the policy leaves out `sts:TagSession`. @default false */
  readonly refuseTagSession?: boolean;
  /** Longest session of the role, in seconds. @default 43200 */
  readonly maxDuration?: number;
  /** Seconds after which a session is said to end, whatever was asked for: to see one renewed without waiting. */
  readonly expiresIn?: number;
}

export interface Issuer {
  readonly url: string;
  readonly keys: readonly JsonWebKey[];
}

/** Who takes a role: the session it stands in, if we gave it out. */
export interface CallerSession {
  /** ARN of the session. */
  readonly arn: string;
  /** ARN of its role; undefined for keys that are nobody's role. */
  readonly role: string | undefined;
}

/** An error as STS words it. */
export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Why STS would refuse a hop; undefined when it would not. @param now seconds */
export function refusal(
  hop: Hop,
  rule: TrustRule | undefined,
  caller: CallerSession,
  issuer: Issuer | undefined,
  now: number,
): AwsError | undefined {
  return (
    wrongDuration(hop, rule, caller) ??
    (hop.action === 'AssumeRole' ? untrustedCaller(hop, rule, caller) : untrustedToken(hop, rule, issuer, now))
  );
}

/** The bounds are those of the API reference; the hour is AWS's limit for role chaining. */
function wrongDuration(hop: Hop, rule: TrustRule | undefined, caller: CallerSession): AwsError | undefined {
  const { durationSeconds } = hop;
  const max = rule?.maxDuration ?? 43_200;
  if (durationSeconds < 900) {
    const constraint = 'Member must have value greater than or equal to 900';
    return invalid(
      `1 validation error detected: Value '${durationSeconds}' at 'durationSeconds' failed: ${constraint}`,
    );
  }
  if (caller.role !== undefined && durationSeconds > 3600)
    return invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  if (durationSeconds > max)
    return invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  return undefined;
}

function untrustedCaller(hop: Hop, rule: TrustRule | undefined, caller: CallerSession): AwsError | undefined {
  const refused = (action: string): AwsError =>
    denied(`User: ${caller.arn} is not authorized to perform: ${action} on resource: ${hop.roleArn}`);
  if (rule === undefined) return undefined;
  const trusted = rule.trusts === undefined ? rule.subjects === undefined : rule.trusts === caller.role;
  if (!trusted || (rule.externalId !== undefined && rule.externalId !== hop.externalId))
    return refused('sts:AssumeRole');
  return rule.refuseTagSession && Object.keys(hop.tags).length > 0 ? refused('sts:TagSession') : undefined;
}

function untrustedToken(
  hop: Hop,
  rule: TrustRule | undefined,
  issuer: Issuer | undefined,
  now: number,
): AwsError | undefined {
  const claims = issuer && verifiedClaims(hop.token ?? '', issuer.keys);
  const badToken = (message: string): AwsError => ({ status: 400, code: 'InvalidIdentityToken', message });
  if (!claims || claims['iss'] !== issuer.url)
    return badToken("Couldn't retrieve verification key from your identity provider");
  const expires = Number(claims['exp']);
  if (expires <= now) {
    const message = `Token expired: current date/time ${now} must be before the expiration date/time ${expires}`;
    return { status: 400, code: 'ExpiredTokenException', message };
  }
  if (claims['aud'] !== (rule?.audience ?? 'sts.amazonaws.com')) return badToken('Incorrect token audience');
  if (rule === undefined) return undefined;
  const { subjects = rule.trusts === undefined ? ['*'] : [] } = rule;
  const trusted = subjects.some((pattern) => matches(pattern, String(claims['sub'])));
  return trusted ? undefined : denied('Not authorized to perform sts:AssumeRoleWithWebIdentity');
}

/** `StringLike` of a policy, as far as `*` goes. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

const denied = (message: string): AwsError => ({ status: 403, code: 'AccessDenied', message });
const invalid = (message: string): AwsError => ({ status: 400, code: 'ValidationError', message });
