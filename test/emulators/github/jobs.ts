import { randomBytes, type JsonWebKey } from 'node:crypto';
import { REPOSITORY, RUN_ID, subjectOf, type RunnerEvent } from '../runner/events.js';
import type { Caller } from './contract.js';
import { Issuer, type Claims } from './oidc.js';

export interface JobOptions {
  readonly event: RunnerEvent;
  /** What the job's token may do; a fork's may read. @default 'write' */
  readonly permission?: 'write' | 'read';
  /** Whether the job holds `id-token: write`. @default true */
  readonly idToken?: boolean;
  /** The job's `environment:`. @default none */
  readonly environment?: string;
  /** Whether GitHub makes a deployment for the `environment:`; `deployment: false` turns it off. @default true */
  readonly deployment?: boolean;
  /** Form of the subject. @default 'new' */
  readonly subjectForm?: 'old' | 'new';
  /** Seconds that an identity token lives; below 0 it is born expired. @default 300 */
  readonly idTokenSeconds?: number;
}

/** What a job is given: hand it to `runAction`. */
export interface Job {
  readonly env: Readonly<Record<string, string>>;
  readonly token: string;
  /** Subject of its identity tokens. */
  readonly subject: string;
  /** Id of the job, as it stands in the address of its log. */
  readonly id: string;
}

/** Gives out the tokens of jobs and knows them again. */
export class Jobs {
  /** Every token that was given out. */
  readonly secrets: string[] = [];
  private lastId = 88_000;
  private readonly issuer = new Issuer();
  private readonly callers = new Map<string, Omit<Caller, 'url'>>();
  private readonly identities = new Map<string, { readonly claims: Claims; readonly seconds: number }>();

  get keys(): readonly JsonWebKey[] {
    return this.issuer.jwks().keys;
  }

  /** @param url where this GitHub is, which is also the issuer of its identity tokens */
  start(url: string, options: JobOptions): Job {
    const { event, permission = 'write', idToken = true, environment, subjectForm, idTokenSeconds = 300 } = options;
    const id = String(++this.lastId);
    const token = this.secret('ghs_');
    this.callers.set(token, { login: 'github-actions[bot]', kind: permission });
    const subject = subjectOf(event, environment, subjectForm);
    const env = { GITHUB_API_URL: url, GITHUB_GRAPHQL_URL: `${url}/graphql` };
    if (!idToken) return { env, token, subject, id };
    const requestToken = this.secret('idtoken_');
    const claims = { ...claimsOf(event, environment), check_run_id: id, iss: url, sub: subject };
    this.identities.set(requestToken, { claims, seconds: idTokenSeconds });
    const address = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    };
    return { env: { ...env, ...address }, token, subject, id };
  }

  /** A person's token. */
  personal(login: string): string {
    const token = this.secret('ghp_');
    this.callers.set(token, { login, kind: 'user' });
    return token;
  }

  callerOf(token: string): Omit<Caller, 'url'> | undefined {
    return this.callers.get(token);
  }

  /** An identity token of the job that asks; undefined when it may not have one. */
  identityToken(requestToken: string, audience = `https://github.com/${REPOSITORY.owner}`): string | undefined {
    const identity = this.identities.get(requestToken);
    if (identity === undefined) return undefined;
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now - 5, exp: now + identity.seconds };
    const token = this.issuer.sign({ ...identity.claims, aud: audience, ...times });
    this.secrets.push(token);
    return token;
  }

  private secret(prefix: string): string {
    const secret = `${prefix}${randomBytes(18).toString('hex')}`;
    this.secrets.push(secret);
    return secret;
  }
}

function claimsOf(event: RunnerEvent, environment?: string): Claims {
  return {
    repository: REPOSITORY.fullName,
    repository_id: String(REPOSITORY.id),
    repository_owner: REPOSITORY.owner,
    repository_owner_id: String(REPOSITORY.ownerId),
    ref: event.ref,
    sha: event.sha,
    event_name: event.name,
    actor: 'octocat',
    workflow: 'Deploy',
    job_workflow_ref: `${REPOSITORY.fullName}/.github/workflows/deploy.yml@${event.ref}`,
    runner_environment: 'github-hosted',
    run_id: RUN_ID,
    run_attempt: '1',
    ...(environment === undefined ? {} : { environment }),
  };
}
