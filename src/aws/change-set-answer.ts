import type {
  DescribeChangeSetOutput,
  OperationEvent,
  ResourceChange,
  ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import type {
  ChangeSetAnswer,
  ChangeSetDetail,
  ChangeSetResource,
  ValidationFailure,
} from '../plan/change-set/answer.js';

type Own = Omit<ChangeSetAnswer, 'nested' | 'validation'>;

/** A description, all pages in one, in the words of the plan. */
export function answerOf(description: DescribeChangeSetOutput): Own {
  return {
    id: description.ChangeSetId ?? '',
    name: description.ChangeSetName ?? '',
    stackId: description.StackId ?? '',
    stackName: description.StackName ?? '',
    status: description.Status ?? 'UNKNOWN',
    executionStatus: description.ExecutionStatus ?? 'UNKNOWN',
    ...(description.StatusReason === undefined ? {} : { reason: description.StatusReason }),
    ...(description.CreationTime === undefined ? {} : { createdAt: description.CreationTime }),
    tags: Object.fromEntries((description.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    changes: resourcesOf(description).map(resourceOf),
  };
}

/** What it says of resources; anything else (a hook's invocations) changes nothing by itself. */
function resourcesOf({ Changes }: DescribeChangeSetOutput): readonly ResourceChange[] {
  return (Changes ?? []).flatMap(({ ResourceChange }) => ResourceChange ?? []);
}

/** ARNs of the change sets of nested stacks, by the logical id of the nested stack. */
export function nestedOf(description: DescribeChangeSetOutput): readonly (readonly [string, string])[] {
  return resourcesOf(description).flatMap(({ LogicalResourceId, ChangeSetId }) =>
    LogicalResourceId === undefined || !ChangeSetId ? [] : [[LogicalResourceId, ChangeSetId] as const],
  );
}

/**
 * One description made of two: with property values CloudFormation leaves out changes whose values it cannot show
 * (aws/aws-cdk-cli#1780, #2036), without them it leaves out the values. What only the plain one has is put back.
 */
export function merged(detailed: DescribeChangeSetOutput, plain: DescribeChangeSetOutput): DescribeChangeSetOutput {
  const shown = new Map(resourcesOf(detailed).map((change) => [change.LogicalResourceId, change]));
  const hidden = resourcesOf(plain).filter(({ LogicalResourceId }) => !shown.has(LogicalResourceId));
  const known = new Map(resourcesOf(plain).map((change) => [change.LogicalResourceId, change]));
  const changes = [...shown.values()].map((change) => {
    const details = change.Details ?? [];
    const left = (known.get(change.LogicalResourceId)?.Details ?? []).filter(
      (detail) => !details.some((other) => isSame(other, detail)),
    );
    return left.length === 0 ? change : { ...change, Details: [...details, ...left] };
  });
  return { ...detailed, Changes: [...changes, ...hidden].map((change) => ({ ResourceChange: change })) };
}

/** The plain one names a property, the detailed one each path in it: a property that is named is told. */
function isSame(left: ResourceChangeDetail, right: ResourceChangeDetail): boolean {
  return (
    left.Target?.Attribute === right.Target?.Attribute &&
    left.Target?.Name === right.Target?.Name &&
    left.ChangeSource === right.ChangeSource &&
    left.CausingEntity === right.CausingEntity
  );
}

function resourceOf(change: ResourceChange): ChangeSetResource {
  return {
    logicalId: change.LogicalResourceId ?? '',
    ...(change.PhysicalResourceId === undefined ? {} : { physicalId: change.PhysicalResourceId }),
    type: change.ResourceType ?? '',
    // An action that is not known yet is treated as one that only the execution decides.
    action: change.Action ?? 'Dynamic',
    ...(change.PolicyAction === undefined ? {} : { policyAction: change.PolicyAction }),
    ...(change.Replacement === undefined ? {} : { replacement: change.Replacement }),
    details: (change.Details ?? []).map(detailOf),
    ...(change.BeforeContext === undefined ? {} : { beforeContext: change.BeforeContext }),
    ...(change.AfterContext === undefined ? {} : { afterContext: change.AfterContext }),
  };
}

function detailOf({ Target, Evaluation, ChangeSource, CausingEntity }: ResourceChangeDetail): ChangeSetDetail {
  return {
    attribute: Target?.Attribute ?? '',
    ...(Target?.Name === undefined ? {} : { name: Target.Name }),
    ...(Target?.Path === undefined ? {} : { path: Target.Path }),
    ...(Target?.BeforeValue === undefined ? {} : { before: Target.BeforeValue }),
    ...(Target?.AfterValue === undefined ? {} : { after: Target.AfterValue }),
    ...(Target?.RequiresRecreation === undefined ? {} : { requiresRecreation: Target.RequiresRecreation }),
    ...(Evaluation === undefined ? {} : { evaluation: Evaluation }),
    ...(ChangeSource === undefined ? {} : { source: ChangeSource }),
    ...(CausingEntity === undefined ? {} : { causedBy: CausingEntity }),
  };
}

/** What validation before a deployment found; progress that failed for another reason stands in the status. */
export function validationOf(events: readonly OperationEvent[]): readonly ValidationFailure[] {
  return events
    .filter(({ EventType, ValidationStatus }) => EventType === 'VALIDATION_ERROR' && ValidationStatus !== 'SKIPPED')
    .map((event) => ({
      ...(event.LogicalResourceId === undefined ? {} : { logicalId: event.LogicalResourceId }),
      ...(event.ResourceType === undefined ? {} : { type: event.ResourceType }),
      ...(event.ValidationName === undefined ? {} : { check: event.ValidationName }),
      severity: event.ValidationFailureMode === 'WARN' ? ('warning' as const) : ('error' as const),
      reason: event.ValidationStatusReason ?? event.ResourceStatusReason ?? 'CloudFormation does not say why',
      ...(event.ValidationPath === undefined ? {} : { path: event.ValidationPath }),
    }));
}
