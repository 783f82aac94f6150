import { ActionError, messageOf } from '../errors.js';
import { readRefusalOf } from '../github/refusal.js';

/**
 * Asks GitHub for something that a decision needs.
 * @param what is asked for, for the message
 * @param permission the line in a job's permissions that it takes
 * @throws ActionError `github`, with what to change
 */
export async function ask<T>(what: string, permission: string, question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof ActionError) throw error;
    const why =
      readRefusalOf(error, what, permission) ?? `${what} cannot be read (${messageOf(error)}): run the job again`;
    throw new ActionError('github', why, { cause: error });
  }
}
