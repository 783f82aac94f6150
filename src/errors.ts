/** Where a failure comes from; printed in front of the message so that it can be searched for. */
export type ErrorCode =
  | 'input'
  | 'config'
  | 'resolution'
  | 'template'
  | 'context'
  | 'cdk'
  | 'assembly'
  | 'credentials'
  | 'aws'
  | 'github'
  | 'plan'
  | 'deploy';

/**
 * A failure that a user can act on. The message is lower-case, names the wrong value and says what to change; it is
 * shown as it is, without a stack trace. Anything else that is thrown is a defect of ours.
 */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
