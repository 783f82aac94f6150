import type { Problem } from '../../doctor/facts.js';
import { userError } from '../../errors.js';

/** A failure as a fact. What is no failure of a user's is thrown on: it is a defect of ours. */
export function problemOf(error: unknown): Problem {
  const known = userError(error);
  if (known === undefined) throw error;
  // `.github/deploy.yml:12: environments.…`: a place stands in front.
  const [, file, line, message] = /^([^\s:]+):(\d+): (.+)$/s.exec(known.message) ?? [];
  if (file === undefined || message === undefined) return { code: known.code, message: known.message };
  return { code: known.code, message, file, line: Number(line) };
}
