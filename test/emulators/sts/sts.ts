import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { awsEnv } from '../aws/aws.js';
import { Faults } from '../faults.js';
import { verifiedClaims } from '../github/oidc.js';
import { serve } from '../http.js';
import { readCall, readHop, type AwsCall, type Hop } from './call.js';
import { forward, passBack } from './forward.js';
import { Sessions } from './sessions.js';
import { refusal, type AwsError, type Issuer, type TrustRule } from './trust.js';

/** Calls to answer otherwise than the engine would. */
export interface AwsFault {
  /** @default any */
  readonly service?: string;
  /** @default any */
  readonly action?: string;
  /** How many calls of this kind fail. @default 1 */
  readonly times?: number;
  /** An error of the XML protocols; `drop` closes the connection without an answer. */
  readonly answer: AwsError | 'drop';
}

export interface StsOptions {
  /** Where everything goes on to. */
  readonly endpoint: string;
  /** Who signs identity tokens. @default none: every token is refused */
  readonly issuer?: Issuer;
  /** A role without a rule may be taken by anyone, with any good identity token. */
  readonly rules?: readonly TrustRule[];
}

/** A hop that was asked for, and how it ended. */
export interface RecordedHop extends Omit<Hop, 'token'> {
  /** Subject of a token that was signed by the issuer. */
  readonly subject: string | undefined;
  /** ARN of the role that the caller stood in. */
  readonly callerRole: string | undefined;
  /** Code of the error; undefined when the role was given. */
  readonly refused: string | undefined;
}

export interface StsEmulator {
  readonly url: string;
  /** Every call of AWS, in order. */
  readonly calls: readonly AwsCall[];
  readonly hops: readonly RecordedHop[];
  /** Secret keys and session tokens that were given out. */
  readonly secrets: readonly string[];
  /** Adds a rule, or takes the place of the role's rule before. */
  trust(rule: TrustRule): void;
  fail(fault: AwsFault): void;
  /** Environment of a program that works in an account and region with ambient credentials. */
  env(account: string, region: string): Record<string, string>;
  /** The same without credentials: they come from a role. */
  place(region: string): Record<string, string>;
  /** Forgets calls and hops. */
  clear(): void;
  stop(): Promise<void>;
}

/** Starts a stand-in for the AWS endpoint, which is strict about roles where the engine is not. */
export async function startSts({ endpoint, issuer, rules = [] }: StsOptions): Promise<StsEmulator> {
  const trust = new Map(rules.map((rule) => [rule.role, rule]));
  const sessions = new Sessions();
  const faults = new Faults<AwsFault>();
  const calls: AwsCall[] = [];
  const hops: RecordedHop[] = [];

  const take = async (hop: Hop, body: Buffer, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const rule = trust.get(hop.roleArn);
    const caller = sessions.of(hop.callerAccessKeyId);
    const refused = refusal(hop, rule, caller, issuer, Date.now() / 1000);
    const { token, ...asked } = hop;
    const subject = token && verifiedClaims(token, issuer?.keys ?? [])?.['sub'];
    hops.push({
      ...asked,
      subject: typeof subject === 'string' ? subject : undefined,
      callerRole: caller.role,
      refused: refused?.code,
    });
    if (refused) sendError(response, refused);
    else {
      const answer = await forward(request, endpoint, body);
      await passBack(answer, response, (xml) => sessions.remember(hop, xml, rule?.expiresIn));
    }
  };

  const server = await serve(async (request, response) => {
    const url = new URL(request.url ?? '/', endpoint);
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    const body = isForm ? await buffer(request) : undefined;
    const form = new URLSearchParams(body?.toString());
    const call = readCall({ method: request.method ?? '', url, headers: request.headers, form });
    calls.push(call);
    const fault = faults.take(
      (due) => (due.service ?? call.service) === call.service && (due.action ?? call.action) === call.action,
    );
    const hop = readHop(call, form);
    if (fault?.answer === 'drop') request.socket.destroy();
    else if (fault) sendError(response, fault.answer);
    else if (hop && body) await take(hop, body, request, response);
    else await passBack(await forward(request, endpoint, body), response);
  });
  const place = (region: string): Record<string, string> => ({
    AWS_ENDPOINT_URL: server.url,
    AWS_ENDPOINT_URL_S3: server.url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  });
  return {
    url: server.url,
    calls,
    hops,
    secrets: sessions.secrets,
    trust: (rule) => {
      trust.set(rule.role, rule);
    },
    fail: (fault) => {
      faults.add(fault);
    },
    env: (account, region) => awsEnv(server.url, account, region),
    place,
    clear: () => {
      calls.length = 0;
      hops.length = 0;
    },
    stop: () => server.stop(),
  };
}

function sendError(response: ServerResponse, { status, code, message }: AwsError): void {
  const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped}</Message></Error>` +
      '<RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>',
  );
}
