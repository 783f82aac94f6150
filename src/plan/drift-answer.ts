/** What CloudFormation found when it compared a stack with what is really there. Nested stacks are asked by themselves. */
export interface StackDrift {
  /** ARN of the stack. */
  readonly stackId: string;
  readonly status: 'IN_SYNC' | 'DRIFTED' | 'NOT_CHECKED' | 'UNKNOWN';
  readonly checkedAt?: Date;
  /** Why some resources could not be looked at. @default all that can be were */
  readonly incomplete?: string;
  /** Resources of types that CloudFormation can look at. */
  readonly resources: readonly ResourceDrift[];
}

export interface ResourceDrift {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly status: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'NOT_CHECKED' | 'UNKNOWN' | 'UNSUPPORTED';
  /** Only of those that are `MODIFIED`. */
  readonly differences: readonly DriftDifference[];
  /** Why it is not known. */
  readonly reason?: string;
}

/** Values are as CloudFormation writes them: objects and lists as JSON, `null` where there is none. */
export interface DriftDifference {
  /** JSON pointer into the properties: `/Tags/0/Value`. */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
  readonly kind: 'ADD' | 'REMOVE' | 'NOT_EQUAL';
}
