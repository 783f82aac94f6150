import { messageOf } from '../errors.js';
import { statusOf } from './refusal.js';

/** Why a record could not be written or read, with the line of permissions to add where that is the reason. */
export function recordRefusal(error: unknown, permission: string): string {
  const message = messageOf(error).split('\n', 1)[0] ?? '';
  const status = statusOf(error);
  if (status === 401) return 'github-token is not valid or has expired';
  if (status === 403 && !/rate limit/i.test(message)) {
    return `github-token may not do that: add "${permission}" to the job's permissions (${message})`;
  }
  return status === undefined ? message : `GitHub answered ${status}: ${message}`;
}
