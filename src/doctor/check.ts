import type { Facts, Problem } from './facts.js';
import type { Found, Look, Severity } from './model.js';

/** One question that is asked of the facts. */
export interface Check {
  /** Stands in findings, in kebab-case. */
  readonly id: string;
  /** What it looks at, for a reader: `the trust policies of the roles`. */
  readonly title: string;
  look(facts: Facts): Look;
}

/**
 * A failure of one of our own checks as a finding. Such a message ends with what to change, after its last colon.
 * @param mend in place of what the message says
 */
export function findingOf(problem: Problem, severity: Severity = 'error', mend?: string): Found {
  const { message, advice } = parted(problem.message);
  return {
    severity,
    message: mend === undefined ? message : problem.message,
    mend: mend ?? advice,
    ...(problem.file === undefined ? {} : { file: problem.file }),
    ...(problem.line === undefined ? {} : { line: problem.line }),
  };
}

function parted(text: string): { readonly message: string; readonly advice: string } {
  const end = text.lastIndexOf(': ');
  if (end < 0) return { message: text, advice: 'see docs/errors.md' };
  return { message: text.slice(0, end), advice: text.slice(end + 2) };
}
