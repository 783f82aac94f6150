import type { ChangeSetAnswer } from './answer.js';

const LEFT = 'no change set could be made: ';

/** The note on a stack that is planned from its template because it cannot have a change set yet. */
export function notPrepared(reason: string): string {
  return `${LEFT}${reason}; it is planned from its template`;
}

/** Whether a note says so. */
export function isNotPrepared(note: string): boolean {
  return note.startsWith(LEFT);
}

/** How CloudFormation says that a change set failed only because there is nothing to do, without and with a transform. */
const EMPTY = ["The submitted information didn't contain changes", 'No updates are to be performed'];

/** Whether CloudFormation finds nothing to change. */
export function isEmpty({ status, reason = '' }: Pick<ChangeSetAnswer, 'status' | 'reason'>): boolean {
  return status === 'FAILED' && EMPTY.some((words) => reason.startsWith(words));
}

/** States of a stack in which the CDK deletes it before it makes a change set. */
const FAILED_CREATION = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED']);

/** What is known of a stack before a change set is made of it. */
export interface Preparing {
  readonly template: Readonly<Record<string, unknown>>;
  /** CloudFormation's status. @default it does not exist */
  readonly status?: string;
  /** Exports that it imports and that are not there yet. */
  readonly missing: readonly string[];
}

/**
 * Why no change set is to be asked for; undefined when one can be. The CDK would delete a stack that failed to be
 * created, and one whose template holds no resource: making a change set is to change nothing.
 */
export function whyNot({ template, status, missing }: Preparing): string | undefined {
  if (Object.keys(template['Resources'] ?? {}).length === 0) return 'its template holds no resource';
  if (status !== undefined && FAILED_CREATION.has(status)) {
    return `it is ${status}, and is deleted before it is created anew`;
  }
  if (status?.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') return `an operation goes on (${status})`;
  if (missing.length > 0) {
    return `it imports ${missing.join(', ')}, which another stack has yet to export`;
  }
  return undefined;
}

/** Names of the exports that a template imports, where it names them. */
export function importsOf(template: unknown): readonly string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (key === 'Fn::ImportValue' && typeof member === 'string') found.add(member);
      else walk(member);
    }
  };
  walk(template);
  return [...found].sort();
}

/** Names of the exports of a template, where it names them. */
export function exportsOf(template: Readonly<Record<string, unknown>>): readonly string[] {
  const outputs = (template['Outputs'] ?? {}) as Readonly<
    Record<string, { readonly Export?: { readonly Name?: unknown } }>
  >;
  return Object.values(outputs).flatMap((output) => {
    const name = output.Export?.Name;
    return typeof name === 'string' ? [name] : [];
  });
}
