import type { IncomingHttpHeaders } from 'node:http';

/** A call of an AWS service, as far as its address and signature tell. */
export interface AwsCall {
  /** Signing name (`sts`, `cloudformation`, `s3`); empty for a request without signature. */
  readonly service: string;
  /** `AssumeRole`; method and path for services without names of actions (`PUT /bucket/key`). */
  readonly action: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** The change set that it is about: what it says, a name or an ARN. */
  readonly changeSet?: string;
}

export interface CallParts {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Of a form in the body. */
  readonly form: URLSearchParams;
}

/** Reads a call in any of AWS's protocols. */
export function readCall({ method, url, headers, form }: CallParts): AwsCall {
  const scope =
    /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? url.searchParams.get('X-Amz-Credential');
  const [accessKeyId = '', , region = '', signed = ''] = (scope ?? '').split('/');
  const target = headers['x-amz-target'];
  const action =
    form.get('Action') ??
    url.searchParams.get('Action') ??
    (typeof target === 'string' ? target.split('.').at(-1) : undefined) ??
    /\/operation\/(\w+)$/.exec(url.pathname)?.[1] ??
    `${method} ${url.pathname}`;
  // The one call that carries no signature: its token is the proof.
  const service = signed === '' && action === 'AssumeRoleWithWebIdentity' ? 'sts' : signed;
  const changeSet = form.get('ChangeSetName');
  return { service, action, region, accessKeyId, ...(changeSet === null ? {} : { changeSet }) };
}

/** Calls that take a role. */
export const ASSUMPTIONS = ['AssumeRole', 'AssumeRoleWithWebIdentity'] as const;

/** One step of a role chain, as it was asked for. */
export interface Hop {
  readonly action: (typeof ASSUMPTIONS)[number];
  readonly roleArn: string;
  readonly sessionName: string;
  /** 3,600 when the request names none, as AWS takes it. */
  readonly durationSeconds: number;
  readonly externalId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Of the identity token, whether or not it was good. */
  readonly token: string | undefined;
  /** Empty for an identity token. */
  readonly callerAccessKeyId: string;
}

/** The hop that a call asks for; undefined for any other call. */
export function readHop({ service, action, accessKeyId }: AwsCall, form: URLSearchParams): Hop | undefined {
  const assumption = ASSUMPTIONS.find((name) => name === action);
  if (service !== 'sts' || assumption === undefined) return undefined;
  return {
    action: assumption,
    roleArn: form.get('RoleArn') ?? '',
    sessionName: form.get('RoleSessionName') ?? '',
    durationSeconds: Number(form.get('DurationSeconds') ?? 3600),
    externalId: form.get('ExternalId') ?? undefined,
    tags: tagsOf(form),
    token: form.get('WebIdentityToken') ?? undefined,
    callerAccessKeyId: accessKeyId,
  };
}

/** `Tags.member.1.Key=…&Tags.member.1.Value=…` as a record. */
function tagsOf(form: URLSearchParams): Record<string, string> {
  const keys = [...form].filter(([name]) => /^Tags\.member\.\d+\.Key$/.test(name));
  return Object.fromEntries(keys.map(([name, key]) => [key, form.get(name.replace(/Key$/, 'Value')) ?? '']));
}
