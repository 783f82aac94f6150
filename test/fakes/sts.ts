import type { AssumeRoleRequest, CallerIdentity, Session, Sts } from '../../src/ports.js';

/** A hop that was asked for. */
export interface FakeHop extends AssumeRoleRequest {
  readonly token?: string;
  /** Session that the role was taken from; undefined for the environment's credentials and for a token. */
  readonly from?: Session;
}

/** Gives every role to everyone, unless it was told otherwise. */
export class FakeSts implements Sts {
  readonly hops: FakeHop[] = [];
  /** Errors by role; the role is given again once the list is used up. */
  readonly refuse = new Map<string, Error[]>();
  private readonly roles = new Map<string, string>();

  constructor(
    private readonly now: () => Date = () => new Date('2026-11-01T12:00:00Z'),
    /** Account of the environment's credentials. */
    readonly account = '111111111111',
  ) {}

  callerIdentity(session?: Session): Promise<CallerIdentity> {
    const role = session && this.roles.get(session.accessKeyId);
    const account = role?.split(':')[4] ?? this.account;
    const name = role?.split('/').at(-1);
    const arn = name ? `arn:aws:sts::${account}:assumed-role/${name}/s` : `arn:aws:iam::${account}:user/ambient`;
    return Promise.resolve({ account, arn });
  }

  assumeRoleWithWebIdentity(request: AssumeRoleRequest, token: string): Promise<Session> {
    return this.give({ ...request, token });
  }

  assumeRole(request: AssumeRoleRequest, session?: Session): Promise<Session> {
    return this.give(session === undefined ? request : { ...request, from: session });
  }

  private async give(hop: FakeHop): Promise<Session> {
    this.hops.push(hop);
    const error = this.refuse.get(hop.roleArn)?.shift();
    if (error) throw error;
    const accessKeyId = `ASIAFAKE${String(this.hops.length).padStart(12, '0')}`;
    this.roles.set(accessKeyId, hop.roleArn);
    const secrets = { secretAccessKey: `secret-${accessKeyId}`, sessionToken: `session-${accessKeyId}` };
    const expiration = new Date(this.now().getTime() + hop.durationSeconds * 1000);
    return Promise.resolve({ accessKeyId, ...secrets, expiration });
  }
}

/** An error as the SDK throws it. */
export function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
