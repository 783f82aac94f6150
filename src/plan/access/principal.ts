import type { Place } from '../intrinsic.js';

/** Who a principal is, seen from the account that the stack is in. */
export type Who = 'anyone' | 'other-account' | 'identity-provider' | 'aws-service' | 'inside';

/**
 * Sorts a principal (`AWS:arn:…`, `Service:…`). References to the template's own resources, parameters and imports are
 * taken to be inside: the template does not tell.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function whoIs(principal: string, place: Place): Who {
  const kind = principal.slice(0, principal.indexOf(':'));
  const name = principal.slice(kind.length + 1);
  if (name === '*') return kind === 'Service' ? 'aws-service' : 'anyone';
  if (kind === 'Service') return 'aws-service';
  if (kind === 'Federated') return 'identity-provider';
  if (kind !== 'AWS') return 'inside';
  const account = /^arn:[^:]*:(?:iam|sts)::([^:]*):/.exec(name)?.[1];
  if (account === '*') return 'anyone';
  if (account !== undefined && /^\d{12}$/.test(account)) return account === place.account ? 'inside' : 'other-account';
  return 'inside';
}

/** A principal in words. */
export function nameOf(principal: string): string {
  return principal === 'AWS:*' || principal === 'CanonicalUser:*'
    ? 'anyone (`*`)'
    : principal.slice(principal.indexOf(':') + 1);
}

const OWN_SOURCE =
  /"[a-z]* (?:aws:sourcearn|aws:sourceaccount|aws:sourceorgid|aws:principalorgid|aws:eventsourcetoken)":/;

/**
 * Whether a service acts only for a source that the condition names, so that nobody else can make it act.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function namesItsSource(condition: string): boolean {
  return OWN_SOURCE.test(condition);
}
