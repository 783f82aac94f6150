import type { Action, Change } from '../model.js';
import type { Fate } from '../retention.js';
import type { ChangeSetAnswer, ChangeSetDetail, ChangeSetResource } from './answer.js';

/** What becomes of a resource; undefined when CloudFormation decides only when it runs. */
export interface Outcome {
  readonly action: Action;
  readonly conditional: boolean;
}

const NO_CHANGES = /didn't contain changes|no updates are to be performed/i;

/** Whether CloudFormation says that there is nothing to do: it calls such a change set failed. */
export function holdsNothing({ status, reason }: ChangeSetAnswer): boolean {
  return status === 'FAILED' && NO_CHANGES.test(reason ?? '');
}

/** Why a change set says nothing of what would happen now; undefined when it does. */
export function silence(answer: ChangeSetAnswer): string | undefined {
  if (holdsNothing(answer)) return undefined;
  if (answer.executionStatus === 'OBSOLETE') return 'is obsolete: the stack was changed after it was made';
  if (answer.status === 'CREATE_COMPLETE') return undefined;
  return answer.status === 'FAILED'
    ? `failed: ${answer.reason ?? 'CloudFormation does not say why'}`
    : `is not complete (${answer.status})`;
}

/** What becomes of a resource. */
export function outcomeOf(resource: ChangeSetResource): Outcome | undefined {
  switch (resource.action) {
    case 'Add':
      return { action: 'add', conditional: false };
    case 'Import':
      return { action: 'import', conditional: false };
    case 'Remove':
      return { action: 'delete', conditional: false };
    case 'SyncWithActual':
      return { action: 'none', conditional: false };
    case 'Dynamic':
      return undefined;
    case 'Modify':
      return modified(resource);
  }
}

function modified({ replacement, details }: ChangeSetResource): Outcome {
  if (replacement === 'True') return { action: 'replace', conditional: false };
  if (replacement === 'Conditional') return { action: 'replace', conditional: true };
  if (replacement === 'False') return { action: 'update', conditional: false };
  const certain = details.some((detail) => detail.requiresRecreation === 'Always' && detail.evaluation !== 'Dynamic');
  const perhaps = details.some(({ requiresRecreation = 'Never' }) => requiresRecreation !== 'Never');
  return certain || perhaps ? { action: 'replace', conditional: !certain } : { action: 'update', conditional: false };
}

/**
 * What stays of the old resource; undefined when the change set does not say.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html (PolicyAction)
 */
export function fateIn({ policyAction }: ChangeSetResource): Fate | undefined {
  return FATES[policyAction?.replace(/^ReplaceAnd/, '') ?? ''];
}

const FATES: Readonly<Record<string, Fate>> = { Retain: 'kept', Snapshot: 'snapshot', Delete: 'gone' };

/** What happens in words, as in `may replace`. */
export function inWords({ action, conditional }: Pick<Change, 'action' | 'conditional'>): string {
  if (action === 'none') return 'no change';
  return action === 'replace' && conditional === true ? 'may replace' : action;
}

/** Whether a resource changes for nothing but the tags of its stack, which every resource takes over. */
export function isOnlyTagged({ action, details }: ChangeSetResource): boolean {
  return action === 'Modify' && details.length > 0 && details.every(({ attribute }) => attribute === 'Tags');
}

/** Whether CloudFormation only looks at a nested stack again, because its template might have changed. */
export function isLookedAt({ action, type, replacement, details }: ChangeSetResource): boolean {
  const automatic = details.every(({ source }) => source === 'Automatic');
  return action === 'Modify' && type === NESTED_STACK && replacement !== 'True' && details.length > 0 && automatic;
}

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** Where in a resource a detail is, as the plan writes paths: a property's, or an attribute's beside the properties. */
export function placeOf({ attribute, name, path }: ChangeSetDetail): string {
  const keys = (path ?? '')
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (attribute !== 'Properties') return keys.length > 0 ? keys.join('.') : attribute;
  const below = keys[0] === 'Properties' ? keys.slice(1) : keys;
  return below.length > 0 ? below.join('.') : (name ?? '');
}
