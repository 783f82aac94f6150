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
  | 'deploy'
  | 'doctor';

/**
 * A failure that a user can act on. The message is lower-case, names the wrong value and says what to change; it is
 * shown as it is, without a stack trace. Anything else that is thrown is a defect of ours.
 */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    // An annotation is one line, whatever a message quotes.
    super(message.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' '), options);
    this.code = code;
  }
}

/**
 * What a user is told of anything that was thrown: an error of ours as it is, one of AWS with what to do about it.
 * Undefined for what only a developer can make use of.
 */
export function userError(error: unknown): ActionError | undefined {
  if (error instanceof ActionError) return error;
  // Every error that an AWS service answers with has this; the SDK itself is not loaded here.
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const message = error.message.split('\n', 1)[0] ?? '';
  return new ActionError('aws', `${error.name}: ${message}: ${adviceFor(error.name)}`, { cause: error });
}

function adviceFor(name: string): string {
  if (/AccessDenied|Unauthorized|NotAuthorized/.test(name)) return 'give the role the permission that it names';
  if (/Expired|InvalidClientToken|UnrecognizedClient/.test(name))
    return 'the credentials are no longer good: run the job again';
  if (/Throttl|TooManyRequests|LimitExceeded/.test(name))
    return 'AWS is asked too often in this account: run the job again';
  return 'run the job again; if it stays, it is in the documentation of the service under this name';
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
