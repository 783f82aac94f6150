import { messageOf } from '../errors.js';

/** HTTP status of an error of the API; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

/**
 * Why the API does not let this token do something, with what to change; undefined when the error is no refusal. A
 * refusal is nothing that another try would mend, and no reason to fail a deployment.
 */
export function refusalOf(error: unknown, pullRequest: number): string | undefined {
  const message = messageOf(error);
  const status = statusOf(error);
  if (status === 401) return 'github-token is not valid or has expired';
  if (status === 403 || status === 429) return forbidden(message, pullRequest);
  if (status === 404 || status === 410) {
    return `pull request #${pullRequest} does not exist or github-token cannot see it`;
  }
  return undefined;
}

/**
 * Why the API does not let this token read something, with what to change; undefined when the error is no refusal.
 * @param what is read, for the message
 * @param permission the line that lets the token read it: `pull-requests: read`
 */
export function readRefusalOf(error: unknown, what: string, permission: string): string | undefined {
  const status = statusOf(error);
  const message = firstLine(messageOf(error));
  if (status === 401) return `${what} cannot be read: github-token is not valid or has expired`;
  if ((status === 403 || status === 429) && /rate limit/i.test(message)) {
    return `${what} cannot be read: github-token is over its rate limit (${message})`;
  }
  // GitHub also answers with 404 where a token may not know that there is something.
  if (status === 403 || status === 404) {
    return `${what} cannot be read (${message}): add "${permission}" to the job's permissions`;
  }
  return undefined;
}

function forbidden(message: string, pullRequest: number): string {
  if (/rate limit/i.test(message)) return `github-token is over its rate limit (${firstLine(message)})`;
  if (/locked/i.test(message)) return `the conversation of #${pullRequest} is locked`;
  return (
    'github-token may not write comments: add "pull-requests: write" to the job\'s permissions; ' +
    'on a pull request from a fork the token is read-only whatever they say'
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
