import type { Finding } from '../model.js';
import type { ChangeSetAnswer, ValidationFailure } from './answer.js';

/** What validation before the deployment found, for the stack's notes. */
export function validationNotes(answer: ChangeSetAnswer): readonly string[] {
  return (answer.validation ?? []).map(
    (failure) => `${failure.severity === 'error' ? 'would fail' : 'may fail'}: ${worded(failure)}`,
  );
}

/**
 * What validation before the deployment found in a root stack and in those nested in it, as findings: `check` is
 * CloudFormation's own name of it.
 */
export function validationFindings(rootId: string, answer: ChangeSetAnswer): readonly Finding[] {
  const own = (answer.validation ?? []).map((failure) => ({
    check: failure.check ?? 'VALIDATION',
    severity: failure.severity,
    message: worded({ ...failure, logicalId: '' }),
    stack: rootId,
    ...(failure.logicalId !== undefined && { logicalId: failure.logicalId }),
  }));
  const nested = Object.entries(answer.nested ?? {}).flatMap(([id, told]) =>
    validationFindings(`${rootId}/${id}`, told),
  );
  return [...own, ...nested];
}

function worded({ logicalId = '', type, reason, path }: ValidationFailure): string {
  const where = path === undefined || path === '' ? '' : ` (at ${path})`;
  const what = logicalId === '' ? '' : `${logicalId}${type === undefined ? '' : ` (${type})`}: `;
  return `${what}${reason}${where}`;
}
