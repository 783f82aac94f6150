import type { Place } from '../intrinsic.js';
import type { Reason } from '../model.js';
import type { Resource } from '../template.js';
import { covers, matches } from './cover.js';
import { grantsOf, type Grant } from './grants.js';
import { nameOf, namesItsSource, whoIs } from './principal.js';
import { isEveryAction, isEveryResource, STAR_ONLY } from './star.js';

type Resources = ReadonlyMap<string, Resource>;

/**
 * Why access is wider after than before, by the logical id that makes it so. Compared by what a policy is attached to,
 * not by where it is written, so that a policy that only moves is no change.
 */
export function widenedPolicies(
  before: Resources,
  after: Resources,
  place: Place,
): ReadonlyMap<string, readonly Reason[]> {
  const [old, fresh] = [byHolder(grantsOf(before, place)), byHolder(grantsOf(after, place))];
  const found = new Map<string, Map<string, Set<string>>>();
  const note = (logicalId: string, text: string, detail: string): void => {
    const texts = found.get(logicalId) ?? new Map<string, Set<string>>();
    found.set(logicalId, texts.set(text, (texts.get(text) ?? new Set()).add(detail)));
  };

  for (const [holder, grants] of fresh) {
    const known = old.get(holder) ?? [];
    const isNew = after.has(holder) && !before.has(holder);
    for (const grant of grants) {
      if (grant.effect === 'Deny' || known.some((one) => covers(one, grant))) continue;
      const text = widening(grant, known, isNew, place);
      if (text !== undefined) note(grant.logicalId, text, grant.action);
    }
  }
  for (const [holder, grants] of old) {
    const holderIsGone = before.has(holder) && !after.has(holder);
    if (holderIsGone) continue;
    for (const grant of grants) {
      if (
        grant.effect === 'Allow' ||
        (fresh.get(holder) ?? []).some((one) => one.effect === 'Deny' && covers(one, grant))
      )
        continue;
      note(grant.logicalId, 'no longer denies', grant.action);
    }
  }
  return new Map(
    [...found].map(([id, texts]) => [
      id,
      [...texts].map(([text, details]) => ({ risk: 'access', text: `${text}: ${summary(details)}` })),
    ]),
  );
}

/** What a grant that was not there before opens; undefined when it is an ordinary one. */
function widening(grant: Grant, known: readonly Grant[], isNew: boolean, place: Place): string | undefined {
  return grant.kind === 'identity' ? widerIdentity(grant, known) : widerPrincipal(grant, known, isNew, place);
}

function widerIdentity(grant: Grant, known: readonly Grant[]): string | undefined {
  const unconditional = known.some(
    (one) => one.condition !== '' && grant.condition === '' && covers({ ...one, condition: '' }, grant),
  );
  if (unconditional) return `allows without its condition on ${grant.resource}`;
  if (grant.except.includes('NotAction')) return 'allows every action but some (NotAction)';
  if (isEveryAction(grant.action)) return `allows ${everyActionOf(grant.action)} on ${resourceText(grant.resource)}`;
  if (grant.except.includes('NotResource')) return 'allows on every resource but some (NotResource)';
  if (isEveryResource(grant.resource) && !STAR_ONLY.has(grant.action)) return 'allows on every resource';
  return undefined;
}

function widerPrincipal(grant: Grant, known: readonly Grant[], isNew: boolean, place: Place): string | undefined {
  const who = whoIs(grant.principal, place);
  const verb = grant.kind === 'trust' ? 'may be assumed by' : 'opened to';
  const newcomer = !known.some(
    (one) => one.effect === 'Allow' && one.kind === grant.kind && matches(one.principal, grant.principal),
  );
  const limited = grant.condition === '' ? '' : ' under a condition';
  if (who === 'anyone') return `${verb} ${nameOf(grant.principal)}${limited}`;
  if (who === 'other-account') return `${verb} another account, ${nameOf(grant.principal)}${limited}`;
  if (who === 'identity-provider')
    return `${verb} an identity provider, ${nameOf(grant.principal)}${newcomer ? '' : ', on other terms'}`;
  if (isNew) return undefined;
  if (newcomer) {
    return who === 'aws-service' && namesItsSource(grant.condition)
      ? undefined
      : `${verb} a new principal, ${nameOf(grant.principal)}`;
  }
  return isEveryAction(grant.action) ? `allows ${nameOf(grant.principal)} ${everyActionOf(grant.action)}` : undefined;
}

/** `dynamodb:*` is every action of one service. */
function everyActionOf(action: string): string {
  const service = /^([^:*]+):/.exec(action)?.[1];
  return service === undefined ? 'every action' : `every action of ${service}`;
}

function resourceText(resource: string): string {
  return isEveryResource(resource) ? 'every resource' : resource;
}

function byHolder(grants: readonly Grant[]): ReadonlyMap<string, readonly Grant[]> {
  const found = new Map<string, Grant[]>();
  for (const grant of grants) {
    const list = found.get(grant.holder);
    if (list === undefined) found.set(grant.holder, [grant]);
    else list.push(grant);
  }
  return found;
}

/** Up to four actions by name: the values themselves stand with the change. */
function summary(details: ReadonlySet<string>): string {
  const sorted = [...details].sort();
  return sorted.length <= 4 ? sorted.join(', ') : `${sorted.slice(0, 3).join(', ')} and ${sorted.length - 3} more`;
}
