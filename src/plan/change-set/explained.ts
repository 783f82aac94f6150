import type { Change, StackPlan } from '../model.js';
import type { ChangeSetAnswer, ChangeSetDetail, ChangeSetResource } from './answer.js';
import { inWords, isOnlyTagged, outcomeOf, placeOf } from './outcome.js';

/** What a reviewed change brings about: logical ids and parameters. */
export interface Explained {
  has(id: string): boolean;
}

interface Around {
  /** The root stack's tags change, and every resource takes them over. */
  readonly tagged: boolean;
  /** Parameters that get another value from the parent. */
  readonly parameters: Explained;
  readonly children: readonly StackPlan[];
}

interface Explanations extends Explained {
  /** Parameters of a nested stack that get another value for a reviewed reason. */
  handedTo(logicalId: string): Explained;
}

const BY_REFERENCE: readonly (string | undefined)[] = ['ResourceReference', 'ResourceAttribute', 'ParameterReference'];

/**
 * The changes of a change set that the plan does not have and that follow from what it has: each of their causes is
 * something that was reviewed, or follows from it in turn.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html
 */
export function explanations(
  stack: StackPlan | undefined,
  { changes }: ChangeSetAnswer,
  { tagged, parameters, children }: Around,
): Explanations {
  const changing = new Set((stack?.changes ?? []).filter(isChanging).map(({ logicalId }) => logicalId));
  for (const child of children) {
    if (child.changes.some(isChanging)) changing.add(child.id.slice((stack?.id ?? '').length + 1));
  }
  const follows = new Set<string>();
  const isCause = (entity: string | undefined): boolean => {
    const id = entity?.split('.')[0] ?? '';
    return changing.has(id) || follows.has(id) || parameters.has(id);
  };
  const isExplained = (resource: ChangeSetResource): boolean => {
    if (tagged && isOnlyTagged(resource)) return true;
    const details = resource.details.filter(({ attribute }) => !(tagged && attribute === 'Tags'));
    return (
      outcomeOf(resource)?.action !== 'delete' &&
      inWords(outcomeOf(resource) ?? { action: 'none' }) !== 'replace' &&
      details.length > 0 &&
      details.every((detail) => isByReference(detail, details, isCause))
    );
  };
  const open = changes.filter(({ action }) => action === 'Modify');
  for (let found = true; found;) {
    const more = open.filter((resource) => !follows.has(resource.logicalId) && isExplained(resource));
    for (const { logicalId } of more) follows.add(logicalId);
    found = more.length > 0;
  }
  return {
    has: (id) => follows.has(id),
    handedTo: (logicalId) => {
      const given = stack?.changes.find((change) => change.subject === 'resource' && change.logicalId === logicalId);
      const details = changes.find((resource) => resource.logicalId === logicalId)?.details ?? [];
      const places = [
        ...(given?.properties ?? []).map(({ path }) => path),
        ...details.filter((detail) => isByReference(detail, details, isCause)).map(placeOf),
      ];
      return { has: (name) => places.some((place) => place === 'Parameters' || isBelow(place, `Parameters.${name}`)) };
    },
  };
}

function isChanging({ action, subject }: Change): boolean {
  return action !== 'none' && (subject === 'resource' || subject === 'parameter');
}

/** CloudFormation adds a detail of its own, without a cause, to what it can only evaluate when it runs. */
function isByReference(
  detail: ChangeSetDetail,
  details: readonly ChangeSetDetail[],
  isCause: (entity: string | undefined) => boolean,
): boolean {
  if (BY_REFERENCE.includes(detail.source)) return isCause(detail.causedBy);
  if (detail.evaluation !== 'Dynamic') return false;
  const place = placeOf(detail);
  return details.some(
    (other) => placeOf(other) === place && BY_REFERENCE.includes(other.source) && isCause(other.causedBy),
  );
}

function isBelow(place: string, parent: string): boolean {
  return place === parent || place.startsWith(`${parent}.`);
}
