import { BASE_RISK, ranked, worst } from './risk.js';
import type { Origin } from './input.js';
import type { Action, Change, NoiseKind, PolicyChange, PropertyChange, Reason, Subject } from './model.js';
import type { Resource } from './template.js';

/** What a change is made from; what is left out is worked out. */
export interface Draft {
  readonly subject: Subject;
  readonly logicalId: string;
  readonly action: Action;
  readonly conditional?: boolean;
  readonly type?: string;
  readonly origin?: Origin;
  readonly reasons?: readonly Reason[];
  readonly properties?: readonly PropertyChange[];
  readonly before?: Resource;
  readonly after?: Resource;
  readonly noise?: NoiseKind;
}

/**
 * Finishes a change. Noise takes its risk away: a new build of an asset is still an update, anything else that is noise
 * is no change at all.
 */
export function changeOf(draft: Draft): Change {
  const { subject, logicalId, type, origin, noise, conditional, before, after } = draft;
  const reasons = noise === undefined ? ranked(draft.reasons ?? []) : [];
  const action = noise === undefined || noise === 'asset-hash' ? draft.action : 'none';
  const deletionPolicy = policyChange(before?.deletionPolicy, after?.deletionPolicy);
  const updateReplacePolicy = policyChange(before?.updateReplacePolicy, after?.updateReplacePolicy);
  return {
    subject,
    logicalId,
    ...(origin?.path !== undefined && { path: origin.path }),
    ...(origin?.source !== undefined && { source: origin.source }),
    ...(type !== undefined && { type }),
    action,
    ...(conditional === true && { conditional }),
    risk: worst([BASE_RISK[action], ...reasons.map(({ risk }) => risk)]),
    reasons,
    properties: draft.properties ?? [],
    ...(deletionPolicy !== undefined && { deletionPolicy }),
    ...(updateReplacePolicy !== undefined && { updateReplacePolicy }),
    ...(noise !== undefined && { noise }),
  };
}

/** Both sides of a policy, also of one that stays: a reviewer wants to know whether a thing is kept. */
function policyChange(before: string | undefined, after: string | undefined): PolicyChange | undefined {
  if (before === undefined && after === undefined) return undefined;
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
