/**
 * A change set as CloudFormation describes it (`DescribeChangeSet` with property values, every page), in CloudFormation's
 * own words: what it says is turned into changes by the plan, not by who asked.
 */
export interface ChangeSetAnswer {
  /** ARN. */
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  /** `CREATE_COMPLETE`, `FAILED`, … */
  readonly status: string;
  /** `AVAILABLE`, `OBSOLETE`, `UNAVAILABLE`, `EXECUTE_COMPLETE`, … */
  readonly executionStatus: string;
  readonly reason?: string;
  readonly createdAt?: Date;
  readonly tags: Readonly<Record<string, string>>;
  readonly changes: readonly ChangeSetResource[];
  /** The answers of nested stacks, by the logical id of the nested stack. @default none were made */
  readonly nested?: Readonly<Record<string, ChangeSetAnswer>>;
  /** What validation before the deployment found (`DescribeEvents`), one entry each. @default nothing */
  readonly validation?: readonly ValidationFailure[];
}

export interface ValidationFailure {
  readonly logicalId?: string;
  readonly type?: string;
  /** `NAME_CONFLICT_VALIDATION`, `PROPERTY_VALIDATION`, … */
  readonly check?: string;
  /** Whether it makes the change set fail, or only warns. */
  readonly severity: 'error' | 'warning';
  readonly reason: string;
  /** Where in the template. */
  readonly path?: string;
}

export interface ChangeSetResource {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic' | 'SyncWithActual';
  /** What becomes of the old one: `Delete`, `Retain`, `Snapshot`, `ReplaceAndDelete`, `ReplaceAndRetain`, … */
  readonly policyAction?: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly details: readonly ChangeSetDetail[];
  /** Properties before and after, JSON as CloudFormation gives it. */
  readonly beforeContext?: string;
  readonly afterContext?: string;
}

export interface ChangeSetDetail {
  /** `Properties`, `Metadata`, `Tags`, `DeletionPolicy`, … */
  readonly attribute: string;
  /** Name of the property, if it is one. */
  readonly name?: string;
  /** JSON pointer to what changes: `/Properties/Tags/0/Value`. */
  readonly path?: string;
  readonly before?: string;
  readonly after?: string;
  readonly requiresRecreation?: 'Never' | 'Conditionally' | 'Always';
  readonly evaluation?: 'Static' | 'Dynamic';
  /** `DirectModification`, `ResourceReference`, `ResourceAttribute`, `ParameterReference`, `Automatic`, … */
  readonly source?: string;
  readonly causedBy?: string;
}
